import { login, requireLogin } from '../../../auth/session/require-login'
import { logout } from '../../../auth/session/session'
import type { SessionState } from '../../../auth/session/session-state'
import { getSession, onSessionChange } from '../../../auth/session/session-state'
import { sameLogin } from '../../../auth/storage/login-epoch'
import { confirm } from '../../../auth/ui/confirm'
import { openPage, topPage } from '../../../auth/ui/navigation'
import { DEFAULT_AVATAR } from '../../utils/default-avatar'
import { TEXTS } from '../../utils/texts'

const NOBODY = { avatar: '', nickname: '', phone: '' }

/** By panel: components have no fields of their own. */
const subscriptions = new WeakMap<object, () => void>()

/**
 * All that the account page shows. A component, so that a page of the app's main package can show the same in a tab. A
 * tab stays alive: the panel follows each login and logout, wherever they happen.
 */
Component({
  data: {
    texts: TEXTS.account,
    defaultAvatar: DEFAULT_AVATAR,
    isLoggedIn: false,
    ...NOBODY,
    asking: false,
  },
  lifetimes: {
    attached() {
      this.show(getSession())
      subscriptions.set(
        this,
        onSessionChange((state) => this.show(state)),
      )
    },
    detached() {
      subscriptions.get(this)?.()
    },
  },
  methods: {
    /** After a logout nothing of the last user's name or picture stays. */
    show({ isLoggedIn, userInfo = { id: '', ...NOBODY } }: SessionState) {
      const { avatar, nickname, phone } = userInfo
      this.setData({ isLoggedIn, avatar, nickname, phone })
    },

    async onLogin() {
      this.setData({ asking: true })
      await login()
      this.setData({ asking: false })
    },

    /** To a page of the app that shows nothing without a login. */
    onOpenContent(event: WechatMiniprogram.BaseEvent) {
      const from = topPage()?.route
      requireLogin(() => openPage(event.currentTarget.dataset['url'], from))
    },

    /** To a page of the account that shows nothing without a login. */
    onOpenOwn(event: WechatMiniprogram.BaseEvent) {
      const from = topPage()?.route
      requireLogin(() => this.openOwn(event, from))
    },

    onOpen(event: WechatMiniprogram.BaseEvent) {
      this.openOwn(event, topPage()?.route)
    },

    openOwn(event: WechatMiniprogram.BaseEvent, from: string | undefined) {
      const { page } = event.currentTarget.dataset
      openPage(`/account/pages/${page}/${page}`, from)
    },

    async onLogout() {
      const { logoutQuestion: title, logoutConsequence: content, logoutConfirm: confirmText } = TEXTS.account
      const isCurrent = sameLogin()
      if (!(await confirm({ title, content, confirmText })) || !isCurrent()) return
      // The phone forgets the login at once; the cloud ends the session in the background.
      logout()
      wx.showToast({ title: TEXTS.account.loggedOut, icon: 'none' })
    },
  },
})
