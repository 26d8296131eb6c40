import type { Session } from '../shared/users/session.ts'

/** A session that a new one is to replace. */
export interface ReplacedSession {
  id: string
  /** Where the session stood in its user's `sessions` when it was read. */
  index: number
  createdAt: Date
}

/** Finds the session with this id; undefined when it is gone. */
export function findReplaced(
  sessions: readonly Session[],
  id: string | undefined,
): ReplacedSession | undefined {
  const index = sessions.findIndex((session) => session.id === id)
  const session = sessions[index]
  return session && { id: session.id, index, createdAt: session.createdAt }
}
