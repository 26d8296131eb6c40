import { type Cloud, makeCollections } from 'wechat-cloud-emulator'
import { databaseName } from '../../../cloudfunctions/shared/database/collection-names.ts'
import { collectionsToMake } from './collections.ts'

/**
 * The console steps of a new environment, done here for the developer: functions make neither collections nor indexes.
 * @param nameOf what the functions call a collection in the database; by default as this project's do
 */
export function ensureCollections(cloud: Cloud, nameOf = databaseName): void {
  makeCollections(cloud, collectionsToMake(nameOf))
}
