import type { LoginData } from '../../contract/login'
import type { Clock } from './clock'
import type { Outcome } from './failure'

/** What came with a token, whose end is told by this phone's clock: milliseconds since 1970. */
export type OnPhone<Data> = Omit<Data, 'expiresInSeconds'> & { expiresAt: number }

export type LoginOnPhone = OnPhone<LoginData>

/**
 * Counts the life of a token on this phone's own clock, wherever that stands. From the moment of asking, so that the
 * token never counts for longer than the cloud takes it; should the clock be set back meanwhile, from the answer.
 */
export async function counted<Data extends { expiresInSeconds: number }>(
  clock: Clock,
  ask: () => Promise<Outcome<Data>>,
): Promise<Outcome<OnPhone<Data>>> {
  const askedAt = clock.now()
  const outcome = await ask()
  if (!outcome.ok) return outcome
  const { expiresInSeconds, ...data } = outcome.data
  // Functions of an older version do not say it: the next launch then asks for another token.
  const seconds = typeof expiresInSeconds === 'number' ? expiresInSeconds : 0
  return { ok: true, data: { ...data, expiresAt: Math.min(askedAt, clock.now()) + seconds * 1000 } }
}
