import { OWNED_COLLECTIONS } from '../../../cloudfunctions/app-config.ts'
import {
  type CollectionName,
  databaseName,
} from '../../../cloudfunctions/shared/database/collection-names.ts'

/** An index of a query that users, administrators or the timer wait for. Without it the query reads a whole collection. */
export interface DatabaseIndex {
  /** The collection's name in the database. */
  collection: string
  /** Its name in the console. */
  name: string
  /** The fields in their order, each ascending, as 索引管理 takes them. */
  fields: readonly string[]
}

const index = (collection: CollectionName, ...fields: string[]): DatabaseIndex => ({
  collection: databaseName(collection),
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
  // A page goes on after the last user of the page before: by `_id` where several have the same value.
  index('users', 'createdAt', '_id'),
  index('users', 'lastLoginAt', '_id'),
  index('users', 'nickname', '_id'),
  index('users', 'status', 'createdAt', '_id'),
  index('users', 'sessions.device.model', 'createdAt', '_id'),
  index('users', 'avatar'),
  index('users', 'sessions.expiresAt'),
  index('users', 'importedFrom'),
  ...OWNED_COLLECTIONS.flatMap((name) => [
    index(name, 'userId', 'createdAt'),
    index(name, 'userId', 'generation'),
  ]),
  index('audit_logs', 'userId', 'at', '_id'),
  index('audit_logs', 'act', 'at', '_id'),
  index('audit_logs', 'at', '_id'),
  index('avatars', 'userId', 'createdAt'),
  index('avatars', 'settled', 'touchedAt'),
  index('closed_accounts', 'userId'),
  index('closed_accounts', 'dueAt'),
  index('rate_limits', 'updatedAt'),
]
