import * as v from 'valibot'
import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import { reportDamaged } from '../shared/database/damaged-document.ts'
import { command as _ } from '../shared/database/database.ts'
import type { Invocation } from '../shared/request/call.ts'
import { finishDeletion } from '../shared/users/account-deletion.ts'
import { count } from '../shared/users/daily-counts.ts'
import { type Batch, pageOf } from './batch.ts'
import { reportFailures } from './report-failures.ts'

/** Accounts of one batch: each takes several round trips. */
const AT_ONCE = 10
/** A younger deletion may still be under way. */
const BROKEN_OFF_MILLISECONDS = 60 * 1000

const deletionSchema = v.object({ _id: v.string(), closingAt: v.date() })

/** Condition: a deletion that broke off before this time. */
export function brokenOffDeletions(before: number): object {
  return { status: 'closing', ...NOT_BY_CLIENT, closingAt: _.lt(new Date(before - BROKEN_OFF_MILLISECONDS)) }
}

/** Finishes account deletions that broke off. One that fails does not stop the others. */
export async function finishDeletions(invocation: Invocation, after: string): Promise<Batch> {
  const { budget, now } = invocation
  const condition = { status: 'closing', ...NOT_BY_CLIENT }
  const { data, ...more } = await pageOf(budget, 'users', { condition, after, most: AT_ONCE })
  reportDamaged(
    invocation,
    'users',
    data.filter((document) => !v.is(deletionSchema, document)),
  )
  const brokenOff = data
    .filter((document) => v.is(deletionSchema, document))
    .filter(({ closingAt }) => closingAt.getTime() < now - BROKEN_OFF_MILLISECONDS)
  const results = await Promise.allSettled(
    brokenOff.map(async ({ _id, closingAt }) =>
      count(invocation, _id, await finishDeletion(invocation, _id, closingAt)),
    ),
  )
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  reportFailures(invocation, 'closings that could not be finished', failures)
  return { count: results.length - failures.length, ...more }
}
