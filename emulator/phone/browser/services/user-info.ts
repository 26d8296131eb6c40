import { WECHAT_NICKNAME } from '../device/wechat-profile.ts'

/** WeChat's grey avatar, which `getUserInfo` and `getUserProfile` have given since 2022. */
const GREY_AVATAR = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="132" height="132"><rect width="132" height="132" fill="#d8d8d8"/><circle cx="66" cy="52" r="24" fill="#fff"/><path d="M22 120a44 40 0 0 1 88 0z" fill="#fff"/></svg>',
)}`

/** What WeChat answers for every user since 25 October 2022: no name, a grey avatar. */
const anonymousUser = () => ({
  nickName: WECHAT_NICKNAME,
  avatarUrl: GREY_AVATAR,
  gender: 0,
  country: '',
  province: '',
  city: '',
  language: '',
  is_demote: true,
})

/** The answer of `getUserInfo`. The encrypted form needs a session key of WeChat's servers, so it cannot be decrypted. */
export function userInfo(withCredentials: boolean): object {
  const info = anonymousUser()
  const rawData = JSON.stringify(info)
  const secret = withCredentials ? { signature: '0'.repeat(40), encryptedData: 'AAAA', iv: 'AAAA' } : {}
  return { userInfo: info, rawData, ...secret }
}
