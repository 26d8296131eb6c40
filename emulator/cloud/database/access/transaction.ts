import type { Transaction as Snapshot } from 'lmdb'
import type { Store } from '../../store.ts'
import { duplicateKey, transactionConflict } from '../failures.ts'
import type { DocumentWrite } from '../history/change-history.ts'
import { checkDocument } from '../storage/check-document.ts'
import type { Collection, CollectionCatalog, IndexDefinition } from '../storage/collection-catalog.ts'
import { describeKey, idText, indexedValues, keyText } from '../storage/index-keys.ts'
import type { RecordChange, Records } from '../storage/records.ts'
import { cloneDocument, type Document } from '../values/document.ts'
import type { Access, Candidate } from './access.ts'
import { type Holder, type Locks, lockKeys } from './locks.ts'

/** When a transaction is over, whichever comes first. */
export interface Deadline {
  /** Milliseconds since 1970 by the cloud's clock. */
  readonly clock: number
  /** Milliseconds of `performance.now()`. */
  readonly monotonic: number
}

interface CollectionChanges {
  readonly collection: Collection
  /** By the text of `_id`, in the order of the first write. */
  readonly changes: Map<string, RecordChange>
}

/**
 * A transaction: it reads the state of the moment of its first operation and its own writes, which nobody else sees before
 * it is committed. The first writer of a document wins; who comes second fails at its write.
 */
export class Transaction implements Access, Holder {
  readonly id: string
  readonly deadline: Deadline
  readonly ended: Promise<void>
  readonly #catalog: CollectionCatalog
  readonly #records: Records
  readonly #locks: Locks
  readonly #store: Store
  #view: { readonly snapshot: Snapshot; readonly sequence: number } | undefined
  readonly #written = new Map<number, CollectionChanges>()
  #end: () => void = () => {}

  constructor(
    id: string,
    deadline: Deadline,
    store: Store,
    parts: { readonly catalog: CollectionCatalog; readonly records: Records; readonly locks: Locks },
  ) {
    this.id = id
    this.deadline = deadline
    this.#store = store
    this.#catalog = parts.catalog
    this.#records = parts.records
    this.#locks = parts.locks
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  collection(name: string): Collection {
    return this.#catalog.get(name, this.#snapshot)
  }

  findCollection(name: string): Collection | undefined {
    return this.#catalog.find(name, this.#snapshot)
  }

  count(collection: Collection): number {
    return [...this.scan(collection)].length
  }

  lookup(collection: Collection, index: IndexDefinition, keys: readonly string[]): Candidate[] {
    const changes = this.#changes(collection)
    const numbers = new Set(
      keys.flatMap((key) => this.#records.lookup(collection, index, key, this.#snapshot)),
    )
    const untouched = [...numbers]
      .sort((a, b) => a - b)
      .flatMap((number) => this.#records.read(collection, number, this.#snapshot) ?? [])
      .filter(({ document }) => !changes.has(idText(document['_id'])))
    return [...untouched, ...[...changes.values()].flatMap(current)]
  }

  *scan(collection: Collection): Generator<Candidate> {
    const changes = this.#changes(collection)
    for (const record of this.#records.scan(collection, this.#snapshot)) {
      const change = changes.size === 0 ? undefined : changes.get(idText(record.document['_id']))
      if (change) yield* current(change)
      else yield record
    }
    for (const change of changes.values()) if (!change.record) yield* current(change)
  }

  insert(collection: Collection, document: Document): void {
    checkDocument(document)
    this.#write(collection, undefined, document)
  }

  replace(collection: Collection, candidate: Candidate, document: Document): void {
    checkDocument(document)
    this.#write(collection, candidate, document)
  }

  remove(collection: Collection, candidate: Candidate): void {
    this.#write(collection, candidate, undefined)
  }

  /**
   * Makes the writes real; to be called inside `store.write`.
   * @returns the lock keys of everything changed, and the writes
   * @throws DATABASE_TRANSACTION_CONFLICT when a collection is gone, DATABASE_REQUEST_FAILED E11000 when an index
   * made in the meantime forbids a document.
   */
  apply(): { changed: Set<string>; writes: DocumentWrite[] } {
    const changed = new Set<string>()
    const writes: DocumentWrite[] = []
    for (const { collection, changes } of this.#written.values()) {
      if (changes.size === 0) continue
      const present = this.#catalog.find(collection.name)
      if (present?.id !== collection.id) throw transactionConflict()
      this.#records.applyAll(present, [...changes.values()])
      for (const { record, document } of changes.values()) {
        for (const key of lockKeys(present, record?.document, document)) changed.add(key)
        if (record || document)
          writes.push({ collection: present.name, before: record?.document, after: document })
      }
    }
    return { changed, writes }
  }

  /** Frees the snapshot and the locks, and lets those who wait go on. */
  close(): void {
    this.#locks.release(this)
    this.#view?.snapshot.done()
    this.#end()
  }

  /** Taken at the first operation, as in MongoDB: what others committed before it is no conflict. */
  get #firstView(): { readonly snapshot: Snapshot; readonly sequence: number } {
    this.#view ??= { snapshot: this.#store.snapshot(), sequence: this.#locks.sequence }
    return this.#view
  }

  get #snapshot(): Snapshot {
    return this.#firstView.snapshot
  }

  #changes(collection: Collection): Map<string, RecordChange> {
    const written = this.#written.get(collection.id)
    if (written) return written.changes
    const changes = new Map<string, RecordChange>()
    this.#written.set(collection.id, { collection, changes })
    return changes
  }

