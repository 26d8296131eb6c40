import { asRecord } from '../core/as-record'
import { deviceClock } from '../core/clock'

/**
 * Which token this phone got last, and when. Functions are deployed one by one, so for some minutes one of them may
 * refuse what another has just issued. Another login would bring another token that is refused as well, and a session
 * without use. So a new token is kept, and the call is repeated later.
 */
interface Issued {
  /** The end of the token's signature, which tells it from any other. */
  tail: string
  /** Milliseconds since 1970, on this phone's clock. */
  at: number
  /** For how long the token counts as new. */
  newForMilliseconds: number
  /** It was refused after that, and another one was requested. */
  wasRefused: boolean
}

const KEY = 'newToken'
const TAIL_CHARACTERS = 12
const FIRST_MILLISECONDS = 60 * 1000
/** Each token that replaces a refused one counts as new for twice as long, up to this. */
const LONGEST_MILLISECONDS = 30 * 60 * 1000
/** A token that was in use for this long does not belong to a row of refused ones. */
const ROW_MILLISECONDS = 2 * 60 * 60 * 1000

/** In memory while the app is open. On disk only after a refusal, which is rare. */
let memory: Issued | undefined

/** A function has just issued the token to this phone. */
export function recordIssued(token: string): void {
  const now = deviceClock.now()
  const before = read()
  const isInRow = before?.wasRefused === true && now - before.at < ROW_MILLISECONDS
  const newForMilliseconds = isInRow
    ? Math.min(before.newForMilliseconds * 2, LONGEST_MILLISECONDS)
    : FIRST_MILLISECONDS
  memory = { tail: tailOf(token), at: now, newForMilliseconds, wasRefused: false }
  if (isInRow) keep(memory)
  else if (before) forget()
}

/** The token is refused, and a login will bring another. */
export function recordRefused(token: string): void {
  const before = read()
  const isKnown = before?.tail === tailOf(token)
  const issued = isKnown ? before : { at: deviceClock.now(), newForMilliseconds: FIRST_MILLISECONDS }
  memory = { ...issued, tail: tailOf(token), wasRefused: true }
}

/** Whether the token was issued so recently that another one would be refused as well. */
export function isNewToken(token: string): boolean {
  const issued = read()
  if (issued?.tail !== tailOf(token) || issued.wasRefused) return false
  const age = deviceClock.now() - issued.at
  // A clock that was put back says nothing.
  return age >= 0 && age < issued.newForMilliseconds
}

function tailOf(token: string): string {
  return token.slice(-TAIL_CHARACTERS)
}

function read(): Issued | undefined {
  memory = memory ?? load()
  return memory
}

function load(): Issued | undefined {
  try {
    const { tail, at, newForMilliseconds, wasRefused } = asRecord(wx.getStorageSync(KEY))
    if (typeof tail !== 'string' || typeof at !== 'number') return undefined
    if (typeof newForMilliseconds !== 'number' || typeof wasRefused !== 'boolean') return undefined
    return { tail, at, newForMilliseconds, wasRefused }
  } catch {
    return undefined
  }
}

function keep(issued: Issued): void {
  try {
    wx.setStorageSync(KEY, issued)
  } catch {
    // A full disk: it stays in memory until the app is closed.
  }
}

function forget(): void {
  try {
    wx.removeStorageSync(KEY)
  } catch {
    // What stays there belongs to a token that is no longer in use.
  }
}
