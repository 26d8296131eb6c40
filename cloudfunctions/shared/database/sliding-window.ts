import { command as _ } from './database.ts'

/** At most `limit` actions within any period of this length. */
export interface SlidingWindow {
  limit: number
  milliseconds: number
}

/**
 * Condition on a document whose `field` lists the times of the latest actions, oldest first: one more action is allowed
 * at `now` (milliseconds since 1970).
 */
export function belowLimit(field: string, { limit, milliseconds }: SlidingWindow, now: number): object {
  return _.or([
    { [`${field}.${limit - 1}`]: _.exists(false) },
    { [`${field}.0`]: _.lt(new Date(now - milliseconds)) },
  ])
}

/** The change of `field` that counts one more action. */
export function countingChange({ limit }: SlidingWindow, now: number): unknown {
  return _.push({ each: [new Date(now)], slice: -limit })
}

/** Seconds until the next action is allowed; 0 when it is allowed now. */
export function secondsUntilBelowLimit(
  times: readonly Date[],
  { limit, milliseconds }: SlidingWindow,
  now: number,
): number {
  const [oldest] = times
  if (!oldest || times.length < limit) return 0
  // The oldest time may be of an instance whose clock is ahead.
  const wait = Math.min(milliseconds, oldest.getTime() + milliseconds - now)
  return Math.max(0, Math.ceil(wait / 1000))
}
