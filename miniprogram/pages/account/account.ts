import { logout, requireLogin } from '../../services/session'
import type { SessionState } from '../../services/session-state'
import { getSession, onSessionChange } from '../../services/session-state'
import { confirm } from '../../utils/confirm'
import { DEFAULT_AVATAR } from '../../utils/default-avatar'
import { sameLogin } from '../../utils/login-epoch'
import { openPage } from '../../utils/navigation'
import { TEXTS } from '../../utils/texts'

const NOBODY = { avatar: '', nickname: '', phone: '' }

Page({
  data: {
    texts: TEXTS.account,
    defaultAvatar: DEFAULT_AVATAR,
    isLoggedIn: false,
    ...NOBODY,
    asking: false,
  },
  stopListening: () => {},

  onLoad() {
    this.show(getSession())
    this.stopListening = onSessionChange((state) => this.show(state))
  },

  onUnload() {
    this.stopListening()
  },

  /** Logged out, no trace of the last user's name or picture stays. */
  show({ isLoggedIn, userInfo = { id: '', ...NOBODY } }: SessionState) {
    const { avatar, nickname, phone } = userInfo
    this.setData({ isLoggedIn, avatar, nickname, phone })
  },

  async onLogin() {
    this.setData({ asking: true })
    await requireLogin(() => {})
    this.setData({ asking: false })
  },

  /** To a page that shows nothing without a login. */
  onOpenOwn(event: WechatMiniprogram.BaseEvent) {
    requireLogin(() => this.onOpen(event))
  },

  onOpen(event: WechatMiniprogram.BaseEvent) {
    const { page } = event.currentTarget.dataset
    openPage(`/pages/${page}/${page}`, this.route)
  },

  async onLogout() {
    const { logoutQuestion: title, logoutConsequence: content, logoutConfirm: confirmText } = TEXTS.account
    const isCurrent = sameLogin()
    if (!(await confirm({ title, content, confirmText })) || !isCurrent()) return
    // The phone forgets the login at once; the cloud is told behind the scenes.
    logout()
    wx.showToast({ title: TEXTS.account.loggedOut, icon: 'none' })
  },
})
