import type { Transaction as Snapshot, Database as Table } from 'lmdb'
import type { IndexInfo, Permission } from '../../../control/collection.ts'
import { invalidParameter } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import type { Key, Store } from '../../store.ts'
import { CollectionNotExist, collectionAlreadyExist, requestFailed, tooManyCollections } from '../failures.ts'

const PERMISSIONS: readonly unknown[] = ['READONLY', 'PRIVATE', 'ADMINWRITE', 'ADMINONLY', 'CUSTOM']

/** An index as stored: numbered, so that a new index never meets the entries of a dropped one. */
export interface IndexDefinition extends IndexInfo {
  readonly number: number
}

/** A collection as stored. `indexes[0]` is always `_id_`. */
export interface Collection {
  readonly id: number
  readonly name: string
  readonly permission: Permission
  /** Security rules as JSON text, kept also while another permission holds. */
  readonly rules?: string
  readonly indexes: readonly IndexDefinition[]
}

const ID_INDEX: IndexDefinition = {
  number: 0,
  name: '_id_',
  keys: [{ field: '_id', direction: 1 }],
  unique: true,
}

/** How the keys of indexes are written: 3 is the text of storage/ordered-text.ts, where empty arrays are not null. */
const KEY_FORMAT = 3

/** Which collections and indexes there are. Methods that change something must run inside `store.write`. */
export class CollectionCatalog {
  readonly #collections: Table<Collection, Key>
  readonly #numbers: Table<number, Key>

  constructor(store: Store) {
    this.#collections = store.table('database.collections')
    this.#numbers = store.table('database.numbers')
  }

  find(name: string, snapshot?: Snapshot): Collection | undefined {
    if (!isCollectionName(name)) return undefined
    return this.#collections.get(name, snapshot ? { transaction: snapshot } : {})
  }

  /** @throws DATABASE_COLLECTION_NOT_EXIST */
  get(name: string, snapshot?: Snapshot): Collection {
    const collection = this.find(name, snapshot) ?? this.find(name)
    if (!collection) throw new CollectionNotExist(name)
    return collection
  }

  all(): Collection[] {
    return [...this.#collections.getRange()].map(({ value }) => value)
  }

  /** @throws INVALID_PARAM for a bad name, DATABASE_COLLECTION_ALREADY_EXIST, DATABASE_COLLECTION_EXCEED_LIMIT */
  create(name: string, permission: Permission, rules?: string): void {
    if (!isCollectionName(name)) throw invalidParameter(`not a collection name: ${name.slice(0, 100)}`)
    if (this.find(name)) throw collectionAlreadyExist()
    if (this.#collections.getCount() >= LIMITS.database.collections) {
      throw tooManyCollections(LIMITS.database.collections)
    }
    if (this.#collections.getCount() === 0) this.noteKeyFormat()
    this.#put({
      id: this.#next('collection'),
      name,
      permission: parsePermission(permission),
      ...(rules === undefined ? {} : { rules }),
      indexes: [ID_INDEX],
    })
  }

  /** Whether the indexes were written by an older version, and have to be built again. */
  hasOldKeys(): boolean {
    return this.#collections.getCount() > 0 && this.#numbers.get('keyFormat') !== KEY_FORMAT
  }

  noteKeyFormat(): void {
    this.#numbers.putSync('keyFormat', KEY_FORMAT)
  }

  /** @param rules absent: as they are */
  setPermission(name: string, permission: Permission, rules?: string): void {
    const changed = rules === undefined ? {} : { rules }
    this.#put({ ...this.get(name), permission: parsePermission(permission), ...changed })
  }

  /** What it held stays in the store as {@link discarded} until somebody takes it away. */
  drop(name: string): void {
    this.#discard(this.get(name).id)
    this.#collections.removeSync(name)
  }

  /** A collection under no name: discarded, until it is adopted. */
  stage(): Collection {
    const id = this.#next('collection')
    this.#discard(id)
    return { id, name: '', permission: 'ADMINONLY', indexes: [ID_INDEX] }
  }

