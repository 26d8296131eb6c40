import { NOT_BY_CLIENT } from '../database/client-document.ts'
import { command as _, collection, query } from '../database/database.ts'
import type { Budget } from '../request/budget.ts'
import type { Call } from '../request/call.ts'
import { parseUser, type User } from './user.ts'

export const users = () => collection('users')

/** The whole document. One round trip. */
export async function findUser(budget: Budget, userId: string): Promise<User | null> {
  return parseFound(await query(budget, users().doc(userId).get()))
}

/**
 * The document without `loginWindow`, which only a login reads: its thirty dates would be half of what every
 * authenticated call fetches and decodes. One round trip.
 */
export async function findUserOfSession(budget: Budget, userId: string): Promise<User | null> {
  return parseFound(await query(budget, users().doc(userId).field({ loginWindow: false }).get()))
}

function parseFound({ data }: { data: unknown }): User | null {
  return data === null || data === undefined ? null : parseUser(data)
}

/**
 * Changes the one document that meets the condition, and returns whether there was one. One round trip.
 *
 * Whether `updated` counts the documents a condition matched or those that are different afterwards is not documented.
 * Each change therefore includes a revision: a matching document is always different, even when the same change is
 * written twice in one millisecond.
 */
export async function updateUser(budget: Budget, condition: object, change: object): Promise<boolean> {
  const data = { ...change, revision: _.inc(1) }
  const { stats } = await query(budget, users().where(condition).update({ data }))
  return stats.updated === 1
}

/**
 * Changes the document of a logged-in user. The same write checks that the user is still logged in: an account that was
 * closed or disabled meanwhile, or whose session has ended, stays as it is. Returns whether it was changed. One round trip.
 */
export async function changeLoggedIn(
  { budget, userId, now }: Pick<Call, 'budget' | 'userId' | 'now'>,
  sessionId: string,
  change: object,
  condition: object = {},
): Promise<boolean> {
  const at = new Date(now)
  const stillLoggedIn = {
    _id: userId,
    status: 'active',
    ...NOT_BY_CLIENT,
    sessions: _.elemMatch({ id: sessionId, expiresAt: _.gt(at) }),
  }
  return updateUser(budget, _.and([stillLoggedIn, condition]), { ...change, updatedAt: at })
}
