import type { Failure } from '../core/outcome'
import { readAutoLoginDisabled } from '../storage/login-storage'
import { forgetOrigin, isLoginPageOpen, leaveLoginPage, openLoginPage, topPage } from '../ui/navigation'
import { currentCredential, isCredentialInUse } from './phone-credential'
import { isUserNeeded, loginSilently } from './session'
import { isLoggedIn } from './session-state'
import { runAll, takeWaitingActions, waitForLogin } from './waiting-actions'

/**
 * Runs the action as a logged-in user: at once, after a silent login, or after the login page, from which the user
 * comes back here first. Several actions all run. An action whose user leaves the login page is dropped.
 */
export async function requireLogin(action: () => void): Promise<void> {
  if (isLoggedIn()) return action()
  if (readAutoLoginDisabled()) return askToLogin(action)
  return loginThen(action)
}

/**
 * For a button that says 登录: the user's own tap, which logs a known user in at once, after a logout too. For everybody
 * else it opens the login page, from which the user comes back here.
 * @returns resolves once the user is logged in or the login page opens
 */
export async function login(): Promise<void> {
  if (isLoggedIn()) return
  // A number that is paid for waits on the login page.
  if (currentCredential() && !isCredentialInUse()) askToLogin(() => {})
  else await loginThen(() => {})
}

async function loginThen(action: () => void): Promise<void> {
  const page = topPage()
  // Joins the login that launch may have under way.
  const outcome = await loginSilently()
  if (outcome.ok) return action()
  // The user is on another page by now, which needs no login.
  if (topPage() !== page && !isLoginPageOpen()) return
  const { failure } = outcome
  // The login page asks for what is missing, unless it may not.
  return askToLogin(action, isUserNeeded(failure) && failure !== 'PHONE_BUDGET_SPENT' ? undefined : failure)
}

/** For a call that returned SIGNED_OUT: goes on after the login page that it opened, unless the user has left that. */
export function continueAfterLogin(action: () => void): void {
  if (isLoginPageOpen()) waitForLogin(action)
}

/**
 * Leads the user back from the login page and, if they logged in, runs what waits. While they read another page above
 * it nothing happens.
 */
export function leaveLogin(page: object): void {
  if (topPage() !== page) return
  const waiting = takeWaitingActions()
  leaveLoginPage(page, () => {
    if (isLoggedIn()) runAll(waiting)
  })
}

/** The login page is closed by another way than `leaveLogin`: drops what waits. */
export function dropWaitingActions(): void {
  takeWaitingActions()
  forgetOrigin()
}

function askToLogin(action: () => void, because?: Failure): void {
  waitForLogin(action)
  openLoginPage(because, takeWaitingActions)
}
