import { cloudProblem } from '../../../auth/calls/cloud'
import { config } from '../../../auth/config'
import type { Outcome } from '../../../auth/core/outcome'
import { failed } from '../../../auth/core/outcome'
import { isAccountUnknown, isNumberMissing, isOnlyConsentMissing } from '../../../auth/session/known-account'
import {
  currentCredential,
  dropExpiredCredential,
  isCredentialInUse,
} from '../../../auth/session/phone-credential'
import { dropWaitingActions, leaveLogin } from '../../../auth/session/require-login'
import { loginSilently } from '../../../auth/session/session'
import { getSession, isLoggedIn, onSessionChange } from '../../../auth/session/session-state'
import { readAutoLoginDisabled } from '../../../auth/storage/login-storage'
import {
  hasRoomAbove,
  isLoginPageAmongPages,
  isOnTop,
  openPage,
  takeLoginReason,
} from '../../../auth/ui/navigation'
import { showTitle } from '../../../auth/ui/title'
import type { LegalDocument } from '../../legal/legal-document'
import { privacyPolicy } from '../../legal/privacy-policy'
import { userAgreement } from '../../legal/user-agreement'
import {
  isPhoneLoginUnderWay,
  loginConsenting,
  loginWithoutPhone,
  loginWithPhone,
} from '../../services/login'
import type { ErrorCode, NextStep } from '../../utils/error-notice'
import { isErrorCode, toNotice } from '../../utils/error-notice'
import type { PhoneAnswer } from '../../utils/phone-answer'
import { TEXTS } from '../../utils/texts'

/** How to log in: with a number, without asking for one, or, if configured, into an account that needs none. */
type Way = 'phone' | 'silent' | 'withoutPhone'
/** `none`: today's budget of phone authorizations is spent, and the person needs one. */
type ShownWay = Way | 'none'

