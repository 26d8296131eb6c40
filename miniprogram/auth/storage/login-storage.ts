import type { UserInfo } from '../../../contract/user-info'
import { asRecord } from '../core/as-record'
import type { NumberOnFile } from './number-on-file'

/** All that this app keeps on the phone. No phone number: `userInfo.phone` and `lastPhone` are masked. */
interface Stored {
  login?: StoredLogin
  /** Automatic login is off: the user logged out, and only their own tap logs them in again. */
  staysOut: boolean
  /** The number that the login page offers one tap for, such as `138****8000`; empty for none. */
  lastPhone: string
  /** When WeChat vouched for that number, by the cloud's clock; absent if unknown. */
  lastPhoneVerifiedAt?: number
}

export interface StoredLogin {
  token: string
  /** By this phone's clock, in milliseconds since 1970. */
  expiresAt: number
  userInfo: UserInfo
}

const KEY = 'login'
const NOTHING: Stored = { staysOut: false, lastPhone: '' }

/** Read once: no call waits for the disk, and a full or broken disk logs no user out. */
let memory: Stored | undefined

export function readLogin(): StoredLogin | undefined {
  return current().login
}

export function readAutoLoginDisabled(): boolean {
  return current().staysOut
}

export function readLastPhone(): string {
  return current().lastPhone
}

/** The number of the last login on this phone; its text is empty if there is none. */
export function readLastNumber(): NumberOnFile {
  const { lastPhone, lastPhoneVerifiedAt } = current()
  return { phone: lastPhone, phoneVerifiedAt: lastPhoneVerifiedAt }
}

export function storeLogin(login: StoredLogin): void {
  write({ login, staysOut: false, ...lastOf(login.userInfo) })
}

/** Forgets the login. `lastPhone` stays for the one tap back in. */
export function removeLogin({ autoLoginDisabled }: { autoLoginDisabled: boolean }): void {
  const { phone, phoneVerifiedAt } = readLastNumber()
  write({ staysOut: autoLoginDisabled, ...lastOf({ phone, phoneVerifiedAt }) })
}

function lastOf({ phone, phoneVerifiedAt }: NumberOnFile): Pick<Stored, 'lastPhone' | 'lastPhoneVerifiedAt'> {
  return {
    lastPhone: phone,
    ...(phoneVerifiedAt === undefined ? {} : { lastPhoneVerifiedAt: phoneVerifiedAt }),
  }
}

/** Removes everything, for a deleted account. */
export function clearLoginStorage({ autoLoginDisabled }: { autoLoginDisabled: boolean }): void {
  write({ ...NOTHING, staysOut: autoLoginDisabled })
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

/** Storage may hold anything: an older version of this app wrote it, or a developer did. */
function parse(value: unknown): Stored {
  const { login, staysOut, lastPhone, lastPhoneVerifiedAt } = asRecord(value)
  const parsed = parseLogin(login)
  return {
    staysOut: staysOut === true,
    ...(isMasked(lastPhone)
      ? lastOf({ phone: lastPhone, phoneVerifiedAt: numberOf(lastPhoneVerifiedAt) })
      : { lastPhone: '' }),
    ...(parsed ? { login: parsed } : {}),
  }
}

function parseLogin(value: unknown): StoredLogin | undefined {
  const { token, expiresAt, userInfo } = asRecord(value)
  const { id, phone, phoneVerifiedAt, nickname, avatar } = asRecord(userInfo)
  if (typeof token !== 'string' || token === '' || typeof expiresAt !== 'number') return undefined
  if (typeof id !== 'string' || typeof phone !== 'string') return undefined
  if (typeof nickname !== 'string' || typeof avatar !== 'string') return undefined
  const at = numberOf(phoneVerifiedAt)
  const verified = at === undefined ? {} : { phoneVerifiedAt: at }
  return { token, expiresAt, userInfo: { id, phone, ...verified, nickname, avatar } }
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function isMasked(value: unknown): value is string {
  return typeof value === 'string' && value.indexOf('*') >= 0
}