  /** An index that a staged collection is to have. @throws as {@link addIndex} */
  stageIndex(collection: Collection, info: IndexInfo): IndexDefinition {
    checkIndex(collection, info)
    return this.#define(info)
  }

  /**
   * Gives a staged collection a name; one that has it is dropped.
   * @throws as {@link create}
   */
  adopt(staged: Collection, name: string, permission: Permission, rules?: string): void {
    if (this.find(name)) this.drop(name)
    this.create(name, permission, rules)
    this.#put({ ...this.get(name), id: staged.id, indexes: staged.indexes })
    this.forgetDiscarded(staged.id)
  }

  /** The numbers of collections that are nobody's any more. */
  discarded(): number[] {
    return [
      ...this.#numbers.getRange({ start: ['discarded', 0], end: ['discarded', Number.MAX_SAFE_INTEGER] }),
    ].map(({ value }) => value)
  }

  /** Nothing is left of it, or it is somebody's again. */
  forgetDiscarded(id: number): void {
    this.#numbers.removeSync(['discarded', id])
  }

  #discard(id: number): void {
    this.#numbers.putSync(['discarded', id], id)
  }

  /** Adds the definition only; listing the documents that are already there is up to the caller. */
  addIndex(name: string, info: IndexInfo): IndexDefinition {
    const collection = this.get(name)
    checkIndex(collection, info)
    const index = this.#define(info)
    this.#put({ ...collection, indexes: [...collection.indexes, index] })
    return index
  }

  /** @throws DATABASE_REQUEST_FAILED for `_id_` and for an index that does not exist. */
  dropIndex(name: string, indexName: string): IndexDefinition {
    const collection = this.get(name)
    const index = collection.indexes.find((candidate) => candidate.name === indexName)
    if (!index) throw requestFailed(`index not found with name [${indexName}]`)
    if (index.number === ID_INDEX.number) throw requestFailed('cannot drop _id index')
    this.#put({ ...collection, indexes: collection.indexes.filter((candidate) => candidate !== index) })
    return index
  }

  /** Flags that are off are left out, so that an index is the same wherever it comes from. */
  #define({ name, keys, unique = false, sparse = false }: IndexInfo): IndexDefinition {
    const flags = { ...(unique ? { unique } : {}), ...(sparse ? { sparse } : {}) }
    return { name, keys, ...flags, number: this.#next('index') }
  }

  #put(collection: Collection): void {
    this.#collections.putSync(collection.name, collection)
  }

  #next(what: 'collection' | 'index'): number {
    const number = (this.#numbers.get(what) ?? 0) + 1
    this.#numbers.putSync(what, number)
    return number
  }
}

/**
 * MongoDB's rules, and what the store's keys can hold: a lone surrogate would come back as another name.
 * Source: "Naming Restrictions" of the MongoDB manual.
 */
function isCollectionName(name: string): boolean {
  const bytes = Buffer.from(name)
  if (bytes.length === 0 || bytes.length > LIMITS.database.collectionNameBytes) return false
  // `.` and `..` could not be in an address.
  return !/^\.{1,2}$|[$\0]/.test(name) && !name.startsWith('system.') && bytes.toString() === name
}

function parsePermission(permission: Permission): Permission {
  if (!PERMISSIONS.includes(permission)) throw invalidParameter(`not a permission: ${String(permission)}`)
  return permission
}

function checkIndex(collection: Collection, { name, keys }: IndexInfo): void {
  if (name === '' || keys.length === 0) throw invalidParameter('an index needs a name and at least one key')
  for (const { field, direction } of keys) {
    const parts = field.split('.')
    if (parts.some((part) => part === '' || part.startsWith('$') || part === '__proto__')) {
      throw invalidParameter(`not a field to index: ${field}`)
    }
    if (![1, -1, '2dsphere'].includes(direction)) throw invalidParameter('not a direction of an index')
  }
  if (collection.indexes.some((index) => index.name === name)) {
    throw requestFailed(`Index with name: ${name} already exists with different options`)
  }
  if (collection.indexes.length >= LIMITS.database.indexes) {
    throw requestFailed(`add index fails, too many indexes for ${collection.name}`)
  }
}
