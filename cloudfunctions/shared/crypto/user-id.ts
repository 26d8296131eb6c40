import { createHmac, type KeyObject } from 'node:crypto'

/**
 * The user id of the person `openid` in the mini-program `appid`, which is also the `_id` of their document. It is
 * computed without a query, and nobody can guess it without the key: `u_` and 22 characters of base64url (132 bits of
 * HMAC-SHA256).
 */
export function userIdOf(key: KeyObject, appid: string, openid: string): string {
  const digest = createHmac('sha256', key).update(`${appid}:${openid}`).digest('base64url')
  return `u_${digest.slice(0, 22)}`
}
