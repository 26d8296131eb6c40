import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import type { Budget } from '../shared/request/budget.ts'
import type { Session } from '../shared/users/session.ts'
import { updateUser } from '../shared/users/users.ts'

/**
 * Gives one session a later expiry. Sessions move up in their array when an older one ends, so the index read before
 * is part of the condition. Returns false when the session is no longer at that index. One round trip.
 */
export function renewSession(
  budget: Budget,
  userId: string,
  index: number,
  session: Pick<Session, 'id' | 'lastSeenAt' | 'expiresAt'>,
): Promise<boolean> {
  const sameIndex = { _id: userId, status: 'active', ...NOT_BY_CLIENT, [`sessions.${index}.id`]: session.id }
  return updateUser(budget, sameIndex, {
    [`sessions.${index}.expiresAt`]: session.expiresAt,
    [`sessions.${index}.lastSeenAt`]: session.lastSeenAt,
  })
}
