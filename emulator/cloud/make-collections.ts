import type { IndexInfo } from '../control/collection.ts'
import type { PermissionLevel } from '../control/permissions.ts'
import type { Database } from './database/database.ts'

/** A collection that is to exist. */
export interface CollectionDefinition {
  /** PRIVATE for a new collection by default; that of a known one then stays. */
  permission?: PermissionLevel
  /** Made if there is none of that name. */
  indexes?: readonly IndexInfo[]
}

/**
 * Makes the collections and indexes that are not there yet, and sets the permissions that are given.
 * @throws CloudError for a name or an index that makes no sense
 */
export function makeCollections(
  { database }: { database: Database },
  collections: Readonly<Record<string, PermissionLevel | CollectionDefinition>>,
): void {
  for (const [name, definition] of Object.entries(collections))
    makeCollection(database, name, typeof definition === 'string' ? { permission: definition } : definition)
}

function makeCollection(
  database: Database,
  name: string,
  { permission, indexes = [] }: CollectionDefinition,
): void {
  const known = database.collections().find((collection) => collection.name === name)
  if (!known) database.createCollection(name, permission)
  else if (permission !== undefined && known.permission !== permission)
    database.setPermission(name, permission)
  for (const index of indexes) {
    if (!known?.indexes.some((other) => other.name === index.name)) database.createIndex(name, index)
  }
}
