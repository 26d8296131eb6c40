import type { Cloud } from '../emulator/cloud/cloud.ts'
import { INDEXES } from './indexes.ts'

/** Collections the functions use. In the cloud an administrator makes them, with this permission. */
export const COLLECTIONS = ['users', 'trips', 'audit_logs', 'avatars', 'closed_accounts', 'rate_limits']

/** The console steps of a new environment, done here for the developer: functions make neither collections nor indexes. */
export function ensureCollections({ database }: Cloud): void {
  for (const name of COLLECTIONS) {
    if (!database.collections().some((collection) => collection.name === name))
      database.createCollection(name, 'ADMINONLY')
  }
  const known = new Map(database.collections().map(({ name, indexes }) => [name, indexes]))
  for (const { collection, name, fields } of INDEXES) {
    if (known.get(collection)?.some((index) => index.name === name)) continue
    database.createIndex(collection, {
      name,
      keys: fields.map((field) => ({ field, direction: 1 as const })),
    })
  }
}
