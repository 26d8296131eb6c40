import type { Clock } from './clock'
import type { Failed, Outcome } from './failure'
import { failed, isPassing } from './failure'

export interface Patience {
  /** After this long the user gets an answer, whatever it is. */
  deadlineMilliseconds: number
  /** One try is given up for lost after this long. */
  tryMilliseconds: number
  /** The first one included. */
  tries: number
}

/** A user looks at a spinner for no longer than this. A function itself answers within 3 s, a cold one included. */
export const PATIENCE: Patience = { deadlineMilliseconds: 15000, tryMilliseconds: 8000, tries: 4 }

const FIRST_PAUSE_MILLISECONDS = 300

/** Tries again while the failure is a passing one, within the deadline; a stuck try counts as SLOW. */
export async function withRetries<Data>(
  clock: Clock,
  patience: Patience,
  attempt: () => Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  const deadline = clock.now() + patience.deadlineMilliseconds
  for (let count = 1; ; count++) {
    const left = Math.min(patience.tryMilliseconds, deadline - clock.now())
    const outcome = await within(clock, left, attempt())
    if (outcome.ok || !isPassing(outcome) || count >= patience.tries) return outcome
    const pause = pauseBefore(clock, count, outcome)
    if (clock.now() + pause >= deadline) return outcome
    await clock.sleep(pause)
  }
}

/** Doubles with each try. Half of it is chance, lest all phones come back in the same moment. */
export function pauseBefore(clock: Clock, count: number, { retryAfterSeconds = 0 }: Failed): number {
  const backoff = FIRST_PAUSE_MILLISECONDS * 2 ** (count - 1) * (0.5 + clock.random() / 2)
  return Math.max(backoff, retryAfterSeconds * 1000)
}

/** What comes first: the outcome, or SLOW. A late answer is dropped. */
export function within<Data>(
  clock: Clock,
  milliseconds: number,
  outcome: Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  return Promise.race([outcome, clock.sleep(milliseconds).then(() => failed('SLOW'))])
}
