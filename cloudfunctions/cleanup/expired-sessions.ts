import type { Invocation } from '../shared/call.ts'
import { command as _, ask } from '../shared/database.ts'
import { users } from '../shared/users.ts'
import { BATCH, idsOf, withIds } from './batch.ts'

/** Takes sessions past their end out of their users' documents. */
export async function endExpiredSessions({ budget, now }: Invocation): Promise<number> {
  const expired = { expiresAt: _.lt(new Date(now)) }
  const { data } = await ask(
    budget,
    users()
      .where({ sessions: _.elemMatch(expired) })
      .limit(BATCH)
      .get(),
  )
  const ids = idsOf(data)
  if (ids.length === 0) return 0
  const change = { sessions: _.pull(expired) }
  const { stats } = await ask(budget, withIds('users', ids).update({ data: change }))
  return stats.updated
}
