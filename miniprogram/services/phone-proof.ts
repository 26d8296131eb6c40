import type { Clock } from '../utils/clock'
import type { Outcome } from '../utils/failure'
import { isPassing } from '../utils/failure'
import type { PhoneProof } from '../utils/paid-proof'
import { PATIENCE, pauseBefore } from '../utils/retry'

/** What a proof is used for. */
export interface Purpose<Data> {
  /** One try. */
  send(proof: PhoneProof, milliseconds: number): Promise<Outcome<Data>>
  /**
   * Whether an earlier try got through although its answer was lost: what it led to, or undefined if, as far as can be
   * seen, it did not.
   * @param isRefused the proof counts for nothing any more, which speaks for it
   */
  look(isRefused: boolean, milliseconds: number): Promise<Outcome<Data> | undefined>
}

/**
 * Uses a proof within a user's patience, wasting none that was paid for and sending no code twice unexamined: after a
 * lost answer a look shows whether the try got through, and only if it did not is the code sent again. A ticket costs
 * nothing: it is just sent again.
 * @param wasSent an earlier try with this very proof got no answer: it may have been used
 * @param hold is told of a ticket as soon as it takes the code's place
 * @returns a failure carries the ticket in hand, if there is one, for the user's next try
 */
export async function useProof<Data>(
  clock: Clock,
  { proof, wasSent }: { proof: PhoneProof; wasSent: boolean },
  purpose: Purpose<Data>,
  hold: (proof: PhoneProof) => void,
): Promise<Outcome<Data>> {
  const deadline = clock.now() + PATIENCE.deadlineMilliseconds
  const left = () => Math.min(PATIENCE.tryMilliseconds, deadline - clock.now())
  let held = proof
  let isDoubtful = wasSent
  for (let count = 1; ; count++) {
    const outcome = await attempt(purpose, held, isDoubtful, left)
    if (outcome.ok) return outcome
    if (outcome.ticket !== undefined) {
      held = { ticket: outcome.ticket }
      hold(held)
    }
    const pause = pauseBefore(clock, count, outcome)
    if (!isPassing(outcome) || count >= PATIENCE.tries || clock.now() + pause >= deadline) {
      return outcome.failure !== 'PHONE_CODE_INVALID' && 'ticket' in held ? { ...outcome, ...held } : outcome
    }
    isDoubtful = true
    await clock.sleep(pause)
  }
}

async function attempt<Data>(
  purpose: Purpose<Data>,
  proof: PhoneProof,
  isDoubtful: boolean,
  left: () => number,
): Promise<Outcome<Data>> {
  const found = isDoubtful && 'phoneCode' in proof ? await purpose.look(false, left()) : undefined
  if (found) return found
  const outcome = await purpose.send(proof, left())
  if (outcome.ok || outcome.failure !== 'PHONE_CODE_INVALID') return outcome
  // A fresh code that is refused never worked; an older proof may have been used by the try that was lost, and as long
  // as that cannot be seen, nobody is to pay again.
  if (!isDoubtful && 'phoneCode' in proof) return outcome
  return (await purpose.look(true, left())) ?? outcome
}
