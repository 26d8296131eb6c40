import type { UserInfo } from '../../../contract/user-info'
import { countLogin, countLogout } from '../storage/login-epoch'
import { readLastPhone, readLogin, storeLogin } from '../storage/login-storage'

/** What pages may know about the logged-in user. */
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

/** Calls the listener at every change. @returns stops that */
export function onSessionChange(listener: Listener): () => void {
  listeners = [...listeners, listener]
  return () => {
    listeners = listeners.filter((other) => other !== listener)
  }
}

/** The field of an account that one action changes. */
export type ChangedField = 'nickname' | 'avatar' | 'phone'

/**
 * Shows a changed account on every page. An answer may be older than others, so only the field it is about counts. The
 * caller makes sure that the login is still the same.
 */
export function updateUserInfo(userInfo: UserInfo, changed: ChangedField): void {
  const login = readLogin()
  if (login?.userInfo.id !== userInfo.id) return
  const { nickname, avatar } = login.userInfo
  const merged = {
    nickname: { ...login.userInfo, nickname: userInfo.nickname },
    avatar: { ...login.userInfo, avatar: userInfo.avatar },
    phone: { ...userInfo, nickname, avatar },
  }
  storeLogin({ ...login, userInfo: merged[changed] })
  notifyListeners()
}

/** Only for session.ts and launch.ts. */
export function setLoggedIn(value: boolean): void {
  if (value) countLogin()
  else countLogout()
  loggedIn = value
  notifyListeners()
}

/** After a change of what is stored. */
export function notifyListeners(): void {
  const state = getSession()
  for (const listener of listeners) listener(state)
}
