import { OfflineDatabase } from 'wechat-cloud-emulator/testing'
import { COLLECTIONS } from '../scripts/lib/cloud/collections.ts'
import { INDEXES } from '../scripts/lib/cloud/indexes.ts'

/** The database of a data folder that no cloud runs on, with the project's collections and indexes. */
export function newDatabase(directory: string): OfflineDatabase {
  const database = new OfflineDatabase(directory)
  for (const name of COLLECTIONS) {
    const indexes = INDEXES.filter(({ collection }) => collection === name)
    database.createCollection(
      name,
      indexes.map(({ name, fields }) => ({ name, keys: fields.map((field) => ({ field, direction: 1 })) })),
    )
  }
  return database
}
