import type { PaidProof } from '../../services/paid-proof'
import { isWorthATry, stillPaid } from '../../services/paid-proof'
import {
  forgetWaitingAction,
  leaveLogin,
  loginConsenting,
  loginSilently,
  loginWithoutPhone,
  loginWithPhone,
} from '../../services/session'
import { getSession } from '../../services/session-state'
import { cloudProblem } from '../../utils/cloud'
import { config } from '../../utils/config'
import type { Ending, EndingView } from '../../utils/endings'
import { isEnding, viewOf } from '../../utils/endings'
import type { Outcome } from '../../utils/failure'
import { failed } from '../../utils/failure'
import type { PhoneAnswer } from '../../utils/phone-answer'
import { TEXTS } from '../../utils/texts'

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
    notice: null as EndingView | null,
  },
  /** What was paid for and has not led to a login yet: 再试一次 uses it up instead of paying for another. */
  paid: undefined as PaidProof | undefined,
  retried: undefined as Way | undefined,

  onLoad({ because }: { because?: string }) {
    const { lastPhone } = getSession()
    const ending = isEnding(because) ? because : cloudProblem()
    // What failed before this page was a silent login: 再试一次 is about that.
    if (isEnding(because)) this.retried = 'silent'
    this.setData({
      lastPhone,
      way: lastPhone === '' ? 'phone' : 'silent',
      notice: ending === undefined ? null : viewOf(ending),
    })
  },

  onUnload() {
    forgetWaitingAction()
  },

  onToggleConsent() {
    this.setData({ consented: !this.data.consented })
  },

  onOpenDocument(event: WechatMiniprogram.BaseEvent) {
    const { page } = event.currentTarget.dataset
    wx.navigateTo({ url: `/pages/${page}/${page}` })
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
    this.paid = { proof: { phoneCode: detail.code }, tappedAt: Date.now() }
    this.enter('phone')
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
    else if (isWorthATry(this.paid)) this.enter('phone', true)
    else this.end('PHONE_CODE_INVALID')
  },

  onLater() {
    leaveLogin()
  },

  async enter(way: Way, wasSent = false) {
    if (this.data.working) return
    this.retried = way
    this.setData({ working: true, notice: null })
    const outcome = await this.login(way, wasSent).catch(() => failed('BROKEN_ANSWER'))
    if (!outcome.ok) {
      if (this.paid) this.paid = stillPaid(this.paid, outcome)
      this.end(outcome.failure)
      return
    }
    // Still working: until this page is gone, a tap would be a second login.
    this.paid = undefined
    wx.showToast({ title: this.data.texts.welcome, icon: 'success' })
    leaveLogin()
  },

  login(way: Way, wasSent: boolean): Promise<Outcome<unknown>> {
    if (way === 'withoutPhone') return loginWithoutPhone()
    if (way === 'silent') return this.data.consented ? loginConsenting() : loginSilently()
    if (!this.paid) return Promise.resolve(failed('PHONE_CODE_INVALID'))
    return loginWithPhone({ proof: this.paid.proof, wasSent, replacedPhone: this.data.lastPhone })
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
