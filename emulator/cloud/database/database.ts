import type { Clock } from '../clock.ts'
import { CloudError, invalidParameter } from '../errors.ts'
import type { Store } from '../store.ts'
import { Locked, Locks } from './access/locks.ts'
import { Present } from './access/present.ts'
import { Transactions } from './access/transactions.ts'
import { compileExpression } from './aggregate/expression.ts'
import { requestFailed, transactionConflict, transactionNotExist } from './failures.ts'
import { type ImportOptions, type ImportTarget, importFile } from './import/import.ts'
import { StagedCollection } from './import/staged-collection.ts'
import { Sweeper } from './import/sweeper.ts'
import { parseOrder } from './query/order.ts'
import { compileQuery } from './query/query.ts'
import { QueryWatch } from './query-watch.ts'
import { duringRequest } from './request.ts'
import { ACTIONS, type Action, READING_ACTIONS } from './run/actions.ts'
import { Body } from './run/body.ts'
import { find } from './run/find.ts'
import { put } from './run/write.ts'
import { Catalog, type IndexInfo, type Permission } from './storage/catalog.ts'
import { Records } from './storage/records.ts'
import type { Document } from './values/document.ts'

export type { ObservedQuery } from './query-watch.ts'
export type { IndexInfo, IndexKey, Permission } from './storage/catalog.ts'
export type { Document } from './values/document.ts'

export interface CollectionInfo {
  readonly name: string
  readonly permission: Permission
  readonly documentCount: number
  readonly indexes: readonly IndexInfo[]
}

export interface DocumentsOptions {
  /** A MongoDB query. */
  readonly filter?: Document
  readonly sort?: Record<string, 1 | -1>
  readonly skip?: number
  /** All without it. */
  readonly limit?: number
}

/**
 * The cloud database: the `database.*` actions of the SDK, and what the console and tests do around them.
 * Everything it has said was written survives the process. Requests are answered one after the other, each as a
 * whole: a request that fails has changed nothing.
 */
export class Database {
  /** Sees the queries of the SDK, outside transactions; the console's own are not meant. */
  readonly watch = new QueryWatch()
  readonly #store: Store
  readonly #clock: Clock
  readonly #catalog: Catalog
  readonly #records: Records
  readonly #locks = new Locks()
  readonly #transactions: Transactions
  readonly #sweeper: Sweeper

  constructor({
    store,
    clock,
    maximumScannedDocuments,
  }: {
    store: Store
    clock: Clock
    maximumScannedDocuments?: number | undefined
  }) {
    this.maximumScannedDocuments = maximumScannedDocuments
    this.#store = store
    this.#clock = clock
    this.#catalog = new Catalog(store)
    this.#records = new Records(store)
    const parts = { catalog: this.#catalog, records: this.#records, locks: this.#locks }
    this.#transactions = new Transactions(store, clock, parts)
    if (this.#catalog.hasOldKeys()) this.#rebuildIndexes()
    this.#sweeper = new Sweeper(store, this.#catalog, this.#records)
    this.#sweeper.sweep()
  }

  /**
   * Answers one request of the SDK. A write outside a transaction waits while an open transaction holds one of its
   * documents.
   * @param body the parsed JSON body; its fields are not trusted
   * @param onWait told when the write begins to wait, and when it goes on
   * @returns the answer without its `requestId`
   * @throws CloudError, and nothing else
   */
  async handle(
    action: string,
    body: Record<string, unknown>,
    onWait?: (isWaiting: boolean) => void,
  ): Promise<Record<string, unknown>> {
    for (;;) {
      const now = this.#clock.now()
      try {
        return duringRequest(now, () => this.#answer(action, body, now))
      } catch (error) {
        if (!(error instanceof Locked)) throw asCloudError(error)
        onWait?.(true)
        await error.holder.ended
        onWait?.(false)
      }
    }
  }

  /** As {@link QueryWatch.maximumScannedDocuments}; undefined for any number. */
  get maximumScannedDocuments(): number | undefined {
    const maximum = this.watch.maximumScannedDocuments
    return Number.isFinite(maximum) ? maximum : undefined
  }

  set maximumScannedDocuments(maximum: number | undefined) {
    this.watch.maximumScannedDocuments = maximum ?? Number.POSITIVE_INFINITY
  }

  collections(): CollectionInfo[] {
    return this.#catalog.all().map((collection) => ({
      name: collection.name,
      permission: collection.permission,
      documentCount: this.#records.count(collection),
      indexes: collection.indexes.map(({ number: _, ...index }) => index),
    }))
  }

