import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import type { Invocation } from '../shared/request/call.ts'
import { LONGEST_WINDOW_MILLISECONDS } from '../shared/users/rate-limit.ts'
import { type AgedDocuments, removeAged } from './aged-documents.ts'
import type { Batch } from './batch.ts'

export function expiredRateLimits(now: number): AgedDocuments {
  const before = new Date(now - LONGEST_WINDOW_MILLISECONDS)
  return { name: 'rate_limits', field: 'updatedAt', before, further: NOT_BY_CLIENT }
}

/** Removes documents of `rate_limits` that no longer have an effect. One that is used again meanwhile stays. */
export function removeExpiredRateLimits(
  { budget, now }: Invocation,
  _after: string,
  scale: number,
): Promise<Batch> {
  return removeAged(budget, expiredRateLimits(now), scale)
}
