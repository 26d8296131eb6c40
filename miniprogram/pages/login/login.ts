import { dropOldProof, isProofUnderWay, proofInHand } from '../../services/paid-proof'
import {
  forgetWaitingAction,
  isPhoneLoginUnderWay,
  leaveLogin,
  loginConsenting,
  loginSilently,
  loginWithoutPhone,
  loginWithPhone,
} from '../../services/session'
import { getSession, isLoggedIn, onSessionChange } from '../../services/session-state'
import { cloudProblem } from '../../utils/cloud'
import { config } from '../../utils/config'
import type { Ending, NextStep } from '../../utils/endings'
import { isEnding, viewOf } from '../../utils/endings'
import type { Outcome } from '../../utils/failure'
import { failed } from '../../utils/failure'
import type { LegalDocument } from '../../utils/legal-document'
import {
  hasRoomAbove,
  isLoginPageAmongPages,
  isOnTop,
  openPage,
  takeLoginReason,
} from '../../utils/navigation'
import type { PhoneAnswer } from '../../utils/phone-answer'
import { privacyPolicy } from '../../utils/privacy-policy'
import { TEXTS } from '../../utils/texts'
import { userAgreement } from '../../utils/user-agreement'

/** How to log in: with a number, by one tap of somebody known, or, where set up, without a number. */
type Way = 'phone' | 'silent' | 'withoutPhone'

