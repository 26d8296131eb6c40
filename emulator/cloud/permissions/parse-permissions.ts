import type { Permission } from '../../control/collection.ts'
import type {
  CollectionRules,
  PermissionLevel,
  Permissions,
  StorageRules,
} from '../../control/permissions.ts'
import { parseCollectionRules } from '../rules/collection-rules.ts'
import { parseFunctionRules } from '../rules/function-rules.ts'
import { objectOf, requireKeys } from '../rules/read-json.ts'
import { RuleError } from '../rules/rule-error.ts'
import { parseStorageRules } from '../rules/storage-rules.ts'

const LEVELS: readonly unknown[] = ['READONLY', 'PRIVATE', 'ADMINWRITE', 'ADMINONLY'] satisfies Permission[]

export function isLevel(value: unknown): value is PermissionLevel {
  return LEVELS.includes(value)
}

/**
 * Checks all permissions of an environment.
 * @param source an object, or the JSON text of a file
 * @throws RuleError with the place of the mistake
 */
export function parsePermissions(source: unknown): Permissions {
  const values = objectOf(source)
  requireKeys(values, ['collections', 'storage', 'functions'])
  const { collections = {}, storage, functions } = values
  for (const [name, value] of Object.entries(objectOf(collections, 'collections'))) {
    checkLevelOr(value, `collections.${name}`, (rules) => parseCollectionRules(rules as CollectionRules))
  }
  if (storage !== undefined) {
    checkLevelOr(storage, 'storage', (rules) => parseStorageRules(rules as StorageRules))
  }
  if (functions !== undefined) within('functions', () => parseFunctionRules(functions as string))
  return values as Permissions
}

function checkLevelOr(value: unknown, key: string, check: (rules: unknown) => unknown): void {
  if (isLevel(value)) return
  if (typeof value !== 'object' || value === null) {
    throw new RuleError(`应当是 ${LEVELS.join('、')} 或安全规则`, { key })
  }
  within(key, () => check(value))
}

/** Puts a key in front of the place of a mistake. */
function within(key: string, check: () => unknown): void {
  try {
    check()
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    throw error.under(key)
  }
}
