import type { Invocation } from '../shared/call.ts'
import { NOT_BY_CLIENT } from '../shared/client-document.ts'
import { command as _, ask } from '../shared/database.ts'
import { LONGEST_WINDOW_MILLISECONDS, rateLimits } from '../shared/rate-limit.ts'
import { BATCH, type Batch, idsOf } from './batch.ts'

/** Removes documents of `rate_limits` that limit nothing any more. */
export async function removeOldCounts({ budget, now }: Invocation): Promise<Batch> {
  const old = { ...NOT_BY_CLIENT, updatedAt: _.lt(new Date(now - LONGEST_WINDOW_MILLISECONDS)) }
  const { data } = await ask(budget, rateLimits().where(old).limit(BATCH).get())
  const ids = idsOf(data)
  if (ids.length === 0) return { count: 0 }
  // Unless somebody is counted again meanwhile.
  const { stats } = await ask(
    budget,
    rateLimits()
      .where({ _id: _.in(ids), ...old })
      .remove(),
  )
  return ids.length < BATCH ? { count: stats.removed } : { count: stats.removed, next: '' }
}