  #write(collection: Collection, before: Candidate | undefined, after: Document | undefined): void {
    this.#lock(collection, before?.document, after)
    if (after) this.#checkUnique(collection, after, before?.document['_id'])
    const changes = this.#changes(collection)
    const id = idText((before?.document ?? after)?.['_id'])
    const record = changes.get(id)?.record ?? original(before) ?? this.#snapshotRecord(collection, id)
    changes.set(id, { record, document: after && cloneDocument(after) })
  }

  /** A document that the transaction removes and inserts again still replaces the old one. */
  #snapshotRecord(collection: Collection, id: string): RecordChange['record'] {
    const [idIndex] = collection.indexes
    const number = idIndex && this.#records.lookup(collection, idIndex, id, this.#snapshot)[0]
    return number === undefined ? undefined : this.#records.read(collection, number, this.#snapshot)
  }

  #lock(collection: Collection, before: Document | undefined, after: Document | undefined): void {
    const keys = lockKeys(collection, before, after)
    for (const key of keys) {
      const holder = this.#locks.holder(key)
      if (holder && holder !== this) throw transactionConflict()
      if (this.#locks.changedAfter(key, this.#firstView.sequence)) throw transactionConflict()
    }
    for (const key of keys) this.#locks.take(key, this)
  }

  #checkUnique(collection: Collection, document: Document, ownId: unknown): void {
    for (const index of collection.indexes) {
      if (!index.unique) continue
      for (const values of indexedValues(index, document)) {
        if (this.#isTaken(collection, index, keyText(values), ownId)) {
          throw duplicateKey(collection.name, index.name, describeKey(index, values))
        }
      }
    }
  }

  #isTaken(collection: Collection, index: IndexDefinition, key: string, ownId: unknown): boolean {
    const ownIdText = ownId === undefined ? undefined : idText(ownId)
    return this.lookup(collection, index, [key]).some(
      ({ document }) =>
        idText(document['_id']) !== ownIdText &&
        indexedValues(index, document).some((values) => keyText(values) === key),
    )
  }
}

function current({ record, document }: RecordChange): Candidate[] {
  return document ? [{ number: record?.number, document: cloneDocument(document) }] : []
}

function original(candidate: Candidate | undefined): RecordChange['record'] {
  if (candidate?.number === undefined) return undefined
  return { number: candidate.number, document: candidate.document }
}
