import type { Authorizations } from '../../control/figures.ts'
import type { Durations } from './durations.ts'

/** What is kept of one day. */
export interface DayRecord {
  functions: Record<string, FunctionRecord>
  /** By kind. */
  logins: Record<string, number>
  authorizations: Authorizations
}

export interface FunctionRecord {
  calls: number
  coldStarts: number
  durations: Durations
  /** By reason. */
  refusals: Record<string, number>
}

/** Names and reasons are a project's own words: there may be no more of them than can be shown. */
const NAMES = 200
const CHARACTERS = 80
const OTHERS = '其他 others'

export function emptyDay(): DayRecord {
  return { functions: {}, logins: {}, authorizations: { quick: 0, realtime: 0 } }
}

export function functionOf(day: DayRecord, name: string): FunctionRecord {
  const key = boundedName(day.functions, name)
  const known = day.functions[key]
  if (known) return known
  const record: FunctionRecord = { calls: 0, coldStarts: 0, durations: {}, refusals: {} }
  day.functions[key] = record
  return record
}

export function count(counts: Record<string, number>, name: string): void {
  const key = boundedName(counts, name)
  counts[key] = (counts[key] ?? 0) + 1
}

function boundedName(known: Readonly<Record<string, unknown>>, name: string): string {
  // A record has no field of this name of its own.
  const text = name === '__proto__' ? OTHERS : name.slice(0, CHARACTERS)
  return Object.hasOwn(known, text) || Object.keys(known).length < NAMES ? text : OTHERS
}

/** Such as `2026-11-28`, in China's time, which has had no summer time since 1991. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds + 8 * 3_600_000).toISOString().slice(0, 10)
}
