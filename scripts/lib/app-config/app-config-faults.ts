import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { findCollectionNameFaults } from './collection-name-faults.ts'
import { readExports } from './read-exports.ts'

const CONFIG = 'app-config.ts'

/**
 * Checks the configuration in a folder of functions.
 * @param source a folder with one folder a function; without an `app-config.ts` nothing is wrong
 * @returns a line for each fault
 */
export async function findAppConfigFaults(source: string): Promise<string[]> {
  const file = join(source, CONFIG)
  if (!existsSync(file)) return []
  const { COLLECTION_NAMES, OWNED_COLLECTIONS } = await readExports(file)
  // Functions of another project may have a file of this name.
  if (COLLECTION_NAMES === undefined) return []
  const shown = relative('.', file).replaceAll(sep, '/')
  return findCollectionNameFaults(COLLECTION_NAMES, OWNED_COLLECTIONS).map((fault) => `${shown}: ${fault}`)
}
