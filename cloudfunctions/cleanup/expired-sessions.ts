import type { Invocation } from '../shared/call.ts'
import { NOT_BY_CLIENT } from '../shared/client-document.ts'
import { command as _, ask } from '../shared/database.ts'
import { users } from '../shared/users.ts'
import { BATCH, type Batch, idsOf, withIds } from './batch.ts'

/** Takes sessions past their end out of their users' documents. */
export async function endExpiredSessions({ budget, now }: Invocation): Promise<Batch> {
  const expired = { expiresAt: _.lt(new Date(now)) }
  const query = users()
    .where({ sessions: _.elemMatch(expired), ...NOT_BY_CLIENT })
    .field({ _id: true })
    .limit(BATCH)
  const { data } = await ask(budget, query.get())
  const ids = idsOf(data)
  if (ids.length === 0) return { count: 0 }
  const change = { sessions: _.pull(expired) }
  const { stats } = await ask(budget, withIds('users', ids).update({ data: change }))
  return ids.length < BATCH ? { count: stats.updated } : { count: stats.updated, next: '' }
}
