import { openCloud, setReauthenticate } from '../calls/cloud'
import type { AuthConfig } from '../config'
import { configureAuth } from '../config'
import { deviceClock } from '../core/clock'
import type { Failure } from '../core/outcome'
import { readLogin } from '../storage/login-storage'
import { ERROR_TEXTS } from '../ui/error-texts'
import { COMMON_TEXTS } from '../ui/texts'
import { sendPendingLogouts } from './pending-logouts'
import { dropExpiredCredential } from './phone-credential'
import { reauthenticate } from './reauthenticate'
import { checkSession, renewSession } from './session'
import { isLoggedIn, onSessionChange, setLoggedIn } from './session-state'

/** The renewal that launch has under way. */
let starting: Promise<unknown> = Promise.resolve()

/**
 * For `onLaunch` of the app. A stored login counts at once and is checked in the background; an expired one is renewed
 * silently. A user without a login browses: nothing is called, except for a logout that the cloud has not confirmed yet.
 * @returns resolves once the session is checked, and a user who was logged out reads why
 */
export async function startAuth(): Promise<void> {
  openCloud()
  await start((call) => call())
}

/**
 * For the top of an `app.js` that stays as it is: configures the login and starts it. WeChat runs the app's `onLaunch`
 * within `App({…})`; calls of the cloud wait until that has run, since `wx.cloud.init` may be in it.
 */
export function installAuth(appConfig: AuthConfig): void {
  configureAuth(appConfig)
  openCloud()
  start((call) => Promise.resolve().then(call))
}

/** Makes a call of the cloud once it is open. */
type WhenOpen = <Result>(call: () => Promise<Result>) => Promise<Result>

async function start(whenOpen: WhenOpen): Promise<void> {
  const failure = await restoreSession(whenOpen)
  // A dialog, since a toast would cut the text. Browsing goes on; logging in again is the user's to start.
  if (failure) {
    const content = ERROR_TEXTS[failure]
    wx.showModal({ content, showCancel: false, confirmText: COMMON_TEXTS.understood })
  }
}

/** Whether a user is logged in, once launch has found out. */
export async function checkLogin(): Promise<boolean> {
  await starting
  return isLoggedIn()
}

/**
 * For a page that needs a login: calls `show` as soon as launch has found out whether there is one, and at each change.
 * @returns stops that
 */
export function watchLogin(show: (isLoggedIn: boolean) => void): () => void {
  let shown: boolean | undefined
  const showChange = (value: boolean) => {
    if (value === shown) return
    shown = value
    show(value)
  }
  const unsubscribe = onSessionChange((state) => showChange(state.isLoggedIn))
  let isStopped = false
  checkLogin().then((value) => {
    if (!isStopped) showChange(value)
  })
  return () => {
    isStopped = true
    unsubscribe()
  }
}

/** @returns why the user was logged out just now, if they were */
async function restoreSession(whenOpen: WhenOpen): Promise<Failure | undefined> {
  setReauthenticate((refusal) => reauthenticate(refusal.failure))
  whenOpen(sendPendingLogouts)
  dropExpiredCredential()
  wx.onNetworkStatusChange(({ isConnected }) => {
    if (isConnected) sendPendingLogouts()
  })
  const stored = readLogin()
  if (!stored) return undefined
  if (stored.expiresAt <= deviceClock.now()) {
    const renewal = whenOpen(renewSession)
    starting = renewal
    return renewal
  }
  setLoggedIn(true)
  return whenOpen(checkSession)
}
