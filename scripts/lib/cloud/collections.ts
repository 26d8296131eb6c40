import type { CollectionDefinition } from 'wechat-cloud-emulator'
import { ALL_COLLECTIONS, databaseName } from '../../../cloudfunctions/shared/database/collection-names.ts'
import { INDEXES } from './indexes.ts'

/** Collections the functions use, by their names in the database. In the cloud an administrator makes them. */
export const COLLECTIONS: readonly string[] = ALL_COLLECTIONS.map(databaseName)

/**
 * Each collection as the cloud console of a new environment is to have it.
 * @param nameOf its name in the database
 */
export function collectionsToMake(nameOf = databaseName): Record<string, CollectionDefinition> {
  return Object.fromEntries(
    ALL_COLLECTIONS.map((name) => [nameOf(name), { permission: 'ADMINONLY', indexes: indexesOf(name) }]),
  )
}

function indexesOf(collectionName: string) {
  return INDEXES.filter(({ collection }) => collection === databaseName(collectionName)).map(
    ({ name, fields }) => ({ name, keys: fields.map((field) => ({ field, direction: 1 as const })) }),
  )
}
