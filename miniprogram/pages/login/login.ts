import {
  forgetWaitingAction,
  getSession,
  leaveLogin,
  loginConsenting,
  loginSilently,
  loginWithoutPhone,
  loginWithPhone,
} from '../../services/session'
import { cloudProblem } from '../../utils/cloud'
import { config } from '../../utils/config'
import type { Ending, EndingView } from '../../utils/endings'
import { isEnding, viewOf } from '../../utils/endings'
import type { PhoneAnswer } from '../../utils/phone-answer'
import { TEXTS } from '../../utils/texts'

/** How to log in: with a number, by one tap of somebody known, or, where set up, without a number. */
type Way = 'phone' | 'silent' | 'withoutPhone'

interface PaidCode {
  phoneCode: string
  /** Milliseconds since 1970. */
  tappedAt: number
}

/** WeChat's promise is five minutes; the last few seconds of it are not worth a try. */
const CODE_LIFE_MILLISECONDS = 290000
/** WeChat answers every tap. Should it ever not, the page must not stay dead. */
const ANSWER_PATIENCE_MILLISECONDS = 10000

Page({
  data: {
    texts: TEXTS.login,
    way: 'phone' as Way,
    consented: false,
    /** The way that waits for consent in the sheet; empty while the sheet is closed. */
    sheetFor: '' as Way | '',
    /** From the tap to the answer, so that no second tap is billed. */
    busy: false,
    /** The part of it in which the app itself is at work. */
    working: false,
    lastPhone: '',
    offersWithoutPhone: !config.phoneRequired,
    notice: null as EndingView | null,
  },
  /** A code whose login has not succeeded yet: 再试一次 uses it up instead of paying for another. */
  paidCode: undefined as PaidCode | undefined,
  retried: undefined as Way | undefined,
  answerTimer: 0,

  onLoad({ because }: { because?: string }) {
    const { lastPhone } = getSession()
    const ending = isEnding(because) ? because : cloudProblem()
    this.setData({
      lastPhone,
      way: lastPhone === '' ? 'phone' : 'silent',
      notice: ending === undefined ? null : viewOf(ending),
    })
  },

  onUnload() {
    clearTimeout(this.answerTimer)
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
    this.setData({ busy: true, notice: null })
    clearTimeout(this.answerTimer)
    this.answerTimer = setTimeout(() => {
      if (!this.data.working) this.setData({ busy: false })
    }, ANSWER_PATIENCE_MILLISECONDS)
  },

  /** The button in the sheet says 同意并登录: this tap is the consent. */
  onAgreeAndAsk() {
    this.setData({ consented: true })
    this.onAsk()
  },

  onPrivacyAgreed() {
    this.setData({ notice: null })
  },

  onAnswer({ detail }: { detail: PhoneAnswer }) {
    clearTimeout(this.answerTimer)
    // A second answer of one hasty double tap.
    if (this.data.working) return
    if ('ending' in detail) {
      this.end(detail.ending)
      return
    }
    this.paidCode = { phoneCode: detail.code, tappedAt: Date.now() }
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
    else if (this.paidCode && Date.now() - this.paidCode.tappedAt < CODE_LIFE_MILLISECONDS)
      this.enter('phone', true)
    else this.end('PHONE_CODE_INVALID')
  },

  onLater() {
    leaveLogin()
  },

  async enter(way: Way, wasSent = false) {
    if (this.data.working) return
    this.retried = way
    this.setData({ busy: true, working: true, notice: null })
    const outcome = await this.login(way, wasSent).catch(
      () => ({ ok: false, failure: 'BROKEN_ANSWER' }) as const,
    )
    if (!outcome.ok) {
      this.end(outcome.failure)
      return
    }
    // Still busy: until this page is gone, a tap would be a second login.
    this.paidCode = undefined
    wx.showToast({ title: this.data.texts.welcome, icon: 'success' })
    leaveLogin()
  },

  login(way: Way, wasSent: boolean) {
    if (way === 'withoutPhone') return loginWithoutPhone()
    if (way === 'silent') return this.data.consented ? loginConsenting() : loginSilently()
    const phoneCode = this.paidCode?.phoneCode ?? ''
    return loginWithPhone({ phoneCode, wasSent, replacesNumber: this.data.lastPhone !== '' })
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
      busy: false,
      working: false,
      // Set up to do without: then the user has no use for what a developer could change.
      notice: phoneless ? { ...view, text: TEXTS.login.phoneUnavailable } : view,
      way: phoneless ? 'withoutPhone' : unknown ? 'phone' : way,
      sheetFor: consenting ? (this.retried ?? way) : '',
      ...(consenting ? { consented: false } : {}),
    })
  },
})
