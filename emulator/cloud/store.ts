import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, open, type RootDatabase } from 'lmdb'

export type Key = string | number | Key[]

/**
 * Where the cloud keeps what must survive it: one lmdb environment in the data folder.
 * A write made inside `write()` is in the operating system's hands when `write()` returns, so it outlives a
 * `kill -9` of this process; a throw inside undoes the whole of it.
 */
export class Store {
  readonly directory: string
  readonly #root: RootDatabase

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true })
    this.directory = directory
    this.#root = open({ path: join(directory, 'cloud.lmdb'), maxDbs: 16 })
  }

  /** A named table of JSON-like values (dates kept). */
  table<Value>(name: string): Database<Value, Key> {
    return this.#root.openDB<Value, Key>({ name })
  }

  /** A named table of raw bytes. */
  binaryTable(name: string): Database<Buffer, Key> {
    return this.#root.openDB<Buffer, Key>({ name, encoding: 'binary' })
  }

  /** Runs `change` as one atomic, durable, synchronous write. */
  write<Result>(change: () => Result): Result {
    return this.#root.transactionSync(change)
  }

  /** A frozen view of all tables, to be passed as `{ transaction }` to reads; call `done()` on it at the end. */
  snapshot() {
    return this.#root.useReadTransaction()
  }

  async close(): Promise<void> {
    await this.#root.close()
  }
}
