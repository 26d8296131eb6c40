import { deserialize, serialize } from 'bson'
import type { Transaction as Snapshot, Database as Table } from 'lmdb'
import type { Key, Store } from '../../store.ts'
import { duplicateKey } from '../failures.ts'
import type { Document } from '../values/document.ts'
import type { Collection, IndexDefinition } from './collection-catalog.ts'
import { describeKey, HASHED, indexedValues, isMultikey, keyText } from './index-keys.ts'

/** A stored document and its number. Numbers grow with every insert and are never used again. */
export interface StoredRecord {
  readonly number: number
  readonly document: Document
}

/** One document's change: from `record` (undefined: inserted) to `document` (undefined: removed). */
export interface RecordChange {
  readonly record: StoredRecord | undefined
  readonly document: Document | undefined
}

/** A part of an index, by the texts of its keys: from `low` to below `high`. */
export interface KeyRange {
  readonly low: string
  readonly high: string
}

interface Counters {
  readonly lastNumber: number
  readonly documents: number
}

const NOTHING = Buffer.alloc(0)
/** Keys in order begin with a hexadecimal digit. */
const BEHIND_HASHED = '0'

/**
 * The documents themselves and the entries of their indexes.
 * A document lies under a growing record number, so that natural order is the order of insertion; every index,
 * `_id_` too, lists it under [collection, index, key, record number]. Looking up a key never reads other documents.
 * Methods that change something must run inside `store.write`; reads take a snapshot or see the present.
 */
export class Records {
  readonly #records: Table<Buffer, Key>
  readonly #entries: Table<Buffer, Key>
  readonly #counters: Table<Counters, Key>
  /** The indexes that list some document more than once, since it holds an array. */
  readonly #multikey: Table<true, Key>

  constructor(store: Store) {
    this.#records = store.binaryTable('database.records')
    this.#entries = store.binaryTable('database.entries')
    this.#counters = store.table('database.counters')
    this.#multikey = store.table('database.multikey')
  }

  count(collection: Collection, snapshot?: Snapshot): number {
    return this.#counters.get(collection.id, reading(snapshot))?.documents ?? 0
  }

  read(collection: Collection, number: number, snapshot?: Snapshot): StoredRecord | undefined {
    const bytes = this.#records.get([collection.id, number], reading(snapshot))
    return bytes && { number, document: decode(bytes) }
  }

  /** All documents in the order of insertion. */
  *scan(collection: Collection, snapshot?: Snapshot): Generator<StoredRecord> {
    const range = {
      start: [collection.id, 0],
      end: [collection.id, Number.MAX_SAFE_INTEGER],
      ...reading(snapshot),
    }
    for (const { key, value } of this.#records.getRange(range)) {
      yield { number: (key as [number, number])[1], document: decode(value) }
    }
  }

