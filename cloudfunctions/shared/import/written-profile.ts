import { isVisibleText } from '../core/visible-text.ts'

/** As the account page accepts them (`account.update`). */
const MAXIMUM_NICKNAME_CHARACTERS = 20
const MAXIMUM_AVATAR_CHARACTERS = 512
/** What WeChat has answered as everybody's nickname since 2022. */
const NO_NICKNAME = '微信用户'

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** The nickname without characters that nobody sees, cut to 20. Empty for none. */
export function cleanNickname(value: unknown): string {
  if (typeof value !== 'string') return ''
  let nickname = ''
  for (const { segment } of graphemes.segment(value.trim())) {
    if (!isSpace(segment) && !isVisibleText(segment)) continue
    if ([...nickname, ...segment].length > MAXIMUM_NICKNAME_CHARACTERS) break
    nickname += segment
  }
  nickname = nickname.trim()
  return isVisibleText(nickname) && nickname !== NO_NICKNAME ? nickname : ''
}

function isSpace(character: string): boolean {
  return /^\p{Zs}$/u.test(character)
}

/** Pictures in the app's own cloud storage, and WeChat's, which old profiles name. Anything else could follow the viewer. */
const PICTURE = /^(?:cloud:\/\/[\w.-]+\/[^\s?#]+|https?:\/\/(?:thirdwx|wx)\.qlogo\.cn\/[^\s?#]+)$/

/** The address of the picture; empty for none. WeChat's own are served over https, however they were stored. */
export function cleanAvatar(value: unknown): string {
  if (typeof value !== 'string' || value.length > MAXIMUM_AVATAR_CHARACTERS) return ''
  const address = value.trim()
  return PICTURE.test(address) ? address.replace(/^http:/, 'https:') : ''
}
