import { useState } from 'preact/hooks'
import type { WechatUser } from '../../../control/interface.ts'
import { control } from '../frame/api'
import { Notice, useAction } from '../frame/notice'
import { Avatar } from './avatar'
import { avatarOf } from './avatar-file'

interface AccountFormProps {
  /** Absent for a new account. */
  user?: WechatUser
  openid: string
  /** Numbers of other accounts: two accounts may have one. */
  otherNumbers: readonly string[]
  onDone: (isSaved: boolean) => void
}

/** Nickname, number and picture of a WeChat account. */
export function AccountForm({ user, openid, otherNumbers, onDone }: AccountFormProps) {
  const [nickname, setNickname] = useState(user?.nickname ?? '')
  const [phoneNumber, setPhoneNumber] = useState(user ? numberOf(user) : '')
  const [avatarUrl, setAvatarUrl] = useState(user?.avatarUrl ?? '')
  const action = useAction()
  const save = async () => {
    const number = phoneNumber.trim() === '' ? {} : { phoneNumber: phoneNumber.trim() }
    const isSaved = await action.run(() =>
      control('PUT', `users/${encodeURIComponent(openid)}`, {
        ...number,
        nickname: nickname.trim(),
        avatarUrl,
      }),
    )
    if (isSaved) onDone(true)
  }
  return (
    <form
      class="account-form"
      aria-label={user ? `修改 ${openid}` : `新账号 ${openid}`}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Avatar user={avatarUrl === '' ? { openid } : { openid, avatarUrl }} />
      <label>
        昵称
        <input
          value={nickname}
          maxLength={32}
          placeholder="微信用户"
          onInput={({ currentTarget }) => setNickname(currentTarget.value)}
        />
      </label>
      <label>
        手机号
        <input
          value={phoneNumber}
          list="account-numbers"
          placeholder="空：由微信分配"
          onInput={({ currentTarget }) => setPhoneNumber(currentTarget.value)}
        />
      </label>
      <datalist id="account-numbers">
        {[...new Set(otherNumbers)].map((number) => (
          <option key={number} value={number} />
        ))}
      </datalist>
      <label>
        头像
        <input
          type="file"
          accept="image/*"
          onChange={({ currentTarget: { files } }) => {
            const file = files?.[0]
            if (file) void action.run(async () => setAvatarUrl(await avatarOf(file)))
          }}
        />
      </label>
      {avatarUrl !== '' && (
        <button type="button" onClick={() => setAvatarUrl('')}>
          不用图片
        </button>
      )}
      <button type="submit">保存账号</button>
      <button type="button" onClick={() => onDone(false)}>
        取消
      </button>
      {action.error && <Notice>{action.error}</Notice>}
    </form>
  )
}

/** With `+` and country code. */
export const numberOf = ({ countryCode, purePhoneNumber }: WechatUser) => `+${countryCode}${purePhoneNumber}`
