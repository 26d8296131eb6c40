import { config } from '../../../auth/config'
import { failed } from '../../../auth/core/outcome'
import {
  currentCredential,
  isCredentialInUse,
  onCredentialChange,
} from '../../../auth/session/phone-credential'
import { sameLogin } from '../../../auth/storage/login-epoch'
import { COMMON_TEXTS } from '../../../auth/ui/texts'
import { changePhone } from '../../services/phone-number'
import type { ErrorCode, NextStep } from '../../utils/error-notice'
import { toNotice } from '../../utils/error-notice'
import type { PhoneAnswer } from '../../utils/phone-answer'
import { TEXTS } from '../../utils/texts'

/** By component: components have no fields of their own. */
const subscriptions = new WeakMap<object, () => void>()

/** An earlier change failed, or the app was closed in the middle of it. */
const UNUSED = { text: TEXTS.phoneChanger.unused, nextStep: 'retry' as NextStep }

/** Puts another number on the account, by WeChat's phone button. */
Component({
  properties: {
    /** Masked; empty for an account without a number. */
    phone: { type: String, value: '' },
  },
  data: {
    texts: TEXTS.phoneChanger,
    retry: COMMON_TEXTS.retry,
    working: false,
    notice: null as { text: string; nextStep: NextStep } | null,
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
      subscriptions.get(this)?.()
    },
  },
  methods: {
    /** Shows whether a change was paid for and not done yet. */
    showCredential() {
      const isUnused = currentCredential()?.purpose === 'change' && !isCredentialInUse()
      const { working, notice } = this.data
      if (isUnused && !working && notice === null) this.setData({ notice: UNUSED })
      if (!isUnused && notice?.text === UNUSED.text) this.setData({ notice: null })
    },

    onAsk() {
      this.setData({ notice: null })
    },

    onAnswer({ detail }: { detail: PhoneAnswer }) {
      // The second answer of a double tap.
      if (this.data.working) return
      if ('error' in detail) this.fail(detail.error)
      else this.change()
    },

    /** 再试一次, or a tap on the button while there is a credential. */
    onUse() {
      if (!this.data.working && !isCredentialInUse()) this.change()
    },

    async change() {
      const isCurrent = sameLogin()
      this.setData({ working: true, notice: null })
      const outcome = await changePhone().catch(() => failed('INVALID_RESPONSE'))
      // Another user logged in meanwhile: their page shows nothing of this.
      if (!isCurrent()) return
      this.setData({ working: false })
      if (outcome.ok) wx.showToast({ title: TEXTS.phoneChanger.changed, icon: 'success' })
      // After SIGNED_OUT the login page shows the reason.
      else if (outcome.failure !== 'SIGNED_OUT') this.fail(outcome.failure)
    },

    fail(code: ErrorCode) {
      const phoneless = code === 'NO_PERMISSION' && !config.phoneRequired
      const view = toNotice(code)
      this.setData({ notice: phoneless ? { ...view, text: TEXTS.phoneChanger.unavailable } : view })
    },
  },
})
