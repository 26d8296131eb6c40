const HOUR_MILLISECONDS = 60 * 60 * 1000
export const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS
/** Days are China's, UTC+8 all year; the functions' clocks show UTC. */
const CHINA_MILLISECONDS = 8 * HOUR_MILLISECONDS

/**
 * Documents of one day. Users are spread evenly over them, so that logins at the same time seldom write the same document: at
 * the 1000 database requests a second of the largest package, of which a login takes five, each is written 50 times a second.
 */
const SHARDS = 4

/** The day in China at this time (milliseconds since 1970), as `2026-11-29`. Days in this form sort as they follow. */
export function chinaDay(milliseconds: number): string {
  return new Date(milliseconds + CHINA_MILLISECONDS).toISOString().slice(0, 10)
}

/** When this day begins in China, milliseconds since 1970; NaN for a day that no calendar has. */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - CHINA_MILLISECONDS
}

/** The day that is this many days later, or earlier for a negative number. */
export function dayAfter(day: string, days: number): string {
  return chinaDay(startOfDay(day) + days * DAY_MILLISECONDS)
}

/** The `_id`s of the counters of a day: `<day>.<shard>`. */
export function countIdsOf(day: string): string[] {
  return Array.from({ length: SHARDS }, (_, shard) => `${day}.${shard}`)
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The `_id` of the counters that a call counts in. User ids are even; a call without one counts in the first. */
export function countIdOf(day: string, userId: string | undefined): string {
  const shard = userId === undefined ? 0 : Math.max(0, BASE64URL.indexOf(userId.charAt(2))) % SHARDS
  return `${day}.${shard}`
}
