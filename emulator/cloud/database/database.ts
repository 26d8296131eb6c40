import type { CollectionInfo, IndexInfo, Permission } from '../../control/collection.ts'
import type { ChangeOrigin, MergeResult } from '../../control/documents.ts'
import type { Clock } from '../clock.ts'
import type { Behaviours } from '../follow/behaviours.ts'
import { parseCollectionRules } from '../rules/collection-rules.ts'
import type { Store } from '../store.ts'
import { CommittedState } from './access/committed-state.ts'
import { Locks } from './access/locks.ts'
import { Transactions } from './access/transactions.ts'
import { ClientRequests } from './client/client-requests.ts'
import { CommandHandler } from './commands/command-handler.ts'
import { ConsoleDocuments, type DocumentsOptions } from './console/console-documents.ts'
import { CallReads } from './history/call-reads.ts'
import { ChangeHistory } from './history/change-history.ts'
import type { ImportOptions } from './import/import.ts'
import { Importer } from './import/importer.ts'
import type { MergeOptions } from './import/merge.ts'
import { Sweeper } from './import/sweeper.ts'
import { MissingCollections } from './missing-collections.ts'
import { QueryWatch } from './query-watch.ts'
import { CollectionCatalog } from './storage/collection-catalog.ts'
import { Records } from './storage/records.ts'
import type { Document } from './values/document.ts'

export type { ObservedQuery } from './query-watch.ts'

export type { Document } from './values/document.ts'

export interface DeclaredPermission {
  permission: Permission
  /** Security rules as JSON text. */
  rules?: string | undefined
}

export interface HandleOptions {
  origin?: ChangeOrigin
  onWait?: (isWaiting: boolean) => void
}

/**
 * The cloud database: the `database.*` actions of the SDK, and the operations of the console and of tests. An
 * acknowledged write survives the process. Requests run one after the other, each as a whole: a request that fails
 * changes nothing.
 */
export class Database {
  /** Observes the queries of the SDK outside transactions, and not those of the console. */
  readonly watch = new QueryWatch()
  /** The latest changes of each document. */
  readonly history = new ChangeHistory()
  /** What the latest calls have read. */
  readonly reads = new CallReads()
  /** The documents as the console reads and changes them. */
  readonly console: ConsoleDocuments
  /** Collections that functions or pages have asked for since the start. */
  readonly missing: MissingCollections
  readonly #declared: (name: string) => DeclaredPermission | undefined
  readonly #store: Store
  readonly #catalog: CollectionCatalog
  readonly #records: Records
  readonly #transactions: Transactions
  readonly #sweeper: Sweeper
  readonly #commands: CommandHandler
  readonly #clientRequests: ClientRequests
  readonly #importer: Importer

