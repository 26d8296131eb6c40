import type { Failure, Outcome } from '../../../auth/core/outcome'
import { failed } from '../../../auth/core/outcome'
import { sameLogin } from '../../../auth/storage/login-epoch'
import { confirm } from '../../../auth/ui/confirm'
import { ERROR_TEXTS } from '../../../auth/ui/error-texts'
import { COMMON_TEXTS } from '../../../auth/ui/texts'
import { changeAvatar, removeAvatar } from '../../services/profile'
import { DEFAULT_AVATAR } from '../../utils/default-avatar'
import { TEXTS } from '../../utils/texts'

/** Shows the user's picture; a tap opens WeChat's own sheet for another one. */
Component({
  properties: {
    /** A cloud file id, or empty. */
    avatar: { type: String, value: '' },
    /** The user's name. */
    name: { type: String, value: '' },
  },
  data: {
    texts: TEXTS.account,
    retry: COMMON_TEXTS.retry,
    defaultAvatar: DEFAULT_AVATAR,
    /** The picture just chosen, shown while it is uploaded. */
    chosen: '',
    working: false,
    notice: '',
    /** Whether uploading the chosen picture again may help. */
    canRetry: false,
  },
  methods: {
    /** WeChat reports a picture only: a closed sheet and a picture that it finds unsafe cause no event. */
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
      const outcome = await act().catch(() => failed('INVALID_RESPONSE'))
      this.setData({ working: false })
      // Another user logged in meanwhile: their page shows nothing of this.
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
        // After SIGNED_OUT the login page shows the reason.
        notice: failure === 'SIGNED_OUT' ? '' : ERROR_TEXTS[failure],
        ...(canRetry ? {} : { chosen: '' }),
      })
    },
  },
})
