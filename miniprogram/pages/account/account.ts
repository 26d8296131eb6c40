import type { SessionState } from '../../services/session'
import { getSession, logout, onSessionChange, requireLogin } from '../../services/session'
import { TEXTS } from '../../utils/texts'

const DEFAULT_AVATAR = '/images/person.svg'

Page({
  data: {
    texts: TEXTS.account,
    isLoggedIn: false,
    avatar: DEFAULT_AVATAR,
    nickname: '',
    phone: '',
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
  show({ isLoggedIn, userInfo }: SessionState) {
    const { texts } = this.data
    this.setData({
      isLoggedIn,
      avatar: userInfo?.avatar || DEFAULT_AVATAR,
      nickname: userInfo ? userInfo.nickname || texts.defaultNickname : texts.anonymous,
      phone: userInfo ? userInfo.phone || texts.noPhone : texts.anonymousHint,
    })
  },

  async onLogin() {
    this.setData({ asking: true })
    await requireLogin(() => {})
    this.setData({ asking: false })
  },

  onTrips() {
    requireLogin(() => {
      wx.navigateTo({ url: '/pages/trips/trips' })
    })
  },

  onOpenDocument(event: WechatMiniprogram.BaseEvent) {
    const { page } = event.currentTarget.dataset
    wx.navigateTo({ url: `/pages/${page}/${page}` })
  },

  onLogout() {
    const { texts } = this.data
    wx.showModal({
      title: texts.logoutQuestion,
      content: texts.logoutConsequence,
      confirmText: texts.logoutConfirm,
      cancelText: texts.cancel,
      success: ({ confirm }) => {
        if (!confirm) return
        // The phone forgets the login at once; the cloud is told behind the scenes.
        logout()
        wx.showToast({ title: texts.loggedOut, icon: 'none' })
      },
    })
  },
})
