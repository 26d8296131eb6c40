import * as v from 'valibot'
import { chinaDay, dayAfter } from './count-days.ts'

/** The document of `daily_counts` with the totals at the beginning of a day, and the one of a count under way. */
export const TOTALS_ID = 'totals'

const number = v.fallback(v.optional(v.number(), 0), 0)
const none = { silent: 0, number: 0, withoutNumber: 0 }
const loginsSchema = v.fallback(
  v.optional(v.object({ silent: number, number, withoutNumber: number }), none),
  none,
)

/** The counters of one day, or of a part of it. */
const countsSchema = v.object({
  logins: loginsSchema,
  newUsers: number,
  importedUsers: number,
  closedUsers: number,
  paid: number,
  disabled: number,
  withoutPhone: number,
  refused: v.fallback(v.optional(v.record(v.string(), v.number()), {}), {}),
})
export type DayCounts = v.InferOutput<typeof countsSchema>

/** `<day>.<shard>`, as `count()` writes it, or `<day>.records`, as the timer counts it again. */
const documentSchema = v.object({
  ...countsSchema.entries,
  _id: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d\.(\d|records)$/)),
  _openid: v.optional(v.undefined()),
  isComplete: v.fallback(v.optional(v.boolean(), false), false),
})

/** How many users there are; at the beginning of a day, or how they have changed since. */
export interface Totals {
  users: number
  disabled: number
  withoutPhone: number
}

const NOTHING = v.parse(countsSchema, {})

/** The counters by day. A count of the timer from `audit_logs` goes before that of the calls. */
export function countsByDay(documents: readonly unknown[]): ReadonlyMap<string, DayCounts> {
  const parsed = documents.flatMap((document) => {
    const counts = v.safeParse(documentSchema, document)
    return counts.success ? counts.output : []
  })
  const days = new Map<string, DayCounts>()
  for (const { _id, ...counts } of parsed) {
    if (_id.endsWith('.records')) continue
    const day = _id.slice(0, 10)
    days.set(day, sum(days.get(day) ?? NOTHING, counts))
  }
  for (const { _id, isComplete, logins, newUsers, paid } of parsed) {
    if (!_id.endsWith('.records') || !isComplete) continue
    const day = _id.slice(0, 10)
    const counted = days.get(day) ?? NOTHING
    // A refused login leaves no entry, and its authorization is paid for.
    days.set(day, { ...counted, logins, newUsers, paid: Math.max(paid, counted.paid) })
  }
  return days
}

function sum(one: DayCounts, other: DayCounts): DayCounts {
  const refused = { ...one.refused }
  for (const [reason, times] of Object.entries(other.refused))
    refused[reason] = (refused[reason] ?? 0) + times
  return {
    logins: {
      silent: one.logins.silent + other.logins.silent,
      number: one.logins.number + other.logins.number,
      withoutNumber: one.logins.withoutNumber + other.logins.withoutNumber,
    },
    newUsers: one.newUsers + other.newUsers,
    importedUsers: one.importedUsers + other.importedUsers,
    closedUsers: one.closedUsers + other.closedUsers,
    paid: one.paid + other.paid,
    disabled: one.disabled + other.disabled,
    withoutPhone: one.withoutPhone + other.withoutPhone,
    refused,
  }
}

/**
 * How the totals change from the beginning of the day `from` to the beginning of the day `to`, by default until now. By the
 * counters of the calls alone: they do not change any more once the day is over.
 */
export function changeSince(documents: readonly unknown[], from: string, to = '9999-99-99'): Totals {
  const counted = documents.filter((document) => !isRecount(document))
  const days = [...countsByDay(counted)]
    .filter(([day]) => day >= from && day < to)
    .map(([, counts]) => counts)
  const total = days.reduce(sum, NOTHING)
  return {
    users: total.newUsers + total.importedUsers - total.closedUsers,
    disabled: total.disabled,
    withoutPhone: total.withoutPhone,
  }
}

function isRecount(document: unknown): boolean {
  return String((document as { _id?: unknown } | null)?._id).endsWith('.records')
}

export function addTotals(one: Totals, other: Totals): Totals {
  return {
    users: one.users + other.users,
    disabled: one.disabled + other.disabled,
    withoutPhone: one.withoutPhone + other.withoutPhone,
  }
}

/** The latest days in China, newest first. @param now milliseconds since 1970 */
export function latestDays(now: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => dayAfter(chinaDay(now), -index))
}

export function countsOf(days: ReadonlyMap<string, DayCounts>, day: string): DayCounts {
  return days.get(day) ?? NOTHING
}

const recencySchema = v.object({ day: v.number(), week: v.number(), month: v.number() })

/** The document `totals`: what the timer has counted in `users`, carried on to the beginning of `day`. */
const totalsSchema = v.object({
  day: v.string(),
  users: v.number(),
  disabled: v.number(),
  withoutPhone: v.number(),
  /** When the count began. */
  countedAt: v.date(),
  numbersByKey: v.record(v.string(), v.number()),
  loggedIn: recencySchema,
})
export type CountedTotals = v.InferOutput<typeof totalsSchema>

export function totalsIn(documents: readonly unknown[]): CountedTotals | undefined {
  const found = documents.find((document) => (document as { _id?: unknown } | null)?._id === TOTALS_ID)
  const totals = v.safeParse(totalsSchema, found)
  return totals.success && !('_openid' in (found as object)) ? totals.output : undefined
}
