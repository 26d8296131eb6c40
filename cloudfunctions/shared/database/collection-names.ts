import { COLLECTION_NAMES, OWNED_COLLECTIONS } from '../../app-config.ts'

/** The collections of the login, by the names that its functions use. */
export const LOGIN_COLLECTIONS = [
  'users',
  'audit_logs',
  'avatars',
  'closed_accounts',
  'rate_limits',
  'daily_counts',
] as const

export type LoginCollection = (typeof LOGIN_COLLECTIONS)[number]

/** A collection of the login, or one of the app's own. */
export type CollectionName = LoginCollection | (string & {})

// A row that is missing in the app's table does not compile.
const names: Readonly<Record<LoginCollection, string>> = COLLECTION_NAMES

/** What a collection is called in the database. A collection of the app's own has one name. */
export function databaseName(name: CollectionName): string {
  return Object.hasOwn(names, name) ? names[name as LoginCollection] : name
}

/** Every collection that the functions use, by the names that they use. */
export const ALL_COLLECTIONS: readonly CollectionName[] = [...LOGIN_COLLECTIONS, ...OWNED_COLLECTIONS]
