import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, open, type RootDatabase } from 'lmdb'

export type Key = string | number | Key[]

/** Another running cloud keeps its data in the folder; two would not see each other's locks. */
export class DataFolderBusy extends Error {
  override readonly name = 'DataFolderBusy'
  readonly processId: number

  constructor(processId: number) {
    super(`the data folder is in use by process ${processId}`)
    this.processId = processId
  }
}

/**
 * Where the cloud keeps what must survive it: one lmdb environment in the data folder.
 * A write made inside `write()` is in the operating system's hands when `write()` returns, so it outlives a
 * `kill -9` of this process; a throw inside undoes the whole of it.
 */
export class Store {
  readonly directory: string
  readonly #root: RootDatabase

  /**
   * @param outlivesMachine whether each write is flushed to the disk before `write()` returns, so that it outlives
   *   the machine too, at the cost of a few milliseconds
   * @throws DataFolderBusy, or the system's error when the folder cannot be written
   */
  constructor(directory: string, outlivesMachine = true) {
    mkdirSync(directory, { recursive: true })
    claim(directory)
    this.directory = directory
    this.#root = open({ path: join(directory, 'cloud.lmdb'), maxDbs: 16, noSync: !outlivesMachine })
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
    claimedHere.delete(this.directory)
    rmSync(claimFile(this.directory), { force: true })
  }
}

const claimFile = (directory: string) => join(directory, 'cloud.pid')

/** Folders this very process has open: an old note may bear the number this process has got anew. */
const claimedHere = new Set<string>()

/** Notes this process as the folder's owner. The note of a process that was killed does not count. */
function claim(directory: string): void {
  const file = claimFile(directory)
  const owner = ownerIn(file)
  const isOwned = owner === process.pid ? claimedHere.has(directory) : owner !== undefined && isRunning(owner)
  if (owner !== undefined && isOwned) throw new DataFolderBusy(owner)
  writeFileSync(file, String(process.pid))
  claimedHere.add(directory)
}

function ownerIn(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined
  } catch {
    return undefined
  }
}

function isRunning(processId: number): boolean {
  try {
    // Signal 0 only asks whether the process is there.
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
