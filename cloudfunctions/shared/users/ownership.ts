import type { User } from './user.ts'

/** The fields that name a document's user and account. Accounts of older versions have no generation. */
export interface Ownership {
  userId: string
  generation?: string
}

/** The fields for a new document of this user. */
export function ownership({ _id, generation }: Pick<User, '_id' | 'generation'>): Ownership {
  return { userId: _id, ...(generation === undefined ? {} : { generation }) }
}
