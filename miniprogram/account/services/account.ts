import type { CloseAccountData } from '../../../contract/account'
import { callGuarded } from '../../auth/calls/cloud'
import { asRecord } from '../../auth/core/as-record'
import type { Outcome } from '../../auth/core/outcome'
import { done, failed } from '../../auth/core/outcome'
import { dropCredential } from '../../auth/session/phone-credential'
import { forgetAccount } from '../../auth/session/session'
import { isLoggedIn } from '../../auth/session/session-state'
import { sameLogin } from '../../auth/storage/login-epoch'
import { newPad, padInBase64, uncover } from '../utils/one-time-pad'
import type { MyData } from './my-data'

/**
 * Everything that is stored about the user, with the number in clear: for the screen and the clipboard, never stored on
 * the phone. In transit and in the platform's logs, a pad that only this phone has hides what identifies the user.
 */
export async function exportAccount(): Promise<Outcome<MyData>> {
  const pad = await newPad()
  if (!pad.ok) return pad
  const outcome = await callGuarded('account', { action: 'export', pad: padInBase64(pad.data) })
  if (!outcome.ok) return outcome
  const { identity: hidden, account, ...rest } = outcome.data
  const { openid, unionid, phone } = asRecord(uncover(pad.data, hidden))
  if (typeof openid !== 'string' || typeof phone !== 'string') return failed('INVALID_RESPONSE')
  const identity = { openid, ...(typeof unionid === 'string' ? { unionid } : {}), phone }
  return done({ ...rest, account: { ...account, ...identity } })
}

/**
 * Deletes the account, and everything of it on this phone. If it stops half-way or the answer is lost, another call
 * finishes it: an account that is gone counts as success.
 */
export async function closeAccount(): Promise<Outcome<CloseAccountData>> {
  const isCurrent = sameLogin()
  const outcome = await callGuarded('account', { action: 'close', confirmed: true }, ['ACCOUNT_CLOSED'])
  if (!outcome.ok && outcome.failure !== 'ACCOUNT_CLOSED') return outcome
  // Another user logged in meanwhile: their account is not the deleted one.
  if (!isCurrent() && isLoggedIn()) return failed('SIGNED_OUT')
  dropCredential()
  forgetAccount()
  return done({})
}
