import { createHmac, type KeyObject } from 'node:crypto'

/**
 * The id of the person `openid` in the mini-program `appid`, which is also the key of their document: found
 * without an index, made without asking, and guessed by nobody who lacks the key.
 * `u_` and 22 characters of base64url (132 bits of HMAC-SHA256).
 */
export function userIdOf(key: KeyObject, appid: string, openid: string): string {
  const digest = createHmac('sha256', key).update(`${appid}:${openid}`).digest('base64url')
  return `u_${digest.slice(0, 22)}`
}
