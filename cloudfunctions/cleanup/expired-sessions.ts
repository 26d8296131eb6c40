import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import { command as _, query } from '../shared/database/database.ts'
import type { Invocation } from '../shared/request/call.ts'
import { users } from '../shared/users/users.ts'
import { type Batch, idsOf, withIds } from './batch.ts'

/** Users of the first batch; the largest is below the 1000 documents that the database gives at once. */
const BATCH_OF_USERS = 60

/** Condition: the user has a session that expired before this time. */
export function usersWithExpiredSessions(before: number): object {
  return { sessions: _.elemMatch({ expiresAt: _.lt(new Date(before)) }), ...NOT_BY_CLIENT }
}

/** Removes expired sessions from their users' documents. */
export async function endExpiredSessions(
  { budget, now }: Invocation,
  _after: string,
  scale: number,
): Promise<Batch> {
  const most = BATCH_OF_USERS * scale
  const expired = { expiresAt: _.lt(new Date(now)) }
  const selection = users().where(usersWithExpiredSessions(now)).field({ _id: true }).limit(most)
  const { data } = await query(budget, selection.get())
  const ids = idsOf(data)
  if (ids.length === 0) return { count: 0 }
  const change = { sessions: _.pull(expired) }
  const { stats } = await query(budget, withIds('users', ids).update({ data: change }))
  return ids.length < most ? { count: stats.updated } : { count: stats.updated, next: '' }
}
