import type { Failure } from '../../../auth/core/outcome'
import { failed } from '../../../auth/core/outcome'
import { sameLogin } from '../../../auth/storage/login-epoch'
import { confirm } from '../../../auth/ui/confirm'
import { ERROR_TEXTS } from '../../../auth/ui/error-texts'
import { changeNickname } from '../../services/profile'
import { TEXTS } from '../../utils/texts'

/**
 * Changes or removes the user's nickname. Only a submit counts: WeChat's keyboard fills in a nickname, or removes an
 * unsafe one, without an event.
 */
Component({
  properties: {
    nickname: { type: String, value: '' },
  },
  data: { texts: TEXTS.account, working: false, notice: '' },
  methods: {
    async onSubmit({ detail }: { detail: { value: { nickname?: string } } }) {
      if (this.data.working) return
      const typed = (detail.value.nickname ?? '').trim()
      this.setData({ notice: '' })
      const { texts, nickname } = this.data
      if (typed === nickname) wx.showToast({ title: texts.nicknameSame, icon: 'none' })
      else if (typed !== '') await this.save(typed, texts.nicknameSaved)
      // Emptied by the user, or by WeChat, which removes unsafe text: only the user knows.
      else if (await this.isToBeCleared()) await this.save('', texts.nicknameRemoved)
    },

    isToBeCleared(): Promise<boolean> {
      const { removeNicknameQuestion: title, clear: confirmText } = TEXTS.account
      return confirm({ title, confirmText })
    },

    async save(nickname: string, success: string) {
      if (this.data.working) return
      this.setData({ working: true })
      const isCurrent = sameLogin()
      const outcome = await changeNickname(nickname).catch(() => failed('INVALID_RESPONSE'))
      this.setData({ working: false })
      // Another user logged in meanwhile: their page shows nothing of this.
      if (!isCurrent()) return
      if (outcome.ok) wx.showToast({ title: success, icon: 'success' })
      // After SIGNED_OUT the login page shows the reason.
      else if (outcome.failure !== 'SIGNED_OUT') this.setData({ notice: noticeOf(outcome.failure) })
    },
  },
})

/** A bad request can only be a bad nickname. */
function noticeOf(failure: Failure): string {
  const hint = failure === 'BAD_REQUEST' ? TEXTS.account.nicknameRule : ''
  return `${ERROR_TEXTS[failure]}${hint}`
}
