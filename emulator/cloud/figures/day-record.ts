import type { Authorizations } from '../../control/figures.ts'
import { type Durations, joinDurations } from './durations.ts'

/** What is kept of one day. */
export interface DayRecord {
  functions: Record<string, FunctionRecord>
  /** By kind. */
  logins: Record<string, number>
  authorizations: Authorizations
}

/** Such as `2026-11-28`, and what is kept of it. */
export interface NamedDay {
  day: string
  record: DayRecord
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

/** Both together. */
export function joinDays(one: DayRecord, other: DayRecord | undefined): DayRecord {
  if (!other) return one
  const names = new Set([...Object.keys(one.functions), ...Object.keys(other.functions)])
  const functions = [...names].map((name) => {
    return [name, joinFunctions(one.functions[name], other.functions[name])] as const
  })
  return {
    functions: Object.fromEntries(functions),
    logins: joinCounts(one.logins, other.logins),
    authorizations: {
      quick: one.authorizations.quick + other.authorizations.quick,
      realtime: one.authorizations.realtime + other.authorizations.realtime,
    },
  }
}

const NO_CALLS: FunctionRecord = { calls: 0, coldStarts: 0, durations: {}, refusals: {} }

function joinFunctions(one = NO_CALLS, other = NO_CALLS): FunctionRecord {
  return {
    calls: one.calls + other.calls,
    coldStarts: one.coldStarts + other.coldStarts,
    durations: joinDurations([one.durations, other.durations]),
    refusals: joinCounts(one.refusals, other.refusals),
  }
}

function joinCounts(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) {
  const joined: Record<string, number> = { ...one }
  for (const [name, times] of Object.entries(other)) joined[name] = (joined[name] ?? 0) + times
  return joined
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
