import { config } from '../../utils/config'
import { readPhoneAnswer } from '../../utils/phone-answer'

/**
 * The only button that asks WeChat for a phone number. Tapping it also agrees to WeChat's privacy guide: with that
 * second open-type the tap itself is the agreement, so no `wx.onNeedPrivacyAuthorization` is registered. A listener
 * would take over WeChat's own dialog for the whole app, and would have to answer for every other interface too.
 *
 * Events: `ask` at the tap, `agree` once the privacy guide is agreed to, `answer` with a PhoneAnswer.
 */
Component({
  properties: {
    label: { type: String, value: '' },
    disabled: { type: Boolean, value: false },
    loading: { type: Boolean, value: false },
  },
  data: {
    openType: `${config.realtimePhone ? 'getRealtimePhoneNumber' : 'getPhoneNumber'}|agreePrivacyAuthorization`,
  },
  methods: {
    onTap() {
      this.triggerEvent('ask')
    },
    onPrivacyAgreed() {
      this.triggerEvent('agree')
    },
    onAnswer(event: { detail: unknown }) {
      this.triggerEvent('answer', readPhoneAnswer(event.detail))
    },
  },
})
