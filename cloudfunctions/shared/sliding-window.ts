import { command as _ } from './database.ts'

/** So many acts in any stretch of this length. */
export interface SlidingWindow {
  limit: number
  milliseconds: number
}

/**
 * Condition on a document whose `field` holds the times of the latest acts, oldest first: one more is allowed at `now`
 * (milliseconds since 1970).
 */
export function hasRoom(field: string, { limit, milliseconds }: SlidingWindow, now: number): object {
  return _.or([
    { [`${field}.${limit - 1}`]: _.exists(false) },
    { [`${field}.0`]: _.lt(new Date(now - milliseconds)) },
  ])
}

/** The change of `field` that counts one more. */
export function countedAt({ limit }: SlidingWindow, now: number): unknown {
  return _.push({ each: [new Date(now)], slice: -limit })
}

/** Seconds until the next act is allowed; 0 when it is. */
export function secondsUntilRoom(
  times: readonly Date[],
  { limit, milliseconds }: SlidingWindow,
  now: number,
): number {
  const [oldest] = times
  if (!oldest || times.length < limit) return 0
  // The oldest may come from an instance whose clock is ahead.
  const wait = Math.min(milliseconds, oldest.getTime() + milliseconds - now)
  return Math.max(0, Math.ceil(wait / 1000))
}
