import { deviceClock } from '../utils/clock'
import { cloud, healWith } from '../utils/cloud'
import { config } from '../utils/config'
import { describeDevice } from '../utils/device'
import type { Failure, Outcome } from '../utils/failure'
import { failed } from '../utils/failure'
import { dropAll, dropLogin, keepLogin, readLogin, readStaysOut } from '../utils/login-storage'
import { leavePage, openLoginPage } from '../utils/navigation'
import type { LoginOnPhone as LoginData } from '../utils/token-life'
import { endLeftSessions, endSession } from './left-sessions'
import type { PhoneLogin } from './phone-login'
import { loginByProof } from './phone-login'
import { announce, isLoggedIn, onSessionChange, setLoggedIn } from './session-state'

/** What launch has to find out first; whoever needs to know waits for it. */
let starting: Promise<unknown> = Promise.resolve()
let silentLogin: Promise<Outcome<LoginData>> | undefined
/** What the user was doing when they had to log in. */
let waitingAction: (() => void) | undefined

/**
 * At launch: a stored login counts at once and is checked behind the scenes; one that is over is renewed silently.
 * Whoever has none browses, and no call is made, but for a logout that did not get through before.
 * @returns why the user was logged out just now, if they were; resolves when all is settled
 */
export async function startSession(): Promise<Failure | undefined> {
  healWith((refusal) => heal(refusal.failure))
  endLeftSessions()
  wx.onNetworkStatusChange(({ isConnected }) => {
    if (isConnected) endLeftSessions()
  })
  const stored = readLogin()
  if (!stored) return undefined
  if (stored.expiresAt <= deviceClock.now()) {
    const renewal = renew()
    starting = renewal
    return renewal
  }
  setLoggedIn(true)
  return checkInBackground()
}

/** Whether somebody is logged in, after what launch has under way. */
export async function checkLogin(): Promise<boolean> {
  await starting
  return isLoggedIn()
}

/**
 * For a page that needs a login: tells whether there is one, as soon as launch has found out and whenever it changes.
 * @returns ends that
 */
export function watchLogin(show: (isLoggedIn: boolean) => void): () => void {
  let shown: boolean | undefined
  const tell = (value: boolean) => {
    if (value === shown) return
    shown = value
    show(value)
  }
  const stop = onSessionChange((state) => tell(state.isLoggedIn))
  let isOver = false
  checkLogin().then((value) => {
    if (!isOver) tell(value)
  })
  return () => {
    isOver = true
    stop()
  }
}

/** The account is closed: nothing of it stays on this phone. */
export function forgetAccount(): void {
  dropAll({ staysOut: true })
  leave({ staysOut: true })
}

/**
 * Does the action as a logged-in user: at once, after a silent login, or after the login page, from which the user
 * comes back here first. An action that the user walks away from is dropped.
 */
export async function requireLogin(action: () => void): Promise<void> {
  if (isLoggedIn()) return action()
  if (readStaysOut()) return askToLogin(action)
  // Joins the one that launch may have under way.
  const outcome = await loginSilently()
  if (outcome.ok) return action()
  return askToLogin(action, isAsking(outcome.failure) ? undefined : outcome.failure)
}

/** The login page is left: the user is back, and goes on with what they were doing if they logged in. */
export function leaveLogin(): void {
  const action = waitingAction
  waitingAction = undefined
  leavePage(() => {
    if (action && isLoggedIn()) action()
  })
}

/** The login page is gone, by whatever way, without a login. */
export function forgetWaitingAction(): void {
  if (!isLoggedIn()) waitingAction = undefined
}

/** For a known user: no prompt, no cost. One at a time, however many parts of the app find the login gone. */
export function loginSilently(): Promise<Outcome<LoginData>> {
  if (silentLogin) return silentLogin
  const own = cloud.login({ device: describeDevice() }).then((outcome) => {
    // Logged out while it was on its way: the answer must not undo that, nor leave a session that nobody has.
    if (silentLogin !== own) {
      if (outcome.ok) endSession(outcome.data)
      return failed('SIGNED_OUT')
    }
    silentLogin = undefined
    return entered(outcome)
  })
  silentLogin = own
  return own
}

