import { settleAll } from '../shared/core/settle-all.ts'
import type { Invocation } from '../shared/request/call.ts'
import type { Batch } from './batch.ts'
import { keepDailyCounts } from './daily-counts.ts'
import { recountDays } from './recounted-days.ts'
import { recountUsers } from './recounted-users.ts'

/** The first batch of a run has kept the counters. */
const KEPT = 'kept'
const NOTHING: Batch = { count: 0 }

/**
 * Keeps the counters by day, and counts yesterday's audit entries and all users once more. All at once, so that the whole takes
 * one task's share of the time.
 * @returns how many documents were removed or counted
 */
export async function keepFigures(invocation: Invocation, after: string, scale: number): Promise<Batch> {
  const batches = await settleAll([
    after === KEPT ? NOTHING : keepDailyCounts(invocation),
    recountDays(invocation, scale),
    recountUsers(invocation, scale),
  ])
  const count = batches.reduce((sum, batch) => sum + batch.count, 0)
  return batches.some(({ next }) => next !== undefined) ? { count, next: KEPT } : { count }
}
