import type { Cloud } from '../../cloud/cloud.ts'
import { describeFailedCall } from '../describe-failed-call.ts'

/** A test that provokes errors by the hundred needs the last few. */
const MAXIMUM_QUOTED = 3

/**
 * How calls of functions have failed since the cloud started or was reset, for the message of a phone whose time is over:
 * the last few that differ, newest last.
 */
export function quoteFailedCalls({ callLog }: Pick<Cloud, 'callLog'>): string[] {
  const failures = callLog.list(Number.POSITIVE_INFINITY).flatMap((call) => describeFailedCall(call) ?? [])
  // A failure that repeats itself stands where it happened last.
  return [...new Set(failures.reverse())].slice(0, MAXIMUM_QUOTED).reverse()
}
