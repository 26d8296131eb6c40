import type { FieldInfo } from '../../../control/documents.ts'
import type { Clock } from '../../clock.ts'
import type { Store } from '../../store.ts'
import type { CommittedAccess } from '../access/committed-access.ts'
import type { CommittedState } from '../access/committed-state.ts'
import { compileExpression } from '../aggregate/expression.ts'
import { put } from '../commands/write.ts'
import { requestFailed } from '../failures.ts'
import { find } from '../find/find.ts'
import { parseOrder } from '../query/order.ts'
import { compileQuery, compilerOf } from '../query/query.ts'
import { duringRequest } from '../request.ts'
import type { CollectionCatalog } from '../storage/collection-catalog.ts'
import type { Records } from '../storage/records.ts'
import { compileUpdate } from '../update/update.ts'
import type { Document } from '../values/document.ts'
import { equalValues } from '../values/ordering.ts'
import { changedMeanwhile, DocumentChanged } from './document-changed.ts'
import { fieldsOf } from './document-fields.ts'
import { checkUnchanged, type FieldEdit, updateOf } from './field-change.ts'

export interface DocumentsOptions {
  /** A MongoDB query. */
  readonly filter?: Document
  readonly sort?: Record<string, 1 | -1>
  readonly skip?: number
  /** All without it. */
  readonly limit?: number
}

/** A change of all documents of a query. */
export interface BulkChange {
  filter: Document
  /** How many documents the query is to find; it changes nothing when it finds another number. */
  expected: number
  /** Operators of an update; absent to remove the documents. */
  update?: Document
}

/** Documents read from each end of a collection, to see which fields it has. */
const SAMPLE = 300

/**
 * The documents as somebody at the console reads and changes them: committed, past all permissions. Anyone who changes
 * what they saw says what that was, and nothing is written where it is something else by now.
 * Each write throws a CloudError; DATABASE_TRANSACTION_CONFLICT when an open transaction holds a document.
 */
export class ConsoleDocuments {
  readonly #clock: Clock
  readonly #store: Store
  readonly #catalog: CollectionCatalog
  readonly #records: Records
  readonly #committed: CommittedState

  constructor(parts: {
    clock: Clock
    store: Store
    catalog: CollectionCatalog
    records: Records
    committed: CommittedState
  }) {
    this.#clock = parts.clock
    this.#store = parts.store
    this.#catalog = parts.catalog
    this.#records = parts.records
    this.#committed = parts.committed
  }

  /** Some of the documents that match. */
  list(name: string, options: DocumentsOptions): Document[] {
    return this.#find(name, options)
  }

  /** Some of the documents that match, and how many match in all. */
  page(name: string, options: DocumentsOptions): { documents: Document[]; total: number } {
    let total = this.#committed.access().count(this.#catalog.get(name))
    const isAll = Object.keys(options.filter ?? {}).length === 0
    const onCount = (matches: number) => {
      total = matches
    }
    const documents = this.#find(name, options, isAll ? undefined : onCount)
    return { documents, total }
  }

  #find(
    name: string,
    { filter = {}, sort, ...range }: DocumentsOptions,
    onCount?: (matches: number) => void,
  ): Document[] {
    const committed = this.#committed.access()
    const order = sort && parseOrder(sort)
    const test = compileQuery(filter, compileExpression)
    const collection = committed.collection(name)
    return duringRequest(this.#clock.now(), () =>
      find(committed, collection, filter, test, { order, ...range, ...(onCount ? { onCount } : {}) }).map(
        ({ document }) => document,
      ),
    )
  }

  /** The fields of a sample of the documents. */
  fields(name: string): { fields: FieldInfo[]; sampled: number } {
    const documents = this.#records.sample(this.#catalog.get(name), SAMPLE)
    return { fields: fieldsOf(documents), sampled: documents.length }
  }

  /**
   * Inserts the document or replaces the one with its `_id`.
   * @param before what the writer saw; null: no document, undefined: whatever there is
   * @throws DocumentChanged
   */
  put(name: string, document: Document, before?: Document | null): void {
    this.#write((access) => {
      if (before !== undefined) checkSeen(this.#byId(access, name, document['_id'])?.document, before)
      put(access, access.collection(name), document)
    })
  }

  /** Sets or removes one field, and leaves all others as they are. @throws DocumentChanged */
  setField(name: string, edit: FieldEdit): void {
    const update = updateOf(edit)
    this.#write((access, now) => {
      const found = this.#byId(access, name, edit.id)
      if (!found) throw changedMeanwhile('removed')
      checkUnchanged(found.document, edit)
      const apply = compileUpdate(update, compilerOf(compileExpression))
      const changed = apply(found.document, { now, isInsert: false, query: {} })
      access.replace(access.collection(name), found, changed)
    })
  }

  /** @returns whether there was one */
  remove(name: string, id: unknown): boolean {
    return this.#write((access) => {
      const found = this.#byId(access, name, id)
      if (found) access.remove(access.collection(name), found)
      return found !== undefined
    })
  }

  /** Changes or removes all documents of a query as one write. @throws DocumentChanged */
  changeAll(name: string, { filter, expected, update }: BulkChange): void {
    const test = compileQuery(filter, compileExpression)
    const apply = update && compileUpdate(update, compilerOf(compileExpression))
    this.#write((access, now) => {
      const collection = access.collection(name)
      const found = find(access, collection, filter, test)
      if (found.length !== expected) throw otherNumber(expected, found.length)
      for (const candidate of found) {
        if (!apply) access.remove(collection, candidate)
        else {
          const changed = apply(candidate.document, { now, isInsert: false, query: filter })
          if (!equalValues(changed, candidate.document)) access.replace(collection, candidate, changed)
        }
      }
    })
  }

  /**
   * All documents that match, as they are now, whatever is written while they are read. With an order they are in
   * memory at once, else one after the other.
   */
  *read(name: string, { filter = {}, sort }: DocumentsOptions = {}): Generator<Document> {
    if (sort && Object.keys(sort).length > 0) {
      yield* this.list(name, { filter, sort })
      return
    }
    const test = compileQuery(filter, compileExpression)
    const snapshot = this.#store.snapshot()
    try {
      for (const { document } of this.#records.scan(this.#catalog.get(name, snapshot), snapshot)) {
        if (test(document)) yield document
      }
    } finally {
      snapshot.done()
    }
  }

  #byId(access: CommittedAccess, name: string, id: unknown) {
    if (id === undefined) throw requestFailed('缺少 _id · _id is missing')
    const query = { _id: { $eq: id } }
    return find(access, access.collection(name), query, compileQuery(query, compileExpression))[0]
  }

  #write<Result>(write: (access: CommittedAccess, now: number) => Result): Result {
    const now = this.#clock.now()
    return duringRequest(now, () => this.#committed.writeNow((access) => write(access, now)))
  }
}

function checkSeen(present: Document | undefined, seen: Document | null): void {
  if (!present && seen) throw changedMeanwhile('removed')
  if (present && !seen) throw changedMeanwhile('made')
  if (present && seen && !equalValues(present, seen)) throw changedMeanwhile('changed')
}

function otherNumber(expected: number, found: number): DocumentChanged {
  return new DocumentChanged(
    `原来是 ${expected} 个文档，现在是 ${found} 个，没有改动 · ${found} documents instead of ${expected}, nothing was changed`,
  )
}
