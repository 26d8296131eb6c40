import { isDeepStrictEqual } from 'node:util'
import type { Database, Document } from 'wechat-cloud-emulator/testing'
import { COLLECTIONS } from '../../../scripts/lib/cloud/collections.ts'
import type { Stored } from './stored.ts'

/** Reads and replaces what a cloud stores, without its functions. */
export class CloudDocuments {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** The documents that match, by default all. */
  read(filter: Document = {}): Stored {
    return new Map(COLLECTIONS.map((name) => [name, this.readCollection(name, filter)]))
  }

  /** Sorted by id, since no query promises the order in which documents were inserted. */
  readCollection(name: string, filter: Document = {}): readonly Document[] {
    return this.#database.documents(name, { filter }).sort(byId)
  }

  /** Makes these documents all that is stored. */
  restore(stored: Stored): void {
    for (const name of COLLECTIONS) this.restoreCollection(name, stored.get(name) ?? [])
  }

  /** Makes these documents all of the collection. Writes only those that differ. */
  restoreCollection(name: string, documents: readonly Document[]): void {
    const missing = new Map(documents.map((document) => [document['_id'], document]))
    for (const present of this.readCollection(name)) {
      const { _id } = present
      const wanted = missing.get(_id)
      if (!wanted) this.#database.removeDocument(name, _id)
      else if (isDeepStrictEqual(wanted, present)) missing.delete(_id)
    }
    for (const document of missing.values()) this.#database.putDocument(name, document)
  }
}

function byId(one: Document, other: Document): number {
  return String(one['_id']) < String(other['_id']) ? -1 : 1
}
