import type { Reason } from '../../../contract/reason.ts'
import { AppError } from '../core/app-error.ts'
import { logFailure } from '../core/log-failure.ts'
import { REASONS } from '../core/reasons.ts'
import { NOT_BY_CLIENT } from '../database/client-document.ts'
import { command as _, collection, DuplicateKey, query } from '../database/database.ts'
import type { Budget } from '../request/budget.ts'
import type { Invocation } from '../request/call.ts'
import { chinaDay, countIdOf } from './count-days.ts'

/** What is counted by day. Nothing in a counter says whom it counted. */
export type Count =
  | 'logins.silent'
  /** With a number that WeChat has just vouched for, by a phone code or a ticket. */
  | 'logins.number'
  /** By `withoutPhone`, where accounts need no number. */
  | 'logins.withoutNumber'
  | 'newUsers'
  | 'importedUsers'
  | 'closedUsers'
  /** Phone codes that WeChat has exchanged, which it bills. */
  | 'paid'
  /** Changes of how many users there are with this property, upwards and downwards. */
  | 'disabled'
  | 'withoutPhone'
  /** Logins and changes of the number that were refused. */
  | `refused.${Reason}`

export type Counts = { readonly [Name in Count]?: number }

/** Documents `<day>.<shard>` with the counters of a day, and `totals`, which the timer writes. */
export const dailyCounts = () => collection('daily_counts')

/**
 * Adds to the counters of today. Best effort: a failure is logged, and fails no call. One round trip, to be waited for beside
 * another write; one more for the first of a day and shard where the timer has not made the document.
 *
 * Exact under concurrency, since the database adds. A call that is killed between the counted write and this one is not
 * counted; one whose counted write is answered with an error, and is repeated, may be counted twice. The timer counts logins
 * again from `audit_logs` and people from `users` (`cleanup/recounted-days.ts`, `cleanup/recounted-users.ts`).
 * @param userId selects the document
 */
export async function count(
  invocation: Invocation,
  userId: string | undefined,
  counts: Counts,
): Promise<void> {
  const added = Object.entries(counts).filter(([, number]) => number !== 0)
  if (added.length === 0) return
  const { budget, now, functionName, requestId } = invocation
  const _id = countIdOf(chinaDay(now), userId)
  try {
    if (await add(budget, _id, added)) return
    if (await create(budget, _id, added)) return
    if (await add(budget, _id, added)) return
    throw new AppError('MISCONFIGURED', { log: `a client wrote ${_id}` })
  } catch (error) {
    const failure = error instanceof AppError ? error : new AppError('INTERNAL')
    const detail = `not counted in daily_counts: ${failure.log}`
    logFailure(failure, { function: functionName, requestId, detail })
  }
}

/** The opposite of these counts. */
export function negative(counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).map(([name, number]) => [name, -number]))
}

async function add(budget: Budget, _id: string, counts: [string, number][]): Promise<boolean> {
  const data = Object.fromEntries(counts.map(([name, number]) => [name, _.inc(number)]))
  const update = dailyCounts()
    .where({ _id, ...NOT_BY_CLIENT })
    .update({ data })
  return (await query(budget, update)).stats.updated > 0
}

/** Makes the document of a day and shard. One round trip. @returns false if there is one */
export async function create(budget: Budget, _id: string, counts: [string, number][] = []): Promise<boolean> {
  const data: Record<string, unknown> = { _id }
  for (const [path, number] of counts) {
    const [name = '', inner] = path.split('.')
    data[name] = inner === undefined ? number : { ...(data[name] as object | undefined), [inner]: number }
  }
  try {
    await query(budget, dailyCounts().add({ data }))
    return true
  } catch (error) {
    if (error instanceof DuplicateKey) return false
    throw error
  }
}

/** Makes several documents. If another run has made some of them, the next one makes the rest. One round trip, or none. */
export async function createAll(budget: Budget, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  try {
    await query(budget, dailyCounts().add({ data: ids.map((_id) => ({ _id })) }))
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error
  }
}

const COUNTED_FAILURES: ReadonlySet<Reason> = new Set(['WECHAT_BUSY', 'WECHAT_QUOTA'])

/** What a refusal counts as: nothing if the database or the configuration failed, of which the log tells. */
export function refusalCount(error: unknown): Counts {
  if (!(error instanceof AppError)) return {}
  const { reason } = error
  return REASONS[reason].code >= 500 && !COUNTED_FAILURES.has(reason) ? {} : { [`refused.${reason}`]: 1 }
}

/** Waits for a paid step; counts its refusal, and refuses. One round trip more for a refused one. */
export async function countingRefusal<Result>(
  invocation: Invocation,
  userId: string,
  step: () => Promise<Result>,
): Promise<Result> {
  try {
    return await step()
  } catch (error) {
    await count(invocation, userId, refusalCount(error))
    throw error
  }
}
