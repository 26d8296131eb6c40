import { failed, isTransient } from '../../../auth/core/outcome'
import { watchLogin } from '../../../auth/session/launch'
import { sameLogin } from '../../../auth/storage/login-epoch'
import { confirm } from '../../../auth/ui/confirm'
import { ERROR_TEXTS } from '../../../auth/ui/error-texts'
import { goHome, isOnTop, openPage } from '../../../auth/ui/navigation'
import { COMMON_TEXTS } from '../../../auth/ui/texts'
import { showTitle } from '../../../auth/ui/title'
import { closeAccount } from '../../services/account'
import { TEXTS } from '../../utils/texts'

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

  onReady() {
    showTitle(TEXTS.titles.closeAccount)
  },

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
    openPage('/account/pages/my-data/my-data', this.route)
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
    // The session ends meanwhile; the page must not ask for a login then.
    this.stopListening()
    const isCurrent = sameLogin()
    const outcome = await closeAccount().catch(() => failed('INVALID_RESPONSE'))
    if (outcome.ok) {
      // A user who is on another page by now stays there.
      if (isOnTop(this)) goHome(() => this.confirmClosed())
      else this.confirmClosed()
      return
    }
    const mayHaveBegun = isTransient(outcome) ? TEXTS.closeAccount.unfinished : ''
    const notice = ERROR_TEXTS[outcome.failure] + mayHaveBegun
    // After SIGNED_OUT the login page shows the reason.
    const isShown = isCurrent() && outcome.failure !== 'SIGNED_OUT'
    this.goOn({ notice: isShown ? notice : '' })
  },

  confirmClosed() {
    wx.showModal(CLOSED)
    this.goOn({ notice: '' })
  },

  /** While the page is open, also below others or as a tab, it shows whether a user is logged in. */
  goOn({ notice }: { notice: string }) {
    if (this.isGone) return
    this.setData({ closing: false, understood: notice !== '' && this.data.understood, notice })
    this.listen()
  },
})

const CLOSED = { content: TEXTS.closeAccount.closed, showCancel: false, confirmText: COMMON_TEXTS.understood }
