import { deviceClock } from './clock'
import { fields } from './fields'

/**
 * Which token this phone was given last, and when. Functions are deployed one by one, so for some minutes one of them
 * may refuse what another has just issued. Logging in again then brings another token that is refused as well, and a
 * session that nobody needs: a token that is new is kept, and the call is made again later.
 */
interface Issued {
  /** The end of the token's signature, which tells it from any other. */
  tail: string
  /** Milliseconds since 1970, on this phone's clock. */
  at: number
  /** For how long the token counts as new. */
  newForMilliseconds: number
  /** It was refused after that, and another one was asked for. */
  wasRefused: boolean
}

const KEY = 'newToken'
const TAIL_CHARACTERS = 12
const FIRST_MILLISECONDS = 60 * 1000
/** Each token that takes the place of a refused one counts as new for twice as long, up to this. */
const LONGEST_MILLISECONDS = 30 * 60 * 1000
/** A token that served this long was not one of a row of refused ones. */
const ROW_MILLISECONDS = 2 * 60 * 60 * 1000

/** Known while the app is open; on the phone's disk only what follows a refusal, which is rare. */
let memory: Issued | undefined

/** A function has just given this phone the token. */
export function noteIssued(token: string): void {
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

/** The token is refused, and a login is to bring another. */
export function noteRefused(token: string): void {
  const before = read()
  const isKnown = before?.tail === tailOf(token)
  const issued = isKnown ? before : { at: deviceClock.now(), newForMilliseconds: FIRST_MILLISECONDS }
  memory = { ...issued, tail: tailOf(token), wasRefused: true }
}

/** Whether this phone was given the token so recently that another one would be refused as well. */
export function isNew(token: string): boolean {
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
    const { tail, at, newForMilliseconds, wasRefused } = fields(wx.getStorageSync(KEY))
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
    // A full disk: it is known until the app is closed.
  }
}

function forget(): void {
  try {
    wx.removeStorageSync(KEY)
  } catch {
    // What stays there is of a token that is not in use any more.
  }
}