Page({
  data: {
    texts: TEXTS.login,
    way: 'phone' as ShownWay,
    /** The person has an account: no number is needed. */
    isKnown: false,
    /** The button of the silent way says 同意并登录, and its tap agrees to the documents. */
    agrees: false,
    working: false,
    lastPhone: '',
    offersWithoutPhone: !config.phoneRequired,
    notice: null as { text: string; nextStep: NextStep } | null,
    /** The document shown on this page, where WeChat opens no page above it. */
    document: null as LegalDocument | null,
  },
  retried: undefined as Way | undefined,
  /** The person has agreed to the documents, by the button they tapped. */
  consented: false,
  /** The page is being left after a login, which happens once. */
  leaving: false,
  isGone: false,
  /** A tab that was left starts again when it is shown again. */
  wasLeft: false,
  /** No user was logged in when the page was opened. */
  isNeeded: false,
  stopListening: () => {},

  onLoad({ because }: { because?: string }) {
    this.begin(because)
    // A login from elsewhere, such as an earlier login page.
    this.stopListening = onSessionChange(() => this.leaveIfLoggedIn())
  },

  onReady() {
    showTitle(TEXTS.titles.login)
  },

  onShow() {
    const because = takeLoginReason()
    if (this.wasLeft) this.begin(because)
    else if (because !== undefined) this.showReason(because)
    if (isPhoneLoginUnderWay()) this.enter('phone')
    this.leaveIfLoggedIn()
  },

  begin(because: string | undefined) {
    const { lastPhone } = getSession()
    this.wasLeft = false
    this.leaving = false
    this.retried = undefined
    this.isNeeded = !isLoggedIn()
    this.consented = false
    const isKnown = (lastPhone !== '' && !isNumberMissing()) || isOnlyConsentMissing()
    const way = isKnown || this.mayBeKnown() ? 'silent' : 'phone'
    this.setData({
      lastPhone,
      isKnown,
      way,
      agrees: lastPhone === '' || isOnlyConsentMissing(),
      working: false,
    })
    this.showReason(because)
  },

  /**
   * No silent login has shown yet whether the person has an account, since the page was opened by itself or the cloud was
   * not reached. Who has one must not pay for another phone authorization: the first tap asks the cloud without a number.
   */
  mayBeKnown() {
    return isAccountUnknown() && !readAutoLoginDisabled() && !currentCredential()
  },

  /** A tab is not closed when the user leaves it: that drops the waiting actions, too. */
  onHide() {
    setTimeout(() => {
      if (isLoginPageAmongPages()) return
      this.wasLeft = true
      dropWaitingActions()
    }, 0)
  },

  onUnload() {
    this.isGone = true
    this.stopListening()
    dropWaitingActions()
  },

  /** Shows why the user is here, if there is a reason. */
  showReason(because: string | undefined) {
    const code = isErrorCode(because) ? because : cloudProblem()
    const isPaid = currentCredential() !== undefined
    // A silent login failed before this page: 再试一次 repeats it, unless a number was paid for.
    if (isErrorCode(because)) this.retried = 'silent'
    if (isPaid) this.retried = 'phone'
    const view = code === undefined ? null : toNotice(code)
    const unused = { text: view?.text ?? TEXTS.login.unused, nextStep: 'retry' as NextStep }
    if (because === 'PHONE_BUDGET_SPENT' && !isPaid) this.fail(because)
    else this.setData({ notice: isPaid ? unused : view })
  },

  onOpenDocument({ detail }: { detail: { page: string } }) {
    const { page } = detail
    if (hasRoomAbove()) openPage(`/account/pages/${page}/${page}`)
    else this.setData({ document: page === 'privacy' ? privacyPolicy : userAgreement })
  },

  onCloseDocument() {
    this.setData({ document: null })
  },

  onOtherNumber() {
    this.setData({ way: 'phone', notice: null })
  },

  /** The button says 同意并登录: this tap is the consent. */
  onAsk() {
    this.consented = true
    this.setData({ notice: null })
  },

  onPrivacyAgreed() {
    this.setData({ notice: null })
  },

  onAnswer({ detail }: { detail: PhoneAnswer }) {
    // The second answer of a double tap.
    if (this.data.working) return
    if ('error' in detail) {
      this.fail(detail.error)
      return
    }
    this.enter('phone')
  },

  /** The phone button while there is a credential. It says 同意并登录, too. */
  onUse() {
    this.consented = true
    this.useCredential()
  },

  onOneTap() {
    this.consented = this.data.agrees
    this.enter('silent')
  },

  /** This button says 同意并登录, too. */
  onWithoutPhone() {
    this.consented = true
    this.enter('withoutPhone')
  },

  onRetry() {
    const way = this.retried ?? this.data.way
    if (way === 'phone') this.useCredential()
    else if (way !== 'none') this.enter(way)
  },

  /** Redeems the credential, instead of paying for another. */
  useCredential() {
    dropExpiredCredential()
    const credential = currentCredential()
    if (!credential) this.fail('PHONE_CODE_INVALID')
    // The same login goes on, for which the tap that paid was the consent.
    else if (this.consented || credential.consentVersion === config.agreementVersion) this.enter('phone')
    else this.fail('CONSENT_REQUIRED')
  },

  onLater() {
    leaveLogin(this)
  },

  async enter(way: Way) {
    if (this.data.working) return
    // The account page is redeeming it.
    if (way === 'phone' && isCredentialInUse() && !isPhoneLoginUnderWay()) return
    this.retried = way
    this.setData({ working: true, notice: null })
    const outcome = await this.login(way).catch(() => failed('INVALID_RESPONSE'))
    // The user left this page: nothing is shown, and no page opens.
    if (this.isGone) return
    if (!outcome.ok) this.fail(outcome.failure)
    else if (isOnTop(this)) this.leaveIfLoggedIn()
    else this.setData({ working: false })
  },

  login(way: Way): Promise<Outcome<unknown>> {
    if (way === 'withoutPhone') return loginWithoutPhone()
    if (way === 'silent') return this.consented ? loginConsenting() : loginSilently()
    return loginWithPhone()
  },

  /** Waits until this page is on top: the user may read another one above it. */
  leaveIfLoggedIn() {
    if (!isLoggedIn() || this.leaving || !isOnTop(this)) return
    this.leaving = true
    // Until this page is closed, a tap would start a second login.
    this.setData({ working: true, notice: null })
    if (this.isNeeded) wx.showToast({ title: TEXTS.login.welcome, icon: 'success' })
    leaveLogin(this)
  },

  /** Shows why the login failed, and offers the next step. */
  fail(code: ErrorCode) {
    const view = toNotice(code)
    const { way, isKnown, offersWithoutPhone } = this.data
    // There is no account for the one tap any more.
    const unknown = code === 'PHONE_REQUIRED' || code === 'ACCOUNT_CLOSED'
    const phoneless = code === 'NO_PERMISSION' && offersWithoutPhone
    const isBudgetSpent = code === 'PHONE_BUDGET_SPENT'
    const next = phoneless || (isBudgetSpent && offersWithoutPhone) ? 'withoutPhone' : unknown ? 'phone' : way
    this.setData({
      working: false,
      // The app offers a login without a number: the user needs no text for developers.
      notice: phoneless ? { ...view, text: TEXTS.login.phoneUnavailable } : view,
      // No button asks for an authorization that no login would use.
      way: isBudgetSpent && !offersWithoutPhone ? 'none' : next,
      isKnown: isKnown && !unknown,
    })
    if (view.nextStep === 'consent') this.askForConsent()
  },

  /** The button of the way that was tried says 同意并登录 from now on. */
  askForConsent() {
    const way = this.retried ?? (this.data.way === 'none' ? 'silent' : this.data.way)
    this.consented = false
    this.setData({ way, agrees: true, isKnown: this.data.isKnown || way === 'silent' })
  },
})
