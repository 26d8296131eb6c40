import { type Collection, CollectionCatalog } from '../cloud/database/storage/collection-catalog.ts'
import { Records } from '../cloud/database/storage/records.ts'
import type { Document } from '../cloud/database/values/document.ts'
import { Store } from '../cloud/store.ts'
import type { IndexInfo } from '../control/collection.ts'

/**
 * The database of a data folder without a running cloud: writes collections, indexes and documents straight into the
 * store, in the cloud's own format. Fast enough to fill a folder with millions of documents.
 */
export class OfflineDatabase {
  readonly #store: Store
  readonly #catalog: CollectionCatalog
  readonly #records: Records

  /** @throws DataFolderBusy while a cloud runs on the folder */
  constructor(directory: string) {
    this.#store = new Store(directory)
    this.#catalog = new CollectionCatalog(this.#store)
    this.#records = new Records(this.#store)
  }

  createCollection(name: string, indexes: readonly IndexInfo[] = []): void {
    this.#store.write(() => {
      this.#catalog.create(name, 'ADMINONLY')
      for (const index of indexes) this.#catalog.addIndex(name, index)
    })
  }

  /**
   * Inserts all documents as one durable write.
   * @param documents with the name of the collection of each
   * @param areNew whether it is certain that no unique index lists a key of them, which is then not looked up
   */
  insert(
    documents: Iterable<readonly [collection: string, document: Document]>,
    { areNew = false }: { areNew?: boolean } = {},
  ): void {
    const collections = new Map<string, Collection>()
    this.#store.write(() => {
      for (const [name, document] of documents) {
        const collection = collections.get(name) ?? this.#catalog.get(name)
        collections.set(name, collection)
        this.#records.insert(collection, document, areNew)
      }
    })
  }

  /**
   * Drops every index but those of `_id`. Their entries stay in the store, where nothing finds them: a test of queries
   * without an index need not wait until millions are taken away.
   */
  dropIndexes(): void {
    this.#store.write(() => {
      for (const { name, indexes } of this.#catalog.all()) {
        for (const index of indexes.slice(1)) this.#catalog.dropIndex(name, index.name)
      }
    })
  }

  close(): Promise<void> {
    return this.#store.close()
  }
}
