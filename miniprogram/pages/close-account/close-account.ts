import { closeAccount } from '../../services/account'
import { watchLogin } from '../../services/session'
import { confirm } from '../../utils/confirm'
import { failed, isPassing } from '../../utils/failure'
import { sameLogin } from '../../utils/login-epoch'
import { goHome, isOnTop, openPage } from '../../utils/navigation'
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
  isGone: false,

  onLoad() {
    this.listen()
  },

  listen() {
    this.stopListening = watchLogin((isLoggedIn) => this.setData({ isLoggedIn }))
  },

  onUnload() {
    this.isGone = true
    this.stopListening()
  },

  onToggle() {
    if (!this.data.closing) this.setData({ understood: !this.data.understood })
  },

  onMyData() {
    openPage('/pages/my-data/my-data', this.route)
  },

  async onClose() {
    if (!this.data.understood || this.data.closing) return
    const { question: title, questionText: content, confirm: confirmText } = TEXTS.closeAccount
    const isCurrent = sameLogin()
    if ((await confirm({ title, content, confirmText, isDangerous: true })) && isCurrent()) await this.close()
  },

  async close() {
    if (this.data.closing) return
    this.setData({ closing: true, notice: '' })
    // The session ends in the middle of this; the page is not to ask for a login at the very end.
    this.stopListening()
    const isCurrent = sameLogin()
    const outcome = await closeAccount().catch(() => failed('BROKEN_ANSWER'))
    if (outcome.ok) {
      // A user who reads another page by now stays there.
      if (isOnTop(this)) goHome(() => this.tellClosed())
      else this.tellClosed()
      return
    }
    const mayHaveBegun = isPassing(outcome) ? TEXTS.closeAccount.unfinished : ''
    const notice = ENDING_TEXTS[outcome.failure] + mayHaveBegun
    // Signed out, the login page says what there is to say.
    const isTold = isCurrent() && outcome.failure !== 'SIGNED_OUT'
    this.goOn({ notice: isTold ? notice : '' })
  },

  tellClosed() {
    wx.showModal(CLOSED)
    this.goOn({ notice: '' })
  },

  /** As long as the page is there, be it below others or a tab, it goes on showing whether somebody is logged in. */
  goOn({ notice }: { notice: string }) {
    if (this.isGone) return
    this.setData({ closing: false, understood: notice !== '' && this.data.understood, notice })
    this.listen()
  },
})

const CLOSED = { content: TEXTS.closeAccount.closed, showCancel: false, confirmText: TEXTS.app.understood }
