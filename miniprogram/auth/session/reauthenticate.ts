import type { Failure, Outcome } from '../core/outcome'
import { failed } from '../core/outcome'
import { readAutoLoginDisabled } from '../storage/login-storage'
import { openLoginPage } from '../ui/navigation'
import { forgetEndedLogin, forgetLogin, isLoginEnded, isUserNeeded, loginSilently } from './session'
import { isLoggedIn } from './session-state'

/** After a guarded call was refused: logs in silently, opens the login page, or returns why neither helps. */
export async function reauthenticate(refusal: Failure): Promise<Outcome<unknown>> {
  if (isLoginEnded(refusal)) {
    forgetEndedLogin(refusal)
    if (refusal === 'ACCOUNT_DISABLED') return failed(refusal)
    openLoginPage(refusal)
    return failed('SIGNED_OUT')
  }
  if (!readAutoLoginDisabled()) {
    const outcome = await loginSilently()
    if (outcome.ok || !isUserNeeded(outcome.failure)) return outcome
  }
  if (isLoggedIn()) forgetLogin({ autoLoginDisabled: readAutoLoginDisabled() })
  openLoginPage()
  return failed('SIGNED_OUT')
}
