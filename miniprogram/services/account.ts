import type { CloseAccountData } from '../../contract/account'
import { callGuarded } from '../utils/cloud'
import type { Outcome } from '../utils/failure'
import { done, failed } from '../utils/failure'
import { fields } from '../utils/fields'
import { sameLogin } from '../utils/login-epoch'
import { newPad, padInBase64, uncover } from '../utils/one-time-pad'
import type { MyData } from './my-data'
import { dropProof } from './paid-proof'
import { forgetAccount } from './session'
import { isLoggedIn } from './session-state'

/**
 * Everything that is kept about the user, the number in clear: for the screen and the clipboard, not for storage. On its
 * way, and in the platform's logs, what tells who the user is is hidden with a pad that only this phone has.
 */
export async function exportAccount(): Promise<Outcome<MyData>> {
  const pad = await newPad()
  if (!pad.ok) return pad
  const outcome = await callGuarded('account', { action: 'export', pad: padInBase64(pad.data) })
  if (!outcome.ok) return outcome
  const { identity: hidden, account, ...rest } = outcome.data
  const { openid, unionid, phone } = fields(uncover(pad.data, hidden))
  if (typeof openid !== 'string' || typeof phone !== 'string') return failed('BROKEN_ANSWER')
  const identity = { openid, ...(typeof unionid === 'string' ? { unionid } : {}), phone }
  return done({ ...rest, account: { ...account, ...identity } })
}

/**
 * Closes the account for good; afterwards this phone knows nothing of it. Broken off or not answered, it is finished
 * by asking again: an account that is gone is what was asked for.
 */
export async function closeAccount(): Promise<Outcome<CloseAccountData>> {
  const isCurrent = sameLogin()
  const outcome = await callGuarded('account', { action: 'close', confirmed: true }, ['ACCOUNT_CLOSED'])
  if (!outcome.ok && outcome.failure !== 'ACCOUNT_CLOSED') return outcome
  // Somebody logged in after it was asked for: that account is not the one that was closed.
  if (!isCurrent() && isLoggedIn()) return failed('SIGNED_OUT')
  dropProof()
  forgetAccount()
  return done({})
}
