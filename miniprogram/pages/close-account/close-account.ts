import { closeAccount } from '../../services/account'
import { watchLogin } from '../../services/session'
import { confirm } from '../../utils/confirm'
import { failed, isPassing } from '../../utils/failure'
import { goHome } from '../../utils/navigation'
import { ENDING_TEXTS, TEXTS } from '../../utils/texts'

Page({
  data: {
    texts: TEXTS.closeAccount,
    isLoggedIn: true,
    understood: false,
    closing: false,
    notice: '',
  },
  stopListening: () => {},

  onLoad() {
    this.stopListening = watchLogin((isLoggedIn) => this.setData({ isLoggedIn }))
  },

  onUnload() {
    this.stopListening()
  },

  onToggle() {
    if (!this.data.closing) this.setData({ understood: !this.data.understood })
  },

  onMyData() {
    wx.navigateTo({ url: '/pages/my-data/my-data' })
  },

  async onClose() {
    if (!this.data.understood || this.data.closing) return
    const { question: title, questionText: content, confirm: confirmText } = TEXTS.closeAccount
    if (await confirm({ title, content, confirmText, isDangerous: true })) await this.close()
  },

  async close() {
    if (this.data.closing) return
    this.setData({ closing: true, notice: '' })
    // The session ends in the middle of this; the page is not to ask for a login at the very end.
    this.stopListening()
    const outcome = await closeAccount().catch(() => failed('BROKEN_ANSWER'))
    if (outcome.ok) {
      goHome(() => wx.showModal(CLOSED))
      return
    }
    const mayHaveBegun = isPassing(outcome) ? TEXTS.closeAccount.unfinished : ''
    const notice = ENDING_TEXTS[outcome.failure] + mayHaveBegun
    // Signed out, the login page says what there is to say.
    this.setData({ closing: false, notice: outcome.failure === 'SIGNED_OUT' ? '' : notice })
    this.onLoad()
  },
})

const CLOSED = { content: TEXTS.closeAccount.closed, showCancel: false, confirmText: TEXTS.app.understood }
