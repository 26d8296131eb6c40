import { loginLimit } from './environment.ts'
import { countedAt, hasRoom, type SlidingWindow, secondsUntilRoom } from './sliding-window.ts'

/** Shorter than the life of a phone code and of a ticket, so that a number paid for outlives the wait. */
export const LOGIN_WINDOW_MILLISECONDS = 3 * 60 * 1000

/**
 * How often one person may log in, across all instances. The times themselves stand in the user's document, so the
 * very write that opens a session checks and counts, all or nothing.
 */
function loginWindow(): SlidingWindow {
  return { limit: loginLimit(), milliseconds: LOGIN_WINDOW_MILLISECONDS }
}

/** Condition on a user's document: one more login is allowed at `now` (milliseconds since 1970). */
export function mayLogInAgain(now: number): object {
  return hasRoom('loginWindow', loginWindow(), now)
}

/** The change that counts it. */
export function countedLogin(now: number): unknown {
  return countedAt(loginWindow(), now)
}

/** Seconds until the next login is allowed; 0 when it is. */
export function secondsUntilLogin(times: readonly Date[], now: number): number {
  return secondsUntilRoom(times, loginWindow(), now)
}
