import { isProofUnderWay, onProofChange, proofInHand } from '../../services/paid-proof'
import { changePhone } from '../../services/phone-number'
import { config } from '../../utils/config'
import type { Ending, NextStep } from '../../utils/endings'
import { viewOf } from '../../utils/endings'
import { failed } from '../../utils/failure'
import { sameLogin } from '../../utils/login-epoch'
import type { PhoneAnswer } from '../../utils/phone-answer'
import { TEXTS } from '../../utils/texts'

/** Of a component, which has no place for fields of its own. */
const subscriptions = new WeakMap<object, () => void>()

/** A change that began on this page before is over, or was broken off with the app. */
const UNUSED = { text: TEXTS.phoneChanger.unused, nextStep: 'retry' as NextStep }

/** Puts another number on the account, by WeChat's phone button. */
Component({
  properties: {
    /** Masked; empty for an account without a number. */
    phone: { type: String, value: '' },
  },
  data: {
    texts: TEXTS.phoneChanger,
    retry: TEXTS.app.retry,
    working: false,
    notice: null as { text: string; nextStep: NextStep } | null,
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
      subscriptions.get(this)?.()
    },
  },
  methods: {
    /** What was paid for here and has led to nothing yet, though it was another component's to use. */
    showProof() {
      const isUnused = proofInHand()?.purpose === 'change' && !isProofUnderWay()
      const { working, notice } = this.data
      if (isUnused && !working && notice === null) this.setData({ notice: UNUSED })
      if (!isUnused && notice?.text === UNUSED.text) this.setData({ notice: null })
    },

    onAsk() {
      this.setData({ notice: null })
    },

    onAnswer({ detail }: { detail: PhoneAnswer }) {
      // A second answer of one hasty double tap.
      if (this.data.working) return
      if ('ending' in detail) this.end(detail.ending)
      else this.change()
    },

    /** 再试一次, or a tap on the button while a proof is in hand. */
    onUse() {
      if (!this.data.working && !isProofUnderWay()) this.change()
    },

    async change() {
      const isCurrent = sameLogin()
      this.setData({ working: true, notice: null })
      const outcome = await changePhone().catch(() => failed('BROKEN_ANSWER'))
      // Another login by now: on its account page nothing of this is told.
      if (!isCurrent()) return
      this.setData({ working: false })
      if (outcome.ok) wx.showToast({ title: TEXTS.phoneChanger.changed, icon: 'success' })
      // Signed out, the login page says what there is to say.
      else if (outcome.failure !== 'SIGNED_OUT') this.end(outcome.failure)
    },

    end(ending: Ending) {
      const phoneless = ending === 'NO_PERMISSION' && !config.phoneRequired
      const view = viewOf(ending)
      this.setData({ notice: phoneless ? { ...view, text: TEXTS.phoneChanger.unavailable } : view })
    },
  },
})
