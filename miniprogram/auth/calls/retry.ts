import type { Clock } from '../core/clock'
import type { Failed, Outcome } from '../core/outcome'
import { failed, isTransient } from '../core/outcome'

export interface RetryPolicy {
  /** After this long the user gets an answer in any case. */
  deadlineMilliseconds: number
  /** One try is abandoned after this long. */
  tryMilliseconds: number
  /** The first one included. */
  tries: number
}

/** The longest that a user sees a spinner. A function itself answers within 3 s, a cold start included. */
export const RETRY_POLICY: RetryPolicy = { deadlineMilliseconds: 15000, tryMilliseconds: 8000, tries: 4 }

const FIRST_PAUSE_MILLISECONDS = 300

/** Tries again while the failure is transient, within the deadline. A try without an answer counts as SLOW. */
export async function withRetries<Data>(
  clock: Clock,
  patience: RetryPolicy,
  attempt: () => Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  const deadline = clock.now() + patience.deadlineMilliseconds
  for (let count = 1; ; count++) {
    const left = Math.min(patience.tryMilliseconds, deadline - clock.now())
    const outcome = await withTimeout(clock, left, attempt())
    if (outcome.ok || !isTransient(outcome) || count >= patience.tries) return outcome
    const pause = backoffMilliseconds(clock, count, outcome)
    if (clock.now() + pause >= deadline) return outcome
    await clock.sleep(pause)
  }
}

/** Doubles with each try. Half of it is random, so that not all phones come back at the same moment. */
export function backoffMilliseconds(clock: Clock, count: number, { retryAfterSeconds = 0 }: Failed): number {
  const backoff = FIRST_PAUSE_MILLISECONDS * 2 ** (count - 1) * (0.5 + clock.random() / 2)
  return Math.max(backoff, retryAfterSeconds * 1000)
}

/** The outcome, or SLOW if it takes longer. A late answer is dropped. */
export function withTimeout<Data>(
  clock: Clock,
  milliseconds: number,
  outcome: Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  return Promise.race([outcome, clock.sleep(milliseconds).then(() => failed('SLOW'))])
}
