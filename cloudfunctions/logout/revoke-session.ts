import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import { command as _ } from '../shared/database/database.ts'
import type { Budget } from '../shared/request/budget.ts'
import { updateUser } from '../shared/users/users.ts'

/** Removes one session; returns whether it was there. One round trip. */
export function revokeSession(budget: Budget, userId: string, sessionId: string): Promise<boolean> {
  const itsUser = { _id: userId, 'sessions.id': sessionId, ...NOT_BY_CLIENT }
  return updateUser(budget, itsUser, { sessions: _.pull({ id: sessionId }) })
}