  constructor({
    store,
    clock,
    maximumScannedDocuments,
    declaredPermission = () => undefined,
    makesMissingCollections = false,
    onMissingCollection,
    stoppedMilliseconds = () => 0,
    behaviours,
  }: {
    store: Store
    clock: Clock
    maximumScannedDocuments?: number | undefined
    /** The permission that a collection gets when it is created and nobody says which. */
    declaredPermission?: ((name: string) => DeclaredPermission | undefined) | undefined
    /** See CloudOptions. */
    makesMissingCollections?: boolean | undefined
    /** Called once a name that a function or a page asks for, and that no collection has. */
    onMissingCollection?: ((name: string, isMade: boolean) => void) | undefined
    /** For how long a debugger has stopped functions in all. */
    stoppedMilliseconds?: (() => number) | undefined
    behaviours?: Behaviours | undefined
  }) {
    this.maximumScannedDocuments = maximumScannedDocuments
    this.#declared = declaredPermission
    this.#store = store
    this.#catalog = new CollectionCatalog(store)
    this.missing = new MissingCollections({
      exists: (name) => this.#catalog.find(name) !== undefined,
      make: makesMissingCollections ? (name) => this.createCollection(name) : undefined,
      onMissing: onMissingCollection,
    })
    this.#records = new Records(store)
    const locks = new Locks()
    const [catalog, records, history] = [this.#catalog, this.#records, this.history]
    const parts = { catalog, records, locks, history, stoppedMilliseconds }
    const transactions = new Transactions(store, clock, parts)
    this.#transactions = transactions
    const committed = new CommittedState({ store, catalog, records, locks, transactions, history })
    this.console = new ConsoleDocuments({ clock, store, catalog, records, committed })
    this.#commands = new CommandHandler({
      clock,
      committed,
      transactions,
      watch: this.watch,
      createCollection: (name) => this.createCollection(name),
      behaviours,
      reads: this.reads,
    })
    this.#clientRequests = new ClientRequests(this.#commands, committed)
    if (this.#catalog.hasOldKeys()) this.#rebuildIndexes()
    this.#sweeper = new Sweeper(store, this.#catalog, this.#records)
    this.#sweeper.sweep()
    const sweeper = this.#sweeper
    this.#importer = new Importer({
      store,
      clock,
      catalog,
      records,
      committed,
      transactions,
      history,
      sweeper,
    })
  }

  /**
   * Answers one request of the SDK. A write outside a transaction waits while an open transaction holds one of its
   * documents.
   * @param body the parsed JSON body; its fields are not trusted
   * @param options who asks, for the history; `onWait` is called when the write begins to wait, and when it continues
   * @returns the answer without its `requestId`
   * @throws CloudError, and nothing else
   */
  handle(
    action: string,
    body: Record<string, unknown>,
    { origin = { kind: 'sdk' }, onWait }: HandleOptions = {},
  ): Promise<Record<string, unknown>> {
    return this.missing.during(action, body, () => this.#commands.handle(action, body, origin, onWait))
  }

  /**
   * Answers one request of a person's mini-program, as {@link handle}, under the collection's permission. Also knows
   * `database.watchDocuments`: all documents of a watch as they are now.
   * @throws CloudError; DATABASE_PERMISSION_DENIED for what the permission does not allow
   */
  handleForClient(
    action: string,
    body: Record<string, unknown>,
    openid: string,
  ): Promise<Record<string, unknown>> {
    return this.missing.during(action, body, () => this.#clientRequests.handle(action, body, openid))
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
      ...(collection.rules === undefined ? {} : { rules: collection.rules }),
      documentCount: this.#records.count(collection),
      indexes: collection.indexes.map(({ number: _, ...index }) => index),
    }))
  }

  /** @throws CloudError for a bad name, a name in use, or one collection too many. */
  createCollection(name: string, permission?: Permission, rules?: string): void {
    const declared = permission === undefined ? this.#declared(name) : { permission, rules }
    if (declared?.rules !== undefined) parseCollectionRules(declared.rules)
    this.#store.write(() => this.#catalog.create(name, declared?.permission ?? 'PRIVATE', declared?.rules))
  }

  /**
   * @param rules security rules for CUSTOM, as JSON text; absent: as they are
   * @throws RuleError for rules with a mistake
   */
  setPermission(name: string, permission: Permission, rules?: string): void {
    if (rules !== undefined) parseCollectionRules(rules)
    this.#store.write(() => this.#catalog.setPermission(name, permission, rules))
  }

  /** Its documents are removed afterwards, in short steps. */
  dropCollection(name: string): void {
    this.#store.write(() => this.#catalog.drop(name))
    this.history.forget(name)
    this.#sweeper.sweep()
  }

  /**
   * Takes a file into the database: all of it, or nothing. Each collection of the file takes the place of the one with
   * its name, together and at once; open transactions end then. Other requests are answered meanwhile.
   * @throws ImportRefused with line and reason
   */
  importFile(
    bytes: AsyncIterable<Uint8Array>,
    options: ImportOptions,
  ): Promise<{ name: string; documents: number }[]> {
    return this.#importer.import(bytes, options)
  }

  /**
   * Adds the documents of a file to a collection, or replaces those that have the same `_id`: all of them, or nothing.
   * @throws CloudError for a collection that does not exist
   */
  mergeFile(name: string, bytes: AsyncIterable<Uint8Array>, options: MergeOptions): Promise<MergeResult> {
    return this.#importer.merge(name, bytes, options)
  }

  /** The committed documents, as plain JavaScript values and bson's. */
  documents(name: string, options: DocumentsOptions = {}): Document[] {
    return this.console.list(name, options)
  }

  /**
   * Inserts the document or replaces the one with its `_id`.
   * @throws CloudError; DATABASE_TRANSACTION_CONFLICT when an open transaction holds the document
   */
  putDocument(name: string, document: Document): void {
    this.console.put(name, document)
  }

  /**
   * @returns whether there was one
   * @throws as {@link putDocument}
   */
  removeDocument(name: string, id: unknown): boolean {
    return this.console.remove(name, id)
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
    this.missing.clear()
    for (const { name } of this.#catalog.all()) this.dropCollection(name)
    this.history.clear()
    this.reads.clear()
  }

  /** Ends the open transactions; the store is the caller's to close. */
  close(): void {
    this.#sweeper.end()
    this.#transactions.abortAll()
  }

  #rebuildIndexes(): void {
    this.#store.write(() => {
      for (const collection of this.#catalog.all()) this.#records.rebuildIndexes(collection)
      this.#catalog.noteKeyFormat()
    })
  }
}