/** The same for a known user who has just agreed to a new version of the documents. */
export async function loginConsenting(): Promise<Outcome<LoginData>> {
  const consent = { version: config.agreementVersion }
  return entered(await cloud.login({ consent, device: describeDevice() }))
}

/** Logs in with what the phone button gave, or the ticket in its place; the user has agreed to the documents. */
export async function loginWithPhone(login: PhoneLogin): Promise<Outcome<LoginData>> {
  return entered(await loginByProof(deviceClock, login))
}

/** Where the phone button cannot work and the app is set up to do without. The user has agreed to the documents. */
export async function loginWithoutPhone(): Promise<Outcome<LoginData>> {
  const consent = { version: config.agreementVersion }
  return entered(await cloud.login({ withoutPhone: true, consent, device: describeDevice() }))
}

/** Ends the session: here at once, and in the cloud as soon as it can be reached. This phone stays out. */
export async function logout(): Promise<void> {
  const login = readLogin()
  leave({ staysOut: true })
  if (login) await endSession(login)
}

async function checkInBackground(): Promise<Failure | undefined> {
  const token = readLogin()?.token
  const outcome = await cloud.checkToken()
  const login = readLogin()
  // Logged out, or in again, while the answer was on its way: it speaks of somebody else's session.
  if (!login || login.token !== token) return undefined
  if (outcome.ok) {
    keepLogin({ ...login, ...outcome.data })
    announce()
    return undefined
  }
  if (outcome.failure.indexOf('TOKEN_') === 0) return renew()
  return endedBy(outcome.failure) ? outcome.failure : undefined
}

/** A silent login in place of one that is over; without a network the old one is kept for the next try. */
async function renew(): Promise<Failure | undefined> {
  const outcome = await loginSilently()
  if (outcome.ok) return undefined
  if (isAsking(outcome.failure)) leave({ staysOut: false })
  return endedBy(outcome.failure) ? outcome.failure : undefined
}

/** After a guarded call was refused: a new token, or the user is asked, or told. */
async function heal(refusal: Failure): Promise<Outcome<unknown>> {
  if (endedBy(refusal)) {
    if (refusal === 'ACCOUNT_DISABLED') return failed(refusal)
    openLoginPage(refusal)
    return failed('SIGNED_OUT')
  }
  if (!readStaysOut()) {
    const outcome = await loginSilently()
    if (outcome.ok || !isAsking(outcome.failure)) return outcome
  }
  if (isLoggedIn()) leave({ staysOut: readStaysOut() })
  openLoginPage()
  return failed('SIGNED_OUT')
}

/** Forgets the login if that is what the failure means; nobody is logged in again behind their back. */
function endedBy(failure: Failure): boolean {
  if (failure === 'ACCOUNT_CLOSED') forgetAccount()
  else if (failure === 'SESSION_REVOKED' || failure === 'ACCOUNT_DISABLED') leave({ staysOut: true })
  else return false
  return true
}

/** The server wants something of the user that only they can give. */
function isAsking(failure: Failure): boolean {
  return failure === 'PHONE_REQUIRED' || failure === 'CONSENT_REQUIRED'
}

function askToLogin(action: () => void, because?: Failure): void {
  waitingAction = action
  openLoginPage(because)
}

function entered(outcome: Outcome<LoginData>): Outcome<LoginData> {
  if (!outcome.ok) return outcome
  const { token, expiresAt, userInfo } = outcome.data
  keepLogin({ token, expiresAt, userInfo })
  setLoggedIn(true)
  endLeftSessions()
  return outcome
}

function leave({ staysOut }: { staysOut: boolean }): void {
  silentLogin = undefined
  dropLogin({ staysOut })
  setLoggedIn(false)
}
