import type { UserInfo } from '../../contract/user-info'
import { countLogin, countLogout } from '../utils/login-epoch'
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

/** What of an account one action changes. */
export type ChangedField = 'nickname' | 'avatar' | 'phone'

/**
 * The account was changed: every page shows it. Of an answer that may be older than others only what it is about counts.
 * The caller sees to it that it is still the same login.
 */
export function keepUserInfo(userInfo: UserInfo, changed: ChangedField): void {
  const login = readLogin()
  if (login?.userInfo.id !== userInfo.id) return
  const { nickname, avatar } = login.userInfo
  const merged = {
    nickname: { ...login.userInfo, nickname: userInfo.nickname },
    avatar: { ...login.userInfo, avatar: userInfo.avatar },
    phone: { ...userInfo, nickname, avatar },
  }
  keepLogin({ ...login, userInfo: merged[changed] })
  announce()
}

/** For services/session.ts alone, which decides it. */
export function setLoggedIn(value: boolean): void {
  if (value) countLogin()
  else countLogout()
  loggedIn = value
  announce()
}

/** What is stored has changed. */
export function announce(): void {
  const state = getSession()
  for (const listener of listeners) listener(state)
}
