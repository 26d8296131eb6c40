import { changeNickname } from '../../services/profile'
import { confirm } from '../../utils/confirm'
import type { Failure } from '../../utils/failure'
import { failed } from '../../utils/failure'
import { sameLogin } from '../../utils/login-epoch'
import { ENDING_TEXTS, TEXTS } from '../../utils/texts'

/**
 * The user's nickname, to be changed or taken away. What is typed counts when the form is submitted: a nickname that
 * WeChat's keyboard fills in, or takes out as unsafe, tells nobody before that.
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
      // Empty by the user's wish, or since WeChat took out what was typed: only the user knows.
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
      const outcome = await changeNickname(nickname).catch(() => failed('BROKEN_ANSWER'))
      this.setData({ working: false })
      // Another login by now: on its account page nothing of this is told.
      if (!isCurrent()) return
      if (outcome.ok) wx.showToast({ title: success, icon: 'success' })
      // Signed out, the login page says what there is to say.
      else if (outcome.failure !== 'SIGNED_OUT') this.setData({ notice: noticeOf(outcome.failure) })
    },
  },
})

/** What the server finds wrong with this request can only be the nickname. */
function noticeOf(failure: Failure): string {
  const hint = failure === 'BAD_REQUEST' ? TEXTS.account.nicknameRule : ''
  return `${ENDING_TEXTS[failure]}${hint}`
}
