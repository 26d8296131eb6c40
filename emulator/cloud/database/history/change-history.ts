import type { ChangeOrigin, DocumentChange } from '../../../control/documents.ts'
import { idText } from '../storage/index-keys.ts'
import type { Document } from '../values/document.ts'
import { toExtendedJson } from '../values/extended-json.ts'
import { type ChangedFields, changedFields } from './changed-fields.ts'
import { describeField, sizeOf } from './describe-change.ts'

/** A document's state before and after a committed write. */
export interface DocumentWrite {
  readonly collection: string
  readonly before: Document | undefined
  readonly after: Document | undefined
}

/** Writes of one request that are recorded; those after them are not. */
export const MAXIMUM_WRITES = 20_000

interface Entry {
  readonly collection: string
  /** The text of its `_id`. */
  readonly document: string
  readonly id: unknown
  readonly at: number
  readonly by: ChangeOrigin
  readonly kind: DocumentChange['kind']
  readonly changed: ChangedFields
  readonly size: number
}

/** What an entry takes besides the values of its fields, in bytes. */
const ENTRY_BYTES = 500

/**
 * The latest changes of each document, in memory alone. A write only leaves the values that it has changed; they are
 * masked and written as JSON when somebody asks.
 */
export class ChangeHistory {
  readonly #perDocument: number
  readonly #maximumEntries: number
  readonly #maximumBytes: number
  /** By collection and document, the oldest first. */
  readonly #collections = new Map<string, Map<string, Entry[]>>()
  /** All of them, the oldest first. */
  readonly #entries = new Set<Entry>()
  #bytes = 0

  constructor({ perDocument = 20, maximumEntries = 20_000, maximumBytes = 64_000_000 } = {}) {
    this.#perDocument = perDocument
    this.#maximumEntries = maximumEntries
    this.#maximumBytes = maximumBytes
  }

  /** To be called when the writes are committed. @param at milliseconds since 1970 by the cloud's clock */
  add(writes: readonly DocumentWrite[], at: number, by: ChangeOrigin): void {
    for (const { collection, before, after } of writes) {
      const changed = changedFields(before, after)
      let size = ENTRY_BYTES
      for (const field of changed.fields) size += sizeOf(field.before) + sizeOf(field.after)
      const id = (after ?? before)?.['_id']
      const kind = before ? (after ? 'update' : 'remove') : 'insert'
      this.#keep({ collection, document: idText(id), id, at, by, kind, changed, size })
    }
  }

  /** The changes of one document, the latest first. */
  ofDocument(collection: string, id: unknown): DocumentChange[] {
    const entries = this.#collections.get(collection)?.get(idText(id)) ?? []
    return entries.map(describe).reverse()
  }

  /** Who has written a document, as far as the changes go back, the oldest first. */
  writersOf(collection: string, id: unknown): readonly Pick<Entry, 'by' | 'kind'>[] {
    return this.#collections.get(collection)?.get(idText(id)) ?? []
  }

  /** The latest changes of a collection, the latest first. */
  ofCollection(collection: string, limit: number): DocumentChange[] {
    const found = [...this.#entries].filter((entry) => entry.collection === collection)
    return found.reverse().slice(0, limit).map(describe)
  }

  /** Its documents are others now, or gone. */
  forget(collection: string): void {
    for (const entries of this.#collections.get(collection)?.values() ?? []) {
      for (const entry of entries) this.#remove(entry)
    }
    this.#collections.delete(collection)
  }

  clear(): void {
    this.#collections.clear()
    this.#entries.clear()
    this.#bytes = 0
  }

  #keep(entry: Entry): void {
    const documents = this.#collections.get(entry.collection) ?? new Map<string, Entry[]>()
    this.#collections.set(entry.collection, documents)
    const entries = documents.get(entry.document) ?? []
    documents.set(entry.document, entries)
    entries.push(entry)
    this.#entries.add(entry)
    this.#bytes += entry.size
    const [oldest] = entries
    if (oldest && entries.length > this.#perDocument) this.#drop(oldest)
    while (this.#entries.size > this.#maximumEntries || this.#bytes > this.#maximumBytes) {
      const [first] = this.#entries
      if (!first) return
      this.#drop(first)
    }
  }

  /** An entry that is the oldest of its document. */
  #drop(entry: Entry): void {
    const documents = this.#collections.get(entry.collection)
    const entries = documents?.get(entry.document)
    entries?.shift()
    if (entries?.length === 0) documents?.delete(entry.document)
    this.#remove(entry)
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry)
    this.#bytes -= entry.size
  }
}

function describe({ id, at, by, kind, changed }: Entry): DocumentChange {
  return {
    at,
    kind,
    id: toExtendedJson(id),
    by,
    fields: changed.fields.map(describeField),
    ...(changed.furtherFields > 0 ? { furtherFields: changed.furtherFields } : {}),
  }
}
