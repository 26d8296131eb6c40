/** An index that somebody waits for: without it a query reads a collection from its beginning to its end. */
export interface DatabaseIndex {
  collection: string
  /** As the console shows it. */
  name: string
  /** The fields in their order, each ascending, as 索引管理 takes them. */
  fields: readonly string[]
}

const index = (collection: string, ...fields: string[]): DatabaseIndex => ({
  collection,
  name: fields.map((field) => field.replaceAll('.', '_')).join('__'),
  fields,
})

/**
 * Every index of the functions. `test/indexes/` runs all that users, administrators and the timer can ask, and finds
 * both a query without an index and an index without a query.
 */
export const INDEXES: readonly DatabaseIndex[] = [
  index('users', 'phoneHash'),
  index('users', 'phoneCipher'),
  index('users', 'status', 'closingAt'),
  index('users', 'createdAt'),
  index('users', 'lastLoginAt'),
  index('users', 'avatar'),
  index('users', 'sessions.expiresAt'),
  index('trips', 'userId', 'createdAt'),
  index('trips', 'userId', 'generation'),
  index('audit_logs', 'userId', 'at'),
  index('audit_logs', 'at'),
  index('avatars', 'userId', 'createdAt'),
  index('avatars', 'settled', 'touchedAt'),
  index('closed_accounts', 'userId'),
  index('closed_accounts', 'dueAt'),
  index('rate_limits', 'updatedAt'),
]
