import {
  dropOldProof,
  isProofUnderWay,
  keepProof,
  onProofChange,
  proofInHand,
} from '../../services/paid-proof'
import { config } from '../../utils/config'
import { readPhoneAnswer } from '../../utils/phone-answer'

/** WeChat answers every tap. Should it ever not, the button must not stay dead. */
const ANSWER_PATIENCE_MILLISECONDS = 10000

/** Of a button on a page: components have no place for fields of their own. */
const timers = new WeakMap<object, number>()
const subscriptions = new WeakMap<object, () => void>()

/**
 * The only button that asks WeChat for a phone number. Tapping it also agrees to WeChat's privacy guide: with that
 * second open-type the tap itself is the agreement, so no `wx.onNeedPrivacyAuthorization` is registered. A listener
 * would take over WeChat's own dialog for the whole app, and would have to answer for every other interface too.
 *
 * From a tap to its answer it is disabled, since a second tap is a second charge; how long the answer is then worked on
 * is the page's to say. As long as a proof that was paid for is in hand, anywhere in the app, it asks WeChat for no other.
 *
 * Events: `ask` at the tap, `agree` once the privacy guide is agreed to, `answer` with a PhoneAnswer, `use` at a tap
 * that is to use the proof in hand.
 */
Component({
  properties: {
    label: { type: String, value: '' },
    /** A class of styles/button.wxss. */
    look: { type: String, value: 'primary' },
    disabled: { type: Boolean, value: false },
    loading: { type: Boolean, value: false },
    /** What the number is for, `login` or `change`. */
    purpose: { type: String, value: 'login' },
  },
  data: {
    asking: false,
    isPaid: false,
    isUnderWay: false,
    openType: `${config.realtimePhone ? 'getRealtimePhoneNumber' : 'getPhoneNumber'}|agreePrivacyAuthorization`,
  },
  lifetimes: {
    attached() {
      this.showProof()
      subscriptions.set(
        this,
        onProofChange(() => this.showProof()),
      )
    },
    detached() {
      clearTimeout(timers.get(this) ?? 0)
      subscriptions.get(this)?.()
    },
  },
  pageLifetimes: {
    show() {
      dropOldProof()
    },
  },
  methods: {
    showProof() {
      this.setData({ isPaid: proofInHand() !== undefined, isUnderWay: isProofUnderWay() })
    },
    onUse() {
      this.triggerEvent('use')
    },
    onTap() {
      this.setData({ asking: true })
      timers.set(
        this,
        setTimeout(() => this.setData({ asking: false }), ANSWER_PATIENCE_MILLISECONDS),
      )
      this.triggerEvent('ask')
    },
    onPrivacyAgreed() {
      this.triggerEvent('agree')
    },
    onAnswer(event: { detail: unknown }) {
      clearTimeout(timers.get(this) ?? 0)
      this.setData({ asking: false })
      const answer = readPhoneAnswer(event.detail)
      // Kept here, since the page that asked may be gone by now.
      if ('code' in answer) keepProof(answer.code, this.data.purpose === 'change' ? 'change' : 'login')
      this.triggerEvent('answer', answer)
    },
  },
})
