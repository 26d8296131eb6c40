import type { UserInfo } from '../../contract/user-info'
import { fields } from './fields'

/** All that this app keeps on the phone. No phone number: `userInfo.phone` and `lastPhone` are masked. */
interface Stored {
  login?: StoredLogin
  /** The user logged out: nothing but their own tap logs them in again. */
  staysOut: boolean
  /** Whom the login page offers one tap to, such as `138****8000`; empty for nobody. */
  lastPhone: string
}

export interface StoredLogin {
  token: string
  /** Milliseconds since 1970. */
  expiresAt: number
  userInfo: UserInfo
}

const KEY = 'login'
const NOTHING: Stored = { staysOut: false, lastPhone: '' }

/** Read once: a call should not wait for the disk, and a full or broken disk should not log anybody out. */
let memory: Stored | undefined

export function readLogin(): StoredLogin | undefined {
  return current().login
}

export function readStaysOut(): boolean {
  return current().staysOut
}

export function readLastPhone(): string {
  return current().lastPhone
}

export function keepLogin(login: StoredLogin): void {
  write({ login, staysOut: false, lastPhone: login.userInfo.phone })
}

/** Forgets the login. `lastPhone` stays for the one tap back in. */
export function dropLogin({ staysOut }: { staysOut: boolean }): void {
  write({ staysOut, lastPhone: current().lastPhone })
}

/** Forgets everything, for an account that is no more or another person at this phone. */
export function dropAll({ staysOut }: { staysOut: boolean }): void {
  write({ ...NOTHING, staysOut })
}

function current(): Stored {
  memory = memory ?? load()
  return memory
}

function load(): Stored {
  try {
    return parse(wx.getStorageSync(KEY))
  } catch {
    return NOTHING
  }
}

function write(stored: Stored): void {
  memory = stored
  try {
    wx.setStorageSync(KEY, stored)
  } catch {
    // A full disk: the login holds until the app is closed, and a silent login follows then.
  }
}

/** Anything may lie in storage: an older version of this app wrote it, or a developer did. */
function parse(value: unknown): Stored {
  const { login, staysOut, lastPhone } = fields(value)
  const parsed = parseLogin(login)
  return {
    staysOut: staysOut === true,
    lastPhone: isMasked(lastPhone) ? lastPhone : '',
    ...(parsed ? { login: parsed } : {}),
  }
}

function parseLogin(value: unknown): StoredLogin | undefined {
  const { token, expiresAt, userInfo } = fields(value)
  const { id, phone, nickname, avatar } = fields(userInfo)
  if (typeof token !== 'string' || token === '' || typeof expiresAt !== 'number') return undefined
  if (typeof id !== 'string' || typeof phone !== 'string') return undefined
  if (typeof nickname !== 'string' || typeof avatar !== 'string') return undefined
  return { token, expiresAt, userInfo: { id, phone, nickname, avatar } }
}

function isMasked(value: unknown): value is string {
  return typeof value === 'string' && value.indexOf('*') >= 0
}
