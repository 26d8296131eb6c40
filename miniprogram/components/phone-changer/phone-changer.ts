import type { PaidProof } from '../../services/paid-proof'
import { isWorthATry, stillPaid } from '../../services/paid-proof'
import { changePhone } from '../../services/phone-number'
import { config } from '../../utils/config'
import type { Ending, EndingView } from '../../utils/endings'
import { viewOf } from '../../utils/endings'
import { failed } from '../../utils/failure'
import type { PhoneAnswer } from '../../utils/phone-answer'
import { TEXTS } from '../../utils/texts'

/** What was paid for and has not led to a change yet, by component: 再试一次 uses it up instead of paying again. */
const unused = new WeakMap<object, PaidProof>()

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
    notice: null as EndingView | null,
  },
  methods: {
    onAsk() {
      this.setData({ notice: null })
    },

    onAnswer({ detail }: { detail: PhoneAnswer }) {
      // A second answer of one hasty double tap.
      if (this.data.working) return
      if ('ending' in detail) this.end(detail.ending)
      else this.change({ proof: { phoneCode: detail.code }, tappedAt: Date.now() }, false)
    },

    onRetry() {
      if (this.data.working) return
      const paid = unused.get(this)
      if (isWorthATry(paid)) this.change(paid, true)
      else this.end('PHONE_CODE_INVALID')
    },

    async change(paid: PaidProof, wasSent: boolean) {
      this.setData({ working: true, notice: null })
      const outcome = await changePhone({ proof: paid.proof, wasSent }).catch(() => failed('BROKEN_ANSWER'))
      this.setData({ working: false })
      if (outcome.ok) {
        unused.delete(this)
        wx.showToast({ title: TEXTS.phoneChanger.changed, icon: 'success' })
        return
      }
      unused.set(this, stillPaid(paid, outcome))
      // Signed out, the login page says what there is to say.
      if (outcome.failure !== 'SIGNED_OUT') this.end(outcome.failure)
    },

    end(ending: Ending) {
      const phoneless = ending === 'NO_PERMISSION' && !config.phoneRequired
      const view = viewOf(ending)
      this.setData({ notice: phoneless ? { ...view, text: TEXTS.phoneChanger.unavailable } : view })
    },
  },
})