Page({
  data: {
    texts: TEXTS.login,
    way: 'phone' as Way,
    consented: false,
    /** The way that waits for consent in the sheet; empty while the sheet is closed. */
    sheetFor: '' as Way | '',
    working: false,
    lastPhone: '',
    offersWithoutPhone: !config.phoneRequired,
    notice: null as { text: string; nextStep: NextStep } | null,
    /** The document that is read here, where WeChat opens no page above this one. */
    document: null as LegalDocument | null,
  },
  retried: undefined as Way | undefined,
  /** What follows from a login is under way: it happens once. */
  leaving: false,
  isGone: false,
  /** A tab that was left starts again when it is shown again. */
  wasLeft: false,
  /** Nobody was logged in when the page was opened. */
  isNeeded: false,
  stopListening: () => {},

  onLoad({ because }: { because?: string }) {
    this.begin(because)
    // By another way than this page's buttons, such as a login that was begun on a login page before.
    this.stopListening = onSessionChange(() => this.leaveIfLoggedIn())
  },

  onShow() {
    const because = takeLoginReason()
    if (this.wasLeft) this.begin(because)
    else if (because !== undefined) this.tell(because)
    if (isPhoneLoginUnderWay()) this.enter('phone')
    this.leaveIfLoggedIn()
  },

  begin(because: string | undefined) {
    const { lastPhone } = getSession()
    this.wasLeft = false
    this.leaving = false
    this.retried = undefined
    this.isNeeded = !isLoggedIn()
    this.setData({ lastPhone, way: lastPhone === '' ? 'phone' : 'silent', consented: false, working: false })
    this.tell(because)
  },

  /** A tab is not closed when the user goes elsewhere: then too they walked away. */
  onHide() {
    setTimeout(() => {
      if (isLoginPageAmongPages()) return
      this.wasLeft = true
      forgetWaitingAction()
    }, 0)
  },

  onUnload() {
    this.isGone = true
    this.stopListening()
    forgetWaitingAction()
  },

  /** Why the user is here, if there is something to say. */
  tell(because: string | undefined) {
    const ending = isEnding(because) ? because : cloudProblem()
    const isPaid = proofInHand() !== undefined
    // What failed before this page was a silent login: 再试一次 is about that, unless a number was paid for.
    if (isEnding(because)) this.retried = 'silent'
    if (isPaid) this.retried = 'phone'
    const view = ending === undefined ? null : viewOf(ending)
    const unused = { text: view?.text ?? TEXTS.login.unused, nextStep: 'retry' as NextStep }
    this.setData({ notice: isPaid ? unused : view })
  },

  onToggleConsent() {
    this.setData({ consented: !this.data.consented })
  },

  onOpenDocument(event: WechatMiniprogram.BaseEvent) {
    this.openDocument(event.currentTarget.dataset['page'])
  },

  onOpenFromLine({ detail }: { detail: { page: string } }) {
    this.openDocument(detail.page)
  },

  openDocument(page: string) {
    if (hasRoomAbove()) openPage(`/pages/${page}/${page}`)
    else this.setData({ document: page === 'privacy' ? privacyPolicy : userAgreement })
  },

  onCloseDocument() {
    this.setData({ document: null })
  },

  onPhoneBeforeConsent() {
    this.setData({ sheetFor: 'phone' })
  },

  onCloseSheet() {
    this.setData({ sheetFor: '' })
  },

  onOtherNumber() {
    this.setData({ way: 'phone', notice: null })
  },

  onAsk() {
    this.setData({ notice: null })
  },

  /** The button in the sheet says 同意并登录: this tap is the consent. */
  onAgreeAndAsk() {
    this.setData({ consented: true, notice: null })
  },

  onPrivacyAgreed() {
    this.setData({ notice: null })
  },

  onAnswer({ detail }: { detail: PhoneAnswer }) {
    // A second answer of one hasty double tap.
    if (this.data.working) return
    if ('ending' in detail) {
      this.end(detail.ending)
      return
    }
    this.enter('phone')
  },

  /** The phone button while a proof is in hand. */
  onUse() {
    this.useProof()
  },

  /** The same in the sheet, where the tap is the consent. */
  onAgreeAndUse() {
    this.setData({ consented: true })
    this.useProof()
  },

  onOneTap() {
    this.enter('silent')
  },

  onWithoutPhone() {
    if (this.data.consented) this.enter('withoutPhone')
    else this.setData({ sheetFor: 'withoutPhone' })
  },

  onAgree() {
    const { sheetFor } = this.data
    this.setData({ consented: true })
    if (sheetFor !== '') this.enter(sheetFor)
  },

  onRetry() {
    const way = this.retried ?? this.data.way
    if (way !== 'phone') this.enter(way)
    else this.useProof()
  },

  /** What was paid for is used up, instead of paying for another. */
  useProof() {
    dropOldProof()
    const paid = proofInHand()
    if (!paid) this.end('PHONE_CODE_INVALID')
    // The same login goes on, to which the user agreed with the tap that paid for it.
    else if (this.data.consented || paid.consentVersion === config.agreementVersion) this.enter('phone')
    else this.setData({ sheetFor: 'phone' })
  },

  onLater() {
    leaveLogin(this)
  },

  async enter(way: Way) {
    if (this.data.working) return
    // The account page is using it.
    if (way === 'phone' && isProofUnderWay() && !isPhoneLoginUnderWay()) return
    this.retried = way
    this.setData({ working: true, notice: null })
    const outcome = await this.login(way).catch(() => failed('BROKEN_ANSWER'))
    // Who left does not want to be told, nor taken anywhere.
    if (this.isGone) return
    if (!outcome.ok) this.end(outcome.failure)
    else if (isOnTop(this)) this.leaveIfLoggedIn()
    else this.setData({ working: false })
  },

  login(way: Way): Promise<Outcome<unknown>> {
    if (way === 'withoutPhone') return loginWithoutPhone()
    if (way === 'silent') return this.data.consented ? loginConsenting() : loginSilently()
    return loginWithPhone()
  },

  /** Nothing while another page is above, which the user reads: then when this one is shown again. */
  leaveIfLoggedIn() {
    if (!isLoggedIn() || this.leaving || !isOnTop(this)) return
    this.leaving = true
    // Until this page is gone, a tap would be a second login.
    this.setData({ working: true, notice: null, sheetFor: '' })
    if (this.isNeeded) wx.showToast({ title: TEXTS.login.welcome, icon: 'success' })
    leaveLogin(this)
  },

  /** Not logged in: says why, and puts the next step into the user's hand. */
  end(ending: Ending) {
    const view = viewOf(ending)
    const { way, offersWithoutPhone } = this.data
    // Nobody to let in by one tap any more.
    const unknown = ending === 'PHONE_REQUIRED' || ending === 'ACCOUNT_CLOSED'
    const phoneless = ending === 'NO_PERMISSION' && offersWithoutPhone
    const consenting = view.nextStep === 'consent'
    this.setData({
      working: false,
      // Set up to do without: then the user has no use for what a developer could change.
      notice: phoneless ? { ...view, text: TEXTS.login.phoneUnavailable } : view,
      way: phoneless ? 'withoutPhone' : unknown ? 'phone' : way,
      sheetFor: consenting ? (this.retried ?? way) : '',
      ...(consenting ? { consented: false } : {}),
    })
  },
})
