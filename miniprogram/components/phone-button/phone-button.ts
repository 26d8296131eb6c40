import { config } from '../../utils/config'
import { readPhoneAnswer } from '../../utils/phone-answer'

/** WeChat answers every tap. Should it ever not, the button must not stay dead. */
const ANSWER_PATIENCE_MILLISECONDS = 10000

/** Of a button on a page: components have no place for fields of their own. */
const timers = new WeakMap<object, number>()

/**
 * The only button that asks WeChat for a phone number. Tapping it also agrees to WeChat's privacy guide: with that
 * second open-type the tap itself is the agreement, so no `wx.onNeedPrivacyAuthorization` is registered. A listener
 * would take over WeChat's own dialog for the whole app, and would have to answer for every other interface too.
 *
 * From a tap to its answer it is disabled, since a second tap is a second charge; how long the answer is then worked on
 * is the page's to say. Events: `ask` at the tap, `agree` once the privacy guide is agreed to, `answer` with a PhoneAnswer.
 */
Component({
  properties: {
    label: { type: String, value: '' },
    /** A class of styles/button.wxss. */
    look: { type: String, value: 'primary' },
    disabled: { type: Boolean, value: false },
    loading: { type: Boolean, value: false },
  },
  data: {
    asking: false,
    openType: `${config.realtimePhone ? 'getRealtimePhoneNumber' : 'getPhoneNumber'}|agreePrivacyAuthorization`,
  },
  lifetimes: {
    detached() {
      clearTimeout(timers.get(this) ?? 0)
    },
  },
  methods: {
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
      this.triggerEvent('answer', readPhoneAnswer(event.detail))
    },
  },
})
