import type { LoginData } from '../../../contract/login'
import type { Clock } from '../core/clock'
import type { Outcome } from '../core/outcome'

/** An answer with a token, which expires at this time of the phone's clock, in milliseconds since 1970. */
export type WithExpiry<Data> = Omit<Data, 'expiresInSeconds'> & { expiresAt: number }

export type LoginWithExpiry = WithExpiry<LoginData>

/**
 * Computes when a token expires by the phone's own clock, whatever that says. Counts from the request, so that the phone
 * never trusts the token for longer than the cloud does; from the answer, if the clock was put back meanwhile.
 */
export async function withExpiry<Data extends { expiresInSeconds: number }>(
  clock: Clock,
  request: () => Promise<Outcome<Data>>,
): Promise<Outcome<WithExpiry<Data>>> {
  const requestedAt = clock.now()
  const outcome = await request()
  if (!outcome.ok) return outcome
  const { expiresInSeconds, ...data } = outcome.data
  // Functions of an older version leave it out: the next launch then requests another token.
  const seconds = typeof expiresInSeconds === 'number' ? expiresInSeconds : 0
  return { ok: true, data: { ...data, expiresAt: Math.min(requestedAt, clock.now()) + seconds * 1000 } }
}
