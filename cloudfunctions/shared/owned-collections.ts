import type { User } from './user.ts'

/**
 * Collections whose documents belong to a user: each has the fields of `ownership` and `createdAt` (a date), is part of
 * what a user can take away (`account.export`), and goes when the account is closed. A function that keeps things
 * of its own for a user names its collection here.
 */
export const OWNED_COLLECTIONS: readonly string[] = ['trips']

/** Says whose document it is: of which user, and of which account of theirs. Accounts of older versions have no mark. */
export interface Ownership {
  userId: string
  generation?: string
}

export function ownership({ _id, generation }: Pick<User, '_id' | 'generation'>): Ownership {
  return { userId: _id, ...(generation === undefined ? {} : { generation }) }
}
