import * as v from 'valibot'
import type { Invocation } from '../shared/call.ts'
import { NOT_BY_CLIENT } from '../shared/client-document.ts'
import { finishClosing } from '../shared/closing.ts'
import { reportDamaged } from '../shared/damaged-document.ts'
import { type Batch, pageOf } from './batch.ts'
import { reportFailures } from './report-failures.ts'

/** Closings take several round trips each. */
const AT_ONCE = 10
/** A younger one may still be under way. */
const BROKEN_OFF_MILLISECONDS = 60 * 1000

const closingSchema = v.object({ _id: v.string(), closingAt: v.date() })

/** Finishes what broke off while accounts were closed. One that cannot be finished keeps no other from it. */
export async function finishClosings(invocation: Invocation, after: string): Promise<Batch> {
  const { budget, now } = invocation
  const condition = { status: 'closing', ...NOT_BY_CLIENT }
  const { data, ...more } = await pageOf(budget, 'users', { condition, after, most: AT_ONCE })
  reportDamaged(
    invocation,
    'users',
    data.filter((document) => !v.is(closingSchema, document)),
  )
  const brokenOff = data
    .filter((document) => v.is(closingSchema, document))
    .filter(({ closingAt }) => closingAt.getTime() < now - BROKEN_OFF_MILLISECONDS)
  const ends = await Promise.allSettled(
    brokenOff.map(({ _id, closingAt }) => finishClosing(invocation, _id, closingAt)),
  )
  const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
  reportFailures(invocation, 'closings that could not be finished', failures)
  return { count: ends.length - failures.length, ...more }
}