  /** Some documents from both ends of a collection, each once. */
  sample(collection: Collection, count: number): Document[] {
    const [start, end] = [
      [collection.id, 0],
      [collection.id, Number.MAX_SAFE_INTEGER],
    ]
    const found = new Map<string, Document>()
    for (const range of [
      { start, end, limit: count },
      { start: end, end: start, limit: count, reverse: true },
    ]) {
      for (const { key, value } of this.#records.getRange(range)) found.set(String(key), decode(value))
    }
    return [...found.values()]
  }

  /** The record numbers an index lists under a key, in the order of insertion. */
  lookup(collection: Collection, index: IndexDefinition, key: string, snapshot?: Snapshot): number[] {
    const start = [collection.id, index.number, key, 0]
    const end = [collection.id, index.number, key, Number.MAX_SAFE_INTEGER]
    const keys = this.#entries.getKeys({ start, end, ...reading(snapshot) })
    return [...keys].map((entry) => (entry as [number, number, string, number])[3])
  }

  /**
   * The record numbers in a part of an index, in the order of the keys and then of insertion; a document with an array
   * may come several times. Keys too long to be in order come first, whether or not they belong to the part.
   * @param isDownwards the greatest keys first; documents of one key stay in the order of insertion
   */
  *range(
    collection: Collection,
    index: IndexDefinition,
    { low, high }: KeyRange,
    isDownwards = false,
  ): Generator<number> {
    const keys = (from: string, to: string, reverse = false) => {
      const [start, end] = reverse ? [to, from] : [from, to]
      const bounds = { start: [collection.id, index.number, start], end: [collection.id, index.number, end] }
      return this.#entries.getKeys({ ...bounds, reverse }) as Iterable<[number, number, string, number]>
    }
    for (const [, , , number] of keys(HASHED, BEHIND_HASHED)) yield number
    if (!isDownwards) {
      for (const [, , , number] of keys(low, high)) yield number
      return
    }
    let current: { text: string; numbers: number[] } | undefined
    for (const [, , text, number] of keys(low, high, true)) {
      if (current && current.text !== text) yield* current.numbers.reverse()
      if (current?.text === text) current.numbers.push(number)
      else current = { text, numbers: [number] }
    }
    if (current) yield* current.numbers.reverse()
  }

  /** Whether an index lists every document once, under the value of a field and not of an array's element. */
  isSingleKeyed(collection: Collection, index: IndexDefinition): boolean {
    return this.#multikey.get([collection.id, index.number]) === undefined
  }

  /** Whether all keys of an index are in order: none was too long. */
  isInOrder(collection: Collection, index: IndexDefinition): boolean {
    const bounds = {
      start: [collection.id, index.number, HASHED],
      end: [collection.id, index.number, BEHIND_HASHED],
      limit: 1,
    }
    return [...this.#entries.getKeys(bounds)].length === 0
  }

  /**
   * @param isNew whether it is certain that no unique index lists a key of it, which is then not looked up
   * @throws DATABASE_REQUEST_FAILED E11000 when a unique index already lists one of its keys.
   */
  insert(collection: Collection, document: Document, isNew = false): number {
    const { lastNumber, documents } = this.#counters.get(collection.id) ?? { lastNumber: 0, documents: 0 }
    const number = lastNumber + 1
    this.#put(collection, number, document, isNew)
    this.#counters.putSync(collection.id, { lastNumber: number, documents: documents + 1 })
    return number
  }

  /** @throws as {@link insert} */
  replace(collection: Collection, record: StoredRecord, document: Document): void {
    this.applyAll(collection, [{ record, document }])
  }

  remove(collection: Collection, record: StoredRecord): void {
    this.applyAll(collection, [{ record, document: undefined }])
  }

  /**
   * Makes several changes that are to be seen together: all old index entries go before the new ones come, so that
   * documents may exchange their unique keys.
   * @throws as {@link insert}
   */
  applyAll(collection: Collection, changes: readonly RecordChange[]): void {
    for (const { record } of changes) if (record) this.#withdraw(collection, record)
    for (const { record, document } of changes) {
      if (record && document) this.#put(collection, record.number, document)
      else if (record) this.#delete(collection, record.number)
      else if (document) this.insert(collection, document)
    }
  }

  /** Lists every document in a new index. */
  buildIndex(collection: Collection, index: IndexDefinition): void {
    for (const { number, document } of this.scan(collection)) {
      this.#enterIndex(collection, index, number, document)
    }
  }

  /** Lists every document in every index again. */
  rebuildIndexes(collection: Collection): void {
    this.#clearRange(this.#entries, [collection.id])
    for (const index of collection.indexes) this.buildIndex(collection, index)
  }

  clearIndex(collection: Collection, index: IndexDefinition): void {
    this.#clearRange(this.#entries, [collection.id, index.number])
    this.#multikey.removeSync([collection.id, index.number])
  }

  /** Lists one document in an index that is being built. @throws as {@link insert} */
  enterIndex(collection: Collection, index: IndexDefinition, number: number): void {
    const record = this.read(collection, number)
    if (record) this.#enterIndex(collection, index, number, record.document)
  }

  /**
   * Takes away some of what a collection holds, so that each step is short.
   * @returns whether nothing is left
   */
  clearSome(collectionId: number, limit: number): boolean {
    for (const table of [this.#records, this.#entries]) {
      const keys = [...table.getKeys({ start: [collectionId], end: [collectionId + 1], limit })]
      for (const key of keys) table.removeSync(key)
      if (keys.length === limit) return false
    }
    this.#clearRange(this.#multikey, [collectionId])
    this.#counters.removeSync(collectionId)
    return true
  }

  #put(collection: Collection, number: number, document: Document, isNew = false): void {
    this.#enter(collection, number, document, isNew)
    this.#records.putSync([collection.id, number], encode(document))
  }

  #delete(collection: Collection, number: number): void {
    this.#records.removeSync([collection.id, number])
    const counters = this.#counters.get(collection.id) ?? { lastNumber: number, documents: 1 }
    this.#counters.putSync(collection.id, { ...counters, documents: counters.documents - 1 })
  }

  #clearRange(table: Pick<Table<unknown, Key>, 'getKeys' | 'removeSync'>, prefix: number[]): void {
    const last = prefix.at(-1) ?? 0
    const keys = [...table.getKeys({ start: prefix, end: [...prefix.slice(0, -1), last + 1] })]
    for (const key of keys) table.removeSync(key)
  }

  #enter(collection: Collection, number: number, document: Document, isNew: boolean): void {
    for (const index of collection.indexes) this.#enterIndex(collection, index, number, document, isNew)
  }

  #enterIndex(
    collection: Collection,
    index: IndexDefinition,
    number: number,
    document: Document,
    isNew = false,
  ): void {
    const keys = indexedValues(index, document)
    if (isMultikey(index, document)) this.#multikey.putSync([collection.id, index.number], true)
    for (const values of keys) {
      const key = keyText(values)
      if (index.unique && !isNew) this.#checkUnique(collection, index, key, number, values)
      this.#entries.putSync([collection.id, index.number, key, number], NOTHING)
    }
  }

  #checkUnique(
    collection: Collection,
    index: IndexDefinition,
    key: string,
    number: number,
    values: unknown[],
  ): void {
    const holders = this.lookup(collection, index, key)
    if (holders.some((holder) => holder !== number)) {
      throw duplicateKey(collection.name, index.name, describeKey(index, values))
    }
  }

  #withdraw(collection: Collection, { number, document }: StoredRecord): void {
    for (const index of collection.indexes) {
      for (const values of indexedValues(index, document)) {
        this.#entries.removeSync([collection.id, index.number, keyText(values), number])
      }
    }
  }
}

function reading(snapshot: Snapshot | undefined): { transaction?: Snapshot } {
  return snapshot ? { transaction: snapshot } : {}
}

function encode(document: Document): Buffer {
  return Buffer.from(serialize(document))
}

function decode(bytes: Buffer): Document {
  return deserialize(bytes, { bsonRegExp: true })
}
