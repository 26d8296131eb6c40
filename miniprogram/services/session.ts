import { deviceClock } from '../utils/clock'
import { cloud, healWith, orUpdating } from '../utils/cloud'
import { config } from '../utils/config'
import { describeDevice } from '../utils/device'
import type { Failure, Outcome } from '../utils/failure'
import { done, failed, isTokenRefused } from '../utils/failure'
import { sameGeneration } from '../utils/login-epoch'
import { dropAll, dropLogin, keepLogin, readLogin, readStaysOut } from '../utils/login-storage'
import { forgetOrigin, isLoginPageOpen, leaveLoginPage, openLoginPage, topPage } from '../utils/navigation'
import { noteRefused } from '../utils/new-token'
import type { LoginOnPhone as LoginData } from '../utils/token-life'
import { endLeftSessions, endSession } from './left-sessions'
import { dropOldProof, redeem } from './paid-proof'
import { loginByProof } from './phone-login'
import { announce, getUserInfo, isLoggedIn, onSessionChange, setLoggedIn } from './session-state'
import { doAll, takeWaitingActions, waitForLogin } from './waiting-actions'

/** What launch has to find out first; whoever needs to know waits for it. */
let starting: Promise<unknown> = Promise.resolve()
let silentLogin: { isCurrent: () => boolean; outcome: Promise<Outcome<unknown>> } | undefined
let phoneLogin: Promise<Outcome<unknown>> | undefined

/**
 * At launch: a stored login counts at once and is checked behind the scenes; one that is over is renewed silently.
 * Whoever has none browses, and no call is made, but for a logout that did not get through before.
 * @returns why the user was logged out just now, if they were; resolves when all is settled
 */
export async function startSession(): Promise<Failure | undefined> {
  healWith((refusal) => heal(refusal.failure))
  endLeftSessions()
  dropOldProof()
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
 * comes back here first; of several actions each is done. An action that the user walks away from is dropped.
 */
export async function requireLogin(action: () => void): Promise<void> {
  if (isLoggedIn()) return action()
  if (readStaysOut()) return askToLogin(action)
  const page = topPage()
  // Joins the one that launch may have under way.
  const outcome = await loginSilently()
  if (outcome.ok) return action()
  // Where the user is by now they asked for nothing.
  if (topPage() !== page && !isLoginPageOpen()) return
  return askToLogin(action, isAsking(outcome.failure) ? undefined : outcome.failure)
}

/** For a call that came back SIGNED_OUT: goes on after the login page that it led to, unless that was left already. */
export function continueAfterLogin(action: () => void): void {
  if (isLoginPageOpen()) waitForLogin(action)
}

/**
 * The login page is done with: the user is back, and goes on with what they were doing if they logged in. While they
 * read another page above it nothing happens.
 */
export function leaveLogin(page: object): void {
  if (topPage() !== page) return
  const waiting = takeWaitingActions()
  leaveLoginPage(page, () => {
    if (isLoggedIn()) doAll(waiting)
  })
}

/** The login page is gone by another way than `leaveLogin`. */
export function forgetWaitingAction(): void {
  takeWaitingActions()
  forgetOrigin()
}

/** For a known user: no prompt, no cost. One at a time, however many parts of the app find the login gone. */
export function loginSilently(): Promise<Outcome<unknown>> {
  if (silentLogin?.isCurrent()) return silentLogin.outcome
  const own = {
    isCurrent: sameGeneration(),
    outcome: logInBy(() => cloud.login({ device: describeDevice() })).then((outcome) => {
      if (silentLogin === own) silentLogin = undefined
      return outcome
    }),
  }
  silentLogin = own
  return own.outcome
}

/** The same for a known user who has just agreed to a new version of the documents. */
export function loginConsenting(): Promise<Outcome<unknown>> {
  const consent = { version: config.agreementVersion }
  return logInBy(() => cloud.login({ consent, device: describeDevice() }))
}

/** Logs in with the proof in hand; the user has agreed to the documents. Joins the try that is on its way, if one is. */
export function loginWithPhone(): Promise<Outcome<unknown>> {
  if (phoneLogin) return phoneLogin
  const own = logInBy(() => redeem((paid, hold) => loginByProof(deviceClock, paid, hold)))
  phoneLogin = own
  const forget = () => {
    phoneLogin = undefined
  }
  own.then(forget, forget)
  return own
}

/** Whether a login with a number is on its way, whichever page began it. */
export function isPhoneLoginUnderWay(): boolean {
  return phoneLogin !== undefined
}

/** Where the phone button cannot work and the app is set up to do without. The user has agreed to the documents. */
export function loginWithoutPhone(): Promise<Outcome<unknown>> {
  const consent = { version: config.agreementVersion }
  return logInBy(() => cloud.login({ withoutPhone: true, consent, device: describeDevice() }))
}

/** Ends the session: here at once, and in the cloud as soon as it can be reached. This phone stays out. */
export async function logout(): Promise<void> {
  const login = readLogin()
  leave({ staysOut: true })
  if (login) await endSession(login)
}

async function checkInBackground(): Promise<Failure | undefined> {
  const asked = readLogin()
  const outcome = orUpdating(await cloud.checkToken(), asked?.token)
  const login = readLogin()
  // Logged out, or in again, while the answer was on its way: it speaks of somebody else's session.
  if (!login || login.token !== asked?.token) return undefined
  if (outcome.ok) {
    // What the user changed meanwhile is newer than the answer.
    const { userInfo } = login.userInfo === asked.userInfo ? outcome.data : login
    keepLogin({ ...login, ...outcome.data, userInfo })
    announce()
    return undefined
  }
  if (isTokenRefused(outcome)) {
    noteRefused(login.token)
    return renew()
  }
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
  waitForLogin(action)
  openLoginPage(because, takeWaitingActions)
}

/**
 * Every login ends here. Its answer counts for the moment in which it was asked for: if another login came in between,
 * that one stands; if a logout did, nobody is logged in again behind their back. Either way the session that it made
 * is ended, since nobody has it.
 */
async function logInBy(ask: () => Promise<Outcome<LoginData>>): Promise<Outcome<unknown>> {
  const isCurrent = sameGeneration()
  const outcome = await ask()
  if (isCurrent()) return entered(outcome)
  if (outcome.ok) endSession(outcome.data)
  const userInfo = getUserInfo()
  if (!userInfo) return failed('SIGNED_OUT')
  // It may have put another number on the account.
  if (outcome.ok && outcome.data.userInfo.phone !== userInfo.phone) checkInBackground()
  return done(undefined)
}

function entered(outcome: Outcome<LoginData>): Outcome<LoginData> {
  if (!outcome.ok) return outcome
  const { token, expiresAt, userInfo } = outcome.data
  // Another account than before: pages are to show nothing of that one.
  if (isLoggedIn() && readLogin()?.userInfo.id !== userInfo.id) setLoggedIn(false)
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
