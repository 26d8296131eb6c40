import { loginLimit } from '../core/environment.ts'
import {
  belowLimit,
  countingChange,
  type SlidingWindow,
  secondsUntilBelowLimit,
} from '../database/sliding-window.ts'

/** Shorter than the life of a phone code and of a ticket, so that a paid number is still valid after the wait. */
export const LOGIN_WINDOW_MILLISECONDS = 3 * 60 * 1000

/**
 * How often one person may log in, across all instances. The user's document contains the times, so the write that starts
 * a session also checks and counts.
 */
function loginWindow(): SlidingWindow {
  return { limit: loginLimit(), milliseconds: LOGIN_WINDOW_MILLISECONDS }
}

/** Condition on a user's document: one more login is allowed at `now` (milliseconds since 1970). */
export function belowLoginLimit(now: number): object {
  return belowLimit('loginWindow', loginWindow(), now)
}

/** The change of the user's document that counts one login. */
export function loginCountingChange(now: number): unknown {
  return countingChange(loginWindow(), now)
}

/** Seconds until the next login is allowed; 0 when it is allowed now. */
export function secondsUntilLogin(times: readonly Date[], now: number): number {
  return secondsUntilBelowLimit(times, loginWindow(), now)
}
