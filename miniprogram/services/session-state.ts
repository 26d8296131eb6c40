import type { UserInfo } from '../../contract/user-info'
import { keepLogin, readLastPhone, readLogin } from '../utils/login-storage'

/** What pages may know about who is logged in. */
export interface SessionState {
  isLoggedIn: boolean
  userInfo: UserInfo | undefined
  /** Masked, of the last login on this phone; empty if unknown. */
  lastPhone: string
}

type Listener = (state: SessionState) => void

let loggedIn = false
let listeners: readonly Listener[] = []

export function isLoggedIn(): boolean {
  return loggedIn
}

export function getUserInfo(): UserInfo | undefined {
  return loggedIn ? readLogin()?.userInfo : undefined
}

export function getSession(): SessionState {
  return { isLoggedIn: loggedIn, userInfo: getUserInfo(), lastPhone: readLastPhone() }
}

/** Calls the listener at every change. @returns ends that */
export function onSessionChange(listener: Listener): () => void {
  listeners = [...listeners, listener]
  return () => {
    listeners = listeners.filter((other) => other !== listener)
  }
}

/** The account was changed: every page shows it. */
export function keepUserInfo(userInfo: UserInfo): void {
  const login = readLogin()
  // Logged out while the answer was on its way.
  if (login?.userInfo.id !== userInfo.id) return
  keepLogin({ ...login, userInfo })
  announce()
}

/** For services/session.ts alone, which decides it. */
export function setLoggedIn(value: boolean): void {
  loggedIn = value
  announce()
}

/** What is stored has changed. */
export function announce(): void {
  const state = getSession()
  for (const listener of listeners) listener(state)
}
