import type { QueryWatch } from '../query-watch.ts'
import type { Collection, IndexDefinition } from '../storage/collection-catalog.ts'
import type { KeyRange } from '../storage/records.ts'
import type { Document } from '../values/document.ts'

/** A document as a request meets it. `number` is missing while only an open transaction knows the document. */
export interface Candidate {
  readonly number: number | undefined
  readonly document: Document
}

/**
 * What a request sees of the database and does to it: the present, or a transaction's snapshot with its own writes.
 */
export interface Access {
  /** @throws DATABASE_COLLECTION_NOT_EXIST */
  collection(name: string): Collection
  /** @returns undefined for a collection that does not exist, which `$lookup` takes for an empty one. */
  findCollection(name: string): Collection | undefined
  count(collection: Collection): number
  /** At least all documents that an index lists under one of the keys; the caller still has to test them. */
  lookup(collection: Collection, index: IndexDefinition, keys: readonly string[]): Iterable<Candidate>
  /**
   * At least all documents of these parts of an index, in its order or the other way round; missing where indexes are
   * only good for single keys.
   */
  readonly ranges?: IndexRanges
  /** Sees what queries read; missing inside transactions. */
  readonly watch?: QueryWatch | undefined
  /** All documents in the order of insertion. */
  scan(collection: Collection): Iterable<Candidate>
  /** The writes throw DATABASE_REQUEST_FAILED E11000 for a unique key that is taken. */
  insert(collection: Collection, document: Document): void
  replace(collection: Collection, candidate: Candidate, document: Document): void
  remove(collection: Collection, candidate: Candidate): void
}

/** Reading an index from one key to another. */
export interface IndexRanges {
  read(
    collection: Collection,
    index: IndexDefinition,
    range: KeyRange,
    isDownwards: boolean,
  ): Iterable<Candidate>
  /** Whether every document is listed once, so that two bounds of a field are met by the same value. */
  isSingleKeyed(collection: Collection, index: IndexDefinition): boolean
  /** Whether documents come in the order of the keys. */
  isInOrder(collection: Collection, index: IndexDefinition): boolean
}