  /** @throws CloudError for a bad name, a name in use, or one collection too many. */
  createCollection(name: string, permission: Permission = 'PRIVATE'): void {
    this.#store.write(() => this.#catalog.create(name, permission))
  }

  setPermission(name: string, permission: Permission): void {
    this.#store.write(() => this.#catalog.setPermission(name, permission))
  }

  /** What it held is taken away afterwards, in short steps. */
  dropCollection(name: string): void {
    this.#store.write(() => this.#catalog.drop(name))
    this.#sweeper.sweep()
  }

  /**
   * Takes a file into the database: all of it, or nothing. Each collection of the file takes the place of the one with
   * its name, together and at once; open transactions end then. Other requests are answered meanwhile.
   * @throws ImportRefused with line and reason
   */
  async importFile(
    bytes: AsyncIterable<Uint8Array>,
    options: ImportOptions,
  ): Promise<{ name: string; documents: number }[]> {
    const staged: StagedCollection[] = []
    try {
      return await importFile(this.#importTarget(staged), bytes, options)
    } finally {
      for (const { collection } of staged) this.#sweeper.free(collection.id)
      this.#sweeper.sweep()
    }
  }

  #importTarget(all: StagedCollection[]): ImportTarget {
    return {
      now: () => this.#clock.now(),
      stage: () => {
        const collection = this.#store.write(() => this.#catalog.stage())
        this.#sweeper.keep(collection.id)
        const staged = new StagedCollection(this.#store, this.#records, collection)
        all.push(staged)
        return staged
      },
      index: (collection, info) => this.#store.write(() => this.#catalog.stageIndex(collection, info)),
      adopt: (collections) => {
        this.#transactions.abortAll()
        this.#store.write(() => {
          for (const { staged, head } of collections) {
            const permission = head.permission ?? this.#catalog.find(head.name)?.permission ?? 'ADMINONLY'
            this.#catalog.adopt(staged.collection, head.name, permission)
          }
        })
      },
    }
  }

  /** The committed documents, as plain JavaScript values and bson's. */
  documents(name: string, { filter = {}, sort, ...range }: DocumentsOptions = {}): Document[] {
    const present = this.#present()
    const order = sort && parseOrder(sort)
    const test = compileQuery(filter, compileExpression)
    const collection = present.collection(name)
    return duringRequest(this.#clock.now(), () =>
      find(present, collection, filter, test, { order, ...range }).map(({ document }) => document),
    )
  }

  /**
   * Inserts the document or replaces the one with its `_id`.
   * @throws CloudError; DATABASE_TRANSACTION_CONFLICT when an open transaction holds the document
   */
  putDocument(name: string, document: Document): void {
    this.#changeNow((present) => put(present, present.collection(name), document))
  }

  /**
   * @returns whether there was one
   * @throws as {@link putDocument}
   */
  removeDocument(name: string, id: unknown): boolean {
    return this.#changeNow((present) => {
      const collection = present.collection(name)
      const query = { _id: { $eq: id } }
      const [found] = find(present, collection, query, compileQuery(query, compileExpression))
      if (found) present.remove(collection, found)
      return found !== undefined
    })
  }

  /** @throws CloudError E11000 for a unique index over documents that already share a key. */
  createIndex(name: string, info: IndexInfo): void {
    this.#store.write(() => {
      const index = this.#catalog.addIndex(name, info)
      this.#records.buildIndex(this.#catalog.get(name), index)
    })
  }

  dropIndex(name: string, indexName: string): void {
    this.#store.write(() => {
      const collection = this.#catalog.get(name)
      this.#records.clearIndex(collection, this.#catalog.dropIndex(name, indexName))
    })
  }

  /** Drops every collection and ends every transaction. */
  clear(): void {
    this.#transactions.abortAll()
    for (const { name } of this.#catalog.all()) this.dropCollection(name)
  }

  /** Ends the open transactions; the store is the caller's to close. */
  close(): void {
    this.#sweeper.end()
    this.#transactions.abortAll()
  }

  #answer(name: string, fields: Record<string, unknown>, now: number): Record<string, unknown> {
    const body = new Body(fields, { now })
    switch (name) {
      case 'database.addCollection':
        this.createCollection(body.collectionName())
        return {}
      case 'database.startTransaction':
        return { transactionId: this.#transactions.start().id }
      case 'database.commitTransaction':
        this.#transactions.commit(requireId(body))
        return {}
      case 'database.abortTransaction':
        this.#transactions.abort(this.#transactions.get(requireId(body)))
        return {}
    }
    const action = ACTIONS.get(name)
    if (!action) throw invalidParameter(`unknown action: ${name.slice(0, 100)}`)
    const transactionId = body.transactionId()
    if (transactionId !== undefined)
      return { data: this.#inTransaction(transactionId, name, action, body, now) }
    if (READING_ACTIONS.has(name)) return { data: action(this.#present(this.watch), body, now) }
    return { data: this.#change((present) => action(present, body, now), this.watch) }
  }

  /**
   * A write that fails ends the transaction, as in MongoDB; a read, or a request that could not be understood, does
   * not.
   */
  #inTransaction(id: string, name: string, action: Action, body: Body, now: number): Record<string, unknown> {
    const transaction = this.#transactions.get(id)
    try {
      return action(transaction, body, now)
    } catch (error) {
      const code = asCloudError(error).code
      if (!READING_ACTIONS.has(name) && ABORTING_CODES.has(code)) this.#transactions.abort(transaction)
      throw error
    }
  }

  #rebuildIndexes(): void {
    this.#store.write(() => {
      for (const collection of this.#catalog.all()) this.#records.rebuildIndexes(collection)
      this.#catalog.noteKeyFormat()
    })
  }

  #present(watch?: QueryWatch): Present {
    return new Present(this.#catalog, this.#records, this.#locks, watch)
  }

  /** For callers that can not wait. */
  #changeNow<Result>(write: (present: Present) => Result): Result {
    try {
      return this.#change(write)
    } catch (error) {
      throw error instanceof Locked ? transactionConflict() : error
    }
  }

  #change<Result>(write: (present: Present) => Result, watch?: QueryWatch): Result {
    const present = this.#present(watch)
    const result = this.#store.write(() => write(present))
    if (this.#transactions.isAnyOpen) this.#locks.noteChanges(present.changed)
    return result
  }
}

/** The failures of a write that end its transaction. */
const ABORTING_CODES = new Set(['DATABASE_TRANSACTION_CONFLICT', 'DATABASE_REQUEST_FAILED'])

function requireId(body: Body): string {
  const id = body.transactionId()
  if (id === undefined) throw transactionNotExist()
  return id
}

/** What is thrown by the library on values that do not fit; anything else is a fault of ours. */
const LIBRARY_ERRORS = new Set(['BSONError', 'BSONVersionError', 'BSONRuntimeError'])

function asCloudError(error: unknown): CloudError {
  if (error instanceof CloudError) return error
  const name = error instanceof Error ? error.constructor.name : ''
  const reason = error instanceof Error ? error.message : 'unknown failure'
  return LIBRARY_ERRORS.has(name)
    ? requestFailed(reason)
    : new CloudError('SYS_ERR', `[InternalError] ${reason}`)
}
