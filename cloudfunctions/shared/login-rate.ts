import { command as _ } from './database.ts'
import { loginLimit } from './environment.ts'

/**
 * How often one person may log in, across all instances: `loginLimit()` times in any stretch of this length. The
 * times themselves stand in the user's document, so the very write that opens a session checks and counts, all or
 * nothing. Shorter than a ticket's life, so that a number paid for outlives the wait.
 */
const WINDOW_MILLISECONDS = 3 * 60 * 1000

/** Condition on a user's document: one more login is allowed at `now` (milliseconds since 1970). */
export function mayLogInAgain(now: number): object {
  return _.or([
    { [`loginWindow.${loginLimit() - 1}`]: _.exists(false) },
    { 'loginWindow.0': _.lt(new Date(now - WINDOW_MILLISECONDS)) },
  ])
}

/** The change that counts it. */
export function countedLogin(now: number): unknown {
  return _.push({ each: [new Date(now)], slice: -loginLimit() })
}

/** Seconds until the next login is allowed; 0 when it is. */
export function secondsUntilLogin(loginWindow: readonly Date[], now: number): number {
  const [oldest] = loginWindow
  if (!oldest || loginWindow.length < loginLimit()) return 0
  return Math.max(0, Math.ceil((oldest.getTime() + WINDOW_MILLISECONDS - now) / 1000))
}
