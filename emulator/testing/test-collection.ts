import type { CloudServices } from '../cloud/cloud-services.ts'

/** A document as a test reads it. */
export type TestDocument = Record<string, unknown>

/** A collection of the cloud, past all permissions. */
export class TestCollection {
  readonly #database: CloudServices['database']
  readonly #events: CloudServices['events']
  readonly #name: string

  constructor({ database, events }: Pick<CloudServices, 'database' | 'events'>, name: string) {
    this.#database = database
    this.#events = events
    this.#name = name
  }

  /** @param filter in MongoDB's words, such as `{ price: { $gt: 10 } }`; all documents by default */
  async documents(filter: TestDocument = {}): Promise<TestDocument[]> {
    return this.#exists() ? this.#database.documents(this.#name, { filter }) : []
  }

  /** Writes documents, and makes the collection if there is none. One with a known `_id` is replaced. */
  async put(...documents: readonly TestDocument[]): Promise<void> {
    if (!this.#exists()) this.#database.createCollection(this.#name)
    for (const document of documents) {
      this.#database.putDocument(this.#name, { _id: crypto.randomUUID().replaceAll('-', ''), ...document })
    }
    this.#events.emit('database')
  }

  /** Removes all documents; indexes and permission stay. */
  async clear(): Promise<void> {
    if (!this.#exists()) return
    for (const { _id } of this.#database.documents(this.#name)) this.#database.removeDocument(this.#name, _id)
    this.#events.emit('database')
  }

  #exists(): boolean {
    return this.#database.collections().some(({ name }) => name === this.#name)
  }
}
