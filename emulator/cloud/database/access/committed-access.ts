import { type DocumentWrite, MAXIMUM_WRITES } from '../history/change-history.ts'
import type { QueryWatch } from '../query-watch.ts'
import { checkDocument } from '../storage/check-document.ts'
import type { Collection, CollectionCatalog, IndexDefinition } from '../storage/collection-catalog.ts'
import type { Records, StoredRecord } from '../storage/records.ts'
import type { Document } from '../values/document.ts'
import type { Access, Candidate, IndexRanges } from './access.ts'
import { Locked, type Locks, lockKeys } from './locks.ts'

/**
 * The committed state, as requests outside transactions see and change it. Make one for a single `store.write`.
 * A write throws {@link Locked} when an open transaction holds the document; the whole request is then to be done
 * again once that has ended.
 */
export class CommittedAccess implements Access {
  /** The lock keys of everything written, to be noted once the write is committed. */
  readonly changed = new Set<string>()
  /** For the history, once they are committed. */
  readonly writes: DocumentWrite[] = []
  readonly #catalog: CollectionCatalog
  readonly #records: Records
  readonly #locks: Locks

  readonly ranges: IndexRanges = {
    read: (collection, index, range, isDownwards) =>
      this.#read(collection, unique(this.#records.range(collection, index, range, isDownwards))),
    isSingleKeyed: (collection, index) => this.#records.isSingleKeyed(collection, index),
    isInOrder: (collection, index) => this.#records.isInOrder(collection, index),
  }

  readonly watch: QueryWatch | undefined

  /** @param watch observes the reads; undefined for the console's own requests */
  constructor(catalog: CollectionCatalog, records: Records, locks: Locks, watch?: QueryWatch) {
    this.watch = watch
    this.#catalog = catalog
    this.#records = records
    this.#locks = locks
  }

  collection(name: string): Collection {
    return this.#catalog.get(name)
  }

  findCollection(name: string): Collection | undefined {
    return this.#catalog.find(name)
  }

  count(collection: Collection): number {
    return this.#records.count(collection)
  }

  lookup(collection: Collection, index: IndexDefinition, keys: readonly string[]): Iterable<Candidate> {
    const numbers = new Set(keys.flatMap((key) => this.#records.lookup(collection, index, key)))
    return this.#read(collection, keys.length > 1 ? [...numbers].sort((a, b) => a - b) : numbers)
  }

  *#read(collection: Collection, numbers: Iterable<number>): Generator<StoredRecord> {
    for (const number of numbers) {
      const record = this.#records.read(collection, number)
      if (record) yield record
    }
  }

  scan(collection: Collection): Iterable<StoredRecord> {
    return this.#records.scan(collection)
  }

  insert(collection: Collection, document: Document): void {
    checkDocument(document)
    this.#claim(collection, undefined, document)
    this.#records.insert(collection, document)
    this.#note(collection, undefined, document)
  }

  replace(collection: Collection, candidate: Candidate, document: Document): void {
    checkDocument(document)
    this.#claim(collection, candidate.document, document)
    this.#records.replace(collection, stored(candidate), document)
    this.#note(collection, candidate.document, document)
  }

  remove(collection: Collection, candidate: Candidate): void {
    this.#claim(collection, candidate.document, undefined)
    this.#records.remove(collection, stored(candidate))
    this.#note(collection, candidate.document, undefined)
  }

  #note({ name }: Collection, before: Document | undefined, after: Document | undefined): void {
    if (this.writes.length < MAXIMUM_WRITES) this.writes.push({ collection: name, before, after })
  }

  #claim(collection: Collection, before: Document | undefined, after: Document | undefined): void {
    for (const key of lockKeys(collection, before, after)) {
      const holder = this.#locks.holder(key)
      if (holder) throw new Locked(holder)
      this.changed.add(key)
    }
  }
}

function* unique(numbers: Iterable<number>): Generator<number> {
  const seen = new Set<number>()
  for (const number of numbers) {
    if (seen.has(number)) continue
    seen.add(number)
    yield number
  }
}

function stored({ number, document }: Candidate): StoredRecord {
  if (number === undefined) throw new Error('a document of the present always has a record number')
  return { number, document }
}
