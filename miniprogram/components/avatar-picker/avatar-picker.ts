import { changeAvatar, removeAvatar } from '../../services/profile'
import { confirm } from '../../utils/confirm'
import { DEFAULT_AVATAR } from '../../utils/default-avatar'
import type { Failure, Outcome } from '../../utils/failure'
import { failed } from '../../utils/failure'
import { sameLogin } from '../../utils/login-epoch'
import { ENDING_TEXTS, TEXTS } from '../../utils/texts'

/** Shows the user's picture; a tap takes another one, from WeChat's own sheet. */
Component({
  properties: {
    /** A cloud file id, or empty. */
    avatar: { type: String, value: '' },
    /** What the user is called. */
    name: { type: String, value: '' },
  },
  data: {
    texts: TEXTS.account,
    retry: TEXTS.app.retry,
    defaultAvatar: DEFAULT_AVATAR,
    /** The picture just chosen, shown while it is on its way. */
    chosen: '',
    working: false,
    notice: '',
    /** Whether the chosen picture is worth another try. */
    canRetry: false,
  },
  methods: {
    /** WeChat tells of a picture only: a closed sheet and a picture it finds unsafe come to nothing here. */
    onChoose({ detail }: { detail: { avatarUrl: string } }) {
      this.upload(detail.avatarUrl)
    },

    onRetry() {
      this.upload(this.data.chosen)
    },

    async upload(path: string) {
      if (this.data.working) return
      this.setData({ chosen: path })
      await this.work(() => changeAvatar(path), TEXTS.account.avatarChanged)
    },

    async onRemove() {
      if (this.data.working) return
      const { removeAvatarQuestion: title, remove: confirmText } = TEXTS.account
      if (await confirm({ title, confirmText })) {
        this.setData({ chosen: '' })
        await this.work(removeAvatar, TEXTS.account.avatarRemoved)
      }
    },

    async work(act: () => Promise<Outcome<unknown>>, success: string) {
      this.setData({ working: true, notice: '' })
      const isCurrent = sameLogin()
      const outcome = await act().catch(() => failed('BROKEN_ANSWER'))
      this.setData({ working: false })
      // Another login by now: on its account page nothing of this is told.
      if (!isCurrent()) return
      if (outcome.ok) {
        this.setData({ chosen: '' })
        wx.showToast({ title: success, icon: 'success' })
      } else {
        this.fail(outcome.failure)
      }
    },

    fail(failure: Failure) {
      const canRetry = this.data.chosen !== '' && failure !== 'AVATAR_INVALID' && failure !== 'SIGNED_OUT'
      this.setData({
        canRetry,
        // Signed out, the login page says what there is to say.
        notice: failure === 'SIGNED_OUT' ? '' : ENDING_TEXTS[failure],
        ...(canRetry ? {} : { chosen: '' }),
      })
    },
  },
})
