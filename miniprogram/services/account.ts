import type { CloseAccountData, ExportAccountData } from '../../contract/account'
import { callGuarded } from '../utils/cloud'
import type { Outcome } from '../utils/failure'
import { done, failed } from '../utils/failure'
import { sameLogin } from '../utils/login-epoch'
import { dropProof } from './paid-proof'
import { forgetAccount } from './session'
import { isLoggedIn } from './session-state'

/** Everything that is kept about the user, the number in clear: for the screen and the clipboard, not for storage. */
export function exportAccount(): Promise<Outcome<ExportAccountData>> {
  return callGuarded('account', { action: 'export' })
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
