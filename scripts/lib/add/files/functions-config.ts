import { findCollectionNameFaults } from '../../app-config/collection-name-faults.ts'
import type { AddOptions } from '../options.ts'
import type { Payload } from '../payload/payload.ts'
import { Refusal } from '../refusal.ts'

/** Exports of `cloudfunctions/app-config.ts`, by name. */
export interface FunctionsConfig extends Readonly<Record<string, unknown>> {
  COLLECTION_NAMES: Readonly<Record<string, string>>
  OWNED_COLLECTIONS: readonly string[]
}

/**
 * What the functions know of the app, as `cloudfunctions/app-config.ts` exports it.
 * @throws Refusal for names of collections that cannot be
 */
export function functionsConfigOf(
  exported: Payload['functionsConfig'],
  options: AddOptions,
): FunctionsConfig {
  const COLLECTION_NAMES = {
    ...(exported['COLLECTION_NAMES'] as Record<string, string>),
    ...options.collections,
  }
  const [fault] = findCollectionNameFaults(COLLECTION_NAMES, options.owned)
  if (fault !== undefined) throw new Refusal(`--collections, --owned: ${fault}`)
  return {
    ...exported,
    COLLECTION_NAMES,
    OWNED_COLLECTIONS: options.owned,
    DEFAULT_NICKNAME: options.nickname,
  }
}

/** Names in the database of the collections that the functions use: the login's, and the app's with documents of users. */
export function databaseNamesOf({ COLLECTION_NAMES, OWNED_COLLECTIONS }: FunctionsConfig): string[] {
  return [...Object.values(COLLECTION_NAMES), ...OWNED_COLLECTIONS]
}
