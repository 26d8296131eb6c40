import { cloud, orUpdating } from '../calls/cloud'
import type { LoginWithExpiry } from '../calls/token-life'
import type { Failure, Outcome } from '../core/outcome'
import { done, failed, isTokenRefused } from '../core/outcome'
import { sameGeneration } from '../storage/login-epoch'
import { clearLoginStorage, readLogin, removeLogin, storeLogin } from '../storage/login-storage'
import { recordRefused } from '../storage/new-token'
import { describeDevice } from './device'
import { forgetSilentLogin, rememberSilentLogin } from './known-account'
import { endSession, sendPendingLogouts } from './pending-logouts'
import { getUserInfo, isLoggedIn, notifyListeners, setLoggedIn } from './session-state'
import { showTransferRequest } from './transfer-request'

let silentLogin: { isCurrent: () => boolean; outcome: Promise<Outcome<unknown>> } | undefined

/** For a known user: no prompt, no cost. One at a time: further calls join the one under way. */
export function loginSilently(): Promise<Outcome<unknown>> {
  if (silentLogin?.isCurrent()) return silentLogin.outcome
  const started = {
    isCurrent: sameGeneration(),
    outcome: logInWith(() => cloud.login({ device: describeDevice() })).then((outcome) => {
      if (silentLogin === started) silentLogin = undefined
      rememberSilentLogin(outcome)
      if (outcome.ok) showTransferRequest(outcome.data?.transferRequest)
      return outcome
    }),
  }
  silentLogin = started
  return started.outcome
}

/**
 * Every login ends here. Its answer counts only if no user logged in or out since the request. Otherwise the later
 * login or logout stands, and the session of the answer, which no phone has, is ended.
 */
export async function logInWith(
  request: () => Promise<Outcome<LoginWithExpiry>>,
): Promise<Outcome<LoginWithExpiry | undefined>> {
  const isCurrent = sameGeneration()
  const outcome = await request()
  if (isCurrent()) return completeLogin(outcome)
  if (outcome.ok) endSession(outcome.data)
  const userInfo = getUserInfo()
  if (!userInfo) return failed('SIGNED_OUT')
  // It may have put another number on the account.
  if (outcome.ok && outcome.data.userInfo.phone !== userInfo.phone) checkSession()
  return done(undefined)
}

/**
 * Asks the cloud whether the stored token is valid.
 * @returns why the user was logged out, if they were
 */
export async function checkSession(): Promise<Failure | undefined> {
  const before = readLogin()
  const outcome = orUpdating(await cloud.checkToken(), before?.token)
  const login = readLogin()
  // The user logged out, or in again, while the answer was on its way: it is about another session.
  if (!login || login.token !== before?.token) return undefined
  if (outcome.ok) {
    // What the user changed meanwhile is newer than the answer.
    const { userInfo } = login.userInfo === before.userInfo ? outcome.data : login
    const { expiresAt, token = login.token, transferRequest } = outcome.data
    storeLogin({ token, expiresAt, userInfo })
    notifyListeners()
    showTransferRequest(transferRequest)
    return undefined
  }
  if (isTokenRefused(outcome)) {
    recordRefused(login.token)
    return renewSession()
  }
  return forgetEndedLogin(outcome.failure)
}

/**
 * Logs in silently in place of an expired login. Without a network the old one stays for the next try.
 * @returns why the user was logged out, if they were
 */
export async function renewSession(): Promise<Failure | undefined> {
  const outcome = await loginSilently()
  if (outcome.ok) return undefined
  if (isUserNeeded(outcome.failure)) forgetLogin({ autoLoginDisabled: false })
  return forgetEndedLogin(outcome.failure)
}

/** Ends the session: on this phone at once, in the cloud as soon as it can be reached. Turns automatic login off. */
export async function logout(): Promise<void> {
  const login = readLogin()
  forgetLogin({ autoLoginDisabled: true })
  if (login) await endSession(login)
}

/** Removes the login from this phone. What it knows of the last user stays, for the one tap back in. */
export function forgetLogin(options: { autoLoginDisabled: boolean }): void {
  silentLogin = undefined
  removeLogin(options)
  setLoggedIn(false)
}

/** The account holds something else than before: pages load it again, as after a login of another account. */
export function reloadPages(): void {
  setLoggedIn(false)
  setLoggedIn(true)
}

/** The account is deleted: nothing of it stays on this phone. */
export function forgetAccount(): void {
  clearLoginStorage({ autoLoginDisabled: true })
  forgetSilentLogin()
  forgetLogin({ autoLoginDisabled: true })
}

/** Whether the failure says that the session or the account is over, so that only the user may log in again. */
export function isLoginEnded(failure: Failure): boolean {
  return failure === 'ACCOUNT_CLOSED' || failure === 'SESSION_REVOKED' || failure === 'ACCOUNT_DISABLED'
}

/** Removes the login that such a failure ends. @returns the failure, if it is one */
export function forgetEndedLogin(failure: Failure): Failure | undefined {
  if (!isLoginEnded(failure)) return undefined
  if (failure === 'ACCOUNT_CLOSED') forgetAccount()
  else forgetLogin({ autoLoginDisabled: true })
  return failure
}

/** Whether the server asks for something that only the user can give, today or tomorrow. */
export function isUserNeeded(failure: Failure): boolean {
  return failure === 'PHONE_REQUIRED' || failure === 'CONSENT_REQUIRED' || failure === 'PHONE_BUDGET_SPENT'
}

function completeLogin(outcome: Outcome<LoginWithExpiry>): Outcome<LoginWithExpiry> {
  if (!outcome.ok) return outcome
  const { token, expiresAt, userInfo } = outcome.data
  // Another account than before: pages must show nothing of the last one.
  if (isLoggedIn() && readLogin()?.userInfo.id !== userInfo.id) setLoggedIn(false)
  storeLogin({ token, expiresAt, userInfo })
  forgetSilentLogin()
  setLoggedIn(true)
  sendPendingLogouts()
  return outcome
}
