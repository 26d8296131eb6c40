import type { Database as Table } from 'lmdb'
import type { CollectionInfo, Permission } from '../../control/collection.ts'
import type { FunctionRules, PermissionLevel, Permissions, StorageRules } from '../../control/permissions.ts'
import { DEFAULT_FUNCTION_RULES } from '../rules/function-rules.ts'
import type { Key, Store } from '../store.ts'
import { isLevel, parsePermissions } from './parse-permissions.ts'
import { PermissionsFile } from './permissions-file.ts'

/** The collections that the permissions are of. */
export interface PermittedCollections {
  collections(): CollectionInfo[]
  setPermission(name: string, permission: Permission, rules?: string): void
}

export interface EnvironmentPermissionsOptions {
  store: Store
  /** Hold from the start on, over what the data folder says. */
  permissions?: Permissions | undefined
  /** A file of the project: read now and whenever it has changed; changes are written to it. */
  file?: string | undefined
  /** Receives each problem of the file. */
  onProblem?: (problem: string) => void
}

/**
 * Who may do what from a mini-program: kept in the data folder, and in a file of the project where one is named. A file
 * with a mistake changes nothing; {@link problem} says what is wrong with it.
 */
export class EnvironmentPermissions {
  readonly #settings: Table<string, Key>
  readonly #store: Store
  readonly #file: PermissionsFile | undefined
  readonly #onProblem: (problem: string) => void
  #declared: Permissions
  #collections: PermittedCollections | undefined
  #problem: string | undefined

  /** @throws RuleError with the place of a mistake in `permissions` */
  constructor({ store, permissions = {}, file, onProblem = () => {} }: EnvironmentPermissionsOptions) {
    this.#onProblem = onProblem
    this.#store = store
    this.#settings = store.table('permissions')
    this.#declared = parsePermissions(permissions)
    if (file !== undefined) this.#file = new PermissionsFile(file)
  }

  /** Puts the declared permissions into force. To be called once, when the collections are there. */
  attach(collections: PermittedCollections): void {
    this.#collections = collections
    this.#apply(this.#declared)
    this.refresh()
  }

  /** The permission that a collection has from its creation on, if one was declared. */
  declaredFor(name: string): { permission: Permission; rules?: string } | undefined {
    const { collections = {} } = this.#declared
    return Object.hasOwn(collections, name) ? asPermission(collections[name]) : undefined
  }

  get storage(): PermissionLevel | StorageRules {
    return this.#read('storage') ?? 'READONLY'
  }

  get functions(): FunctionRules {
    return this.#read('functions') ?? DEFAULT_FUNCTION_RULES
  }

  /** Path of the project's file, if one is named. */
  get file(): string | undefined {
    return this.#file?.path
  }

  /** What is wrong with the file now. */
  get problem(): string | undefined {
    return this.#problem
  }

  /** All that is in force, as a file would keep it. */
  all(): Permissions {
    const known = this.#collections?.collections() ?? []
    const inForce = known.map(({ name, permission, rules = '{}' }) => {
      return [name, permission === 'CUSTOM' ? JSON.parse(rules) : permission] as const
    })
    const { storage, functions } = this
    return {
      collections: { ...this.#declared.collections, ...Object.fromEntries(inForce) },
      storage,
      functions,
    }
  }

  /** @throws RuleError */
  setCollection(name: string, permission: Permission, rules?: string): void {
    this.#collections?.setPermission(name, permission, rules)
    const { collections = {} } = this.all()
    this.#declare({ collections: { [name]: collections[name] ?? 'PRIVATE' } })
  }

  /** @throws RuleError */
  setStorage(storage: PermissionLevel | StorageRules): void {
    this.#apply(parsePermissions({ storage }))
    this.#declare({ storage })
  }

  /** @throws RuleError */
  setFunctions(functions: FunctionRules): void {
    this.#apply(parsePermissions({ functions }))
    this.#declare({ functions })
  }

  /** Reads the file again if it has changed. Never throws: see {@link problem}. */
  refresh(): void {
    try {
      const changed = this.#file?.readIfChanged()
      if (!changed) return
      this.#declared = overlay(this.#declared, changed)
      this.#apply(changed)
      this.#problem = undefined
    } catch (error) {
      this.#problem = (error as Error).message
      this.#onProblem(this.#problem)
    }
  }

  /** Forgets permissions set in the console; declared ones stay. */
  clear(): void {
    this.#store.write(() => this.#settings.clearSync())
    this.#apply(this.#declared)
  }

  #apply({ collections = {}, storage, functions }: Permissions): void {
    const known = new Set(this.#collections?.collections().map(({ name }) => name))
    for (const [name, value] of Object.entries(collections)) {
      const { permission, rules } = asPermission(value)
      if (known.has(name)) this.#collections?.setPermission(name, permission, rules)
    }
    this.#store.write(() => {
      if (storage !== undefined) this.#settings.putSync('storage', JSON.stringify(storage))
      if (functions !== undefined) this.#settings.putSync('functions', JSON.stringify(functions))
    })
  }

  /** Writes a change to the project's file. */
  #declare(change: Permissions): void {
    if (!this.#file) return
    this.#declared = overlay(this.#declared, change)
    this.#file.write(this.#declared)
    this.#problem = undefined
  }

  #read<Value>(key: 'storage' | 'functions'): Value | undefined {
    const text = this.#settings.get(key)
    return text === undefined ? undefined : JSON.parse(text)
  }
}

function asPermission(value: unknown): { permission: Permission; rules?: string } {
  return isLevel(value)
    ? { permission: value }
    : { permission: 'CUSTOM', rules: JSON.stringify(value, null, 2) }
}

function overlay(below: Permissions, above: Permissions): Permissions {
  return { ...below, ...above, collections: { ...below.collections, ...above.collections } }
}
