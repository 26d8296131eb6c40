import type { WechatUser } from '../../../control/interface.ts'

/** The picture of a WeChat account; without one, the last letter of its openid, as the phone draws it. */
export function Avatar({ user: { openid, avatarUrl } }: { user: Pick<WechatUser, 'openid' | 'avatarUrl'> }) {
  return avatarUrl === undefined ? (
    <span class="avatar" aria-hidden="true">
      {openid.slice(-1).toUpperCase()}
    </span>
  ) : (
    <img class="avatar" src={avatarUrl} alt="头像" />
  )
}
