import { config } from '../../../auth/config'
import {
  currentCredential,
  dropExpiredCredential,
  isCredentialInUse,
  onCredentialChange,
  storeCredential,
} from '../../../auth/session/phone-credential'
import { readPhoneAnswer } from '../../utils/phone-answer'

/** WeChat answers every tap. If it does not, the button works again after this time. */
const ANSWER_TIMEOUT_MILLISECONDS = 10000

/** By button: components have no fields of their own. */
const timers = new WeakMap<object, number>()
const subscriptions = new WeakMap<object, () => void>()

/**
 * The only button that asks WeChat for a phone number. Tapping it also agrees to WeChat's privacy guide: with that
 * second open-type the tap itself is the agreement, so no `wx.onNeedPrivacyAuthorization` is registered. A listener
 * would take over WeChat's own dialog for the whole app, and would have to answer for every other interface too.
 *
 * From a tap to its answer it is disabled, since a second tap is a second charge. The page decides how long it stays
 * disabled after that. While the app has a credential, it asks WeChat for no other.
 *
 * Events: `ask` at the tap, `agree` once the privacy guide is agreed to, `answer` with a PhoneAnswer, `use` at a tap
 * that redeems the credential.
 */
Component({
  properties: {
    label: { type: String, value: '' },
    /** A class of auth/styles/button.wxss. */
    look: { type: String, value: 'auth-primary' },
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
      this.showCredential()
      subscriptions.set(
        this,
        onCredentialChange(() => this.showCredential()),
      )
    },
    detached() {
      clearTimeout(timers.get(this) ?? 0)
      subscriptions.get(this)?.()
    },
  },
  pageLifetimes: {
    show() {
      dropExpiredCredential()
    },
  },
  methods: {
    showCredential() {
      this.setData({ isPaid: currentCredential() !== undefined, isUnderWay: isCredentialInUse() })
    },
    onUse() {
      this.triggerEvent('use')
    },
    onTap() {
      this.setData({ asking: true })
      timers.set(
        this,
        setTimeout(() => this.setData({ asking: false }), ANSWER_TIMEOUT_MILLISECONDS),
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
      // Stored here, since the page may be closed by now.
      if ('code' in answer) storeCredential(answer.code, this.data.purpose === 'change' ? 'change' : 'login')
      this.triggerEvent('answer', answer)
    },
  },
})
