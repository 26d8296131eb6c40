import { backoffMilliseconds, RETRY_POLICY } from '../../auth/calls/retry'
import type { Clock } from '../../auth/core/clock'
import type { Outcome } from '../../auth/core/outcome'
import { isTransient } from '../../auth/core/outcome'
import type { PhoneProof } from '../../auth/storage/phone-credential'

/** What a proof is redeemed for. */
export interface Redemption<Data> {
  /** One try. */
  send(proof: PhoneProof, milliseconds: number): Promise<Outcome<Data>>
  /**
   * Whether an earlier try succeeded although its answer was lost.
   * @param isRefused the proof is no longer valid, which suggests that it was used
   * @returns the result of that try; undefined if it did not succeed, as far as can be seen
   */
  findResult(isRefused: boolean, milliseconds: number): Promise<Outcome<Data> | undefined>
}

/**
 * Redeems a proof within the time that a user waits. Wastes no paid code, and never repeats one blindly: after a lost
 * answer it first finds out whether the try succeeded. A ticket costs nothing and is sent again at once.
 * @param wasSent an earlier try with this proof got no answer: it may be used
 * @param onTicket called as soon as a ticket replaces the code
 * @returns a failure carries the ticket, if there is one, for the user's next try
 */
export async function redeemCredential<Data>(
  clock: Clock,
  { proof, wasSent }: { proof: PhoneProof; wasSent: boolean },
  redemption: Redemption<Data>,
  onTicket: (proof: PhoneProof) => void,
): Promise<Outcome<Data>> {
  const deadline = clock.now() + RETRY_POLICY.deadlineMilliseconds
  const left = () => Math.min(RETRY_POLICY.tryMilliseconds, deadline - clock.now())
  let current = proof
  let mayBeUsed = wasSent
  for (let count = 1; ; count++) {
    const outcome = await attempt(redemption, current, mayBeUsed, left)
    if (outcome.ok) return outcome
    if (outcome.ticket !== undefined) {
      current = { ticket: outcome.ticket }
      onTicket(current)
    }
    const pause = backoffMilliseconds(clock, count, outcome)
    if (!isTransient(outcome) || count >= RETRY_POLICY.tries || clock.now() + pause >= deadline) {
      return outcome.failure !== 'PHONE_CODE_INVALID' && 'ticket' in current
        ? { ...outcome, ...current }
        : outcome
    }
    mayBeUsed = true
    await clock.sleep(pause)
  }
}

async function attempt<Data>(
  redemption: Redemption<Data>,
  proof: PhoneProof,
  mayBeUsed: boolean,
  left: () => number,
): Promise<Outcome<Data>> {
  const found = mayBeUsed && 'phoneCode' in proof ? await redemption.findResult(false, left()) : undefined
  if (found) return found
  const outcome = await redemption.send(proof, left())
  if (outcome.ok || outcome.failure !== 'PHONE_CODE_INVALID') return outcome
  // A fresh code that is refused was never valid. An older proof may be used by the try that was lost: the user must not
  // pay again until that is known.
  if (!mayBeUsed && 'phoneCode' in proof) return outcome
  return (await redemption.findResult(true, left())) ?? outcome
}
