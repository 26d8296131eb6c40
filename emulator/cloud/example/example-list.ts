import type { Database } from 'lmdb'
import type { Key, Store } from '../store.ts'

/**
 * What the loading of the example has made. Only what is listed here is ever removed as part of it. The list is the
 * emulator's own: no function and no page can write to it.
 */
export interface ListedExample {
  /** True until the documents are there: then only files are. */
  isUnfinished: boolean
  /** Collections that did not exist. */
  collections: readonly string[]
  documents: readonly ListedDocument[]
  files: readonly ListedFile[]
  users: readonly ListedUser[]
}

export interface ListedDocument {
  collection: string
  /** Its `_id`, see {@link idText} of digest.ts. */
  id: string
  /** Of the document as it was loaded. */
  digest: string
}

export interface ListedFile {
  path: string
  /** Empty until it is written. */
  blob: string
}

export interface ListedUser {
  openid: string
  digest: string
}

/** The list of the example that is loaded, kept with the data. */
export class ExampleList {
  readonly #table: Database<ListedExample, Key>
  readonly #store: Store

  constructor(store: Store) {
    this.#table = store.table('example')
    this.#store = store
  }

  read(): ListedExample | undefined {
    return this.#table.get('list')
  }

  write(list: ListedExample): void {
    this.#store.write(() => this.#table.putSync('list', list))
  }

  clear(): void {
    this.#store.write(() => this.#table.clearSync())
  }
}
