import { mkdirSync } from 'node:fs'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { type Database, open, type RootDatabase } from 'lmdb'
import { bringUpToDate, readFormat } from './data-format.ts'

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

/** The disk is full, or fails: nothing of the write was done, earlier writes are safe and can be read. */
export class DataFolderUnwritable extends Error {
  override readonly name = 'DataFolderUnwritable'

  constructor(cause: unknown) {
    super(`the data folder cannot be written (is the disk full?): ${(cause as Error).message}`, { cause })
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
  readonly #owner: Database<Owner, Key>

  /**
   * @param outlivesMachine whether each write is flushed to the disk before `write()` returns, so that it outlives
   *   the machine too, at the cost of a few milliseconds
   * @throws DataFolderBusy, DataFolderFormat, or the system's error when the folder cannot be written
   */
  constructor(directory: string, outlivesMachine = true) {
    mkdirSync(directory, { recursive: true })
    const format = readFormat(directory)
    if (claimedHere.has(directory)) throw new DataFolderBusy(process.pid)
    this.directory = directory
    this.#root = open({ path: join(directory, 'cloud.lmdb'), maxDbs: 32, noSync: !outlivesMachine })
    this.#owner = this.table('owner')
    try {
      this.#claim()
      bringUpToDate(directory, format)
    } catch (error) {
      this.#root.close()
      throw error
    }
    claimedHere.add(directory)
  }

  /** A named table of JSON-like values (dates kept). */
  table<Value>(name: string): Database<Value, Key> {
    return this.#root.openDB<Value, Key>({ name })
  }

  /** A named table of raw bytes. */
  binaryTable(name: string): Database<Buffer, Key> {
    return this.#root.openDB<Buffer, Key>({ name, encoding: 'binary' })
  }

  /**
   * Runs `change` as one atomic, durable, synchronous write.
   * @throws DataFolderUnwritable when the disk does not take it, and whatever `change` throws
   */
  write<Result>(change: () => Result): Result {
    try {
      return this.#root.transactionSync(change)
    } catch (error) {
      throw isOfDisk(error) ? new DataFolderUnwritable(error) : error
    }
  }

  /** A frozen view of all tables, to be passed as `{ transaction }` to reads; call `done()` on it at the end. */
  snapshot() {
    return this.#root.useReadTransaction()
  }

  async close(): Promise<void> {
    try {
      this.write(() => this.#owner.removeSync('process'))
    } catch {
      // On a full disk the note stays; once this process is gone it does not count.
    }
    await this.#root.close()
    claimedHere.delete(this.directory)
  }

  /** Notes this process as the folder's owner. One write, so of two processes that start together one is first. */
  #claim(): void {
    this.write(() => {
      const owner = this.#owner.get('process')
      if (owner && isRunning(owner)) throw new DataFolderBusy(owner.processId)
      this.#owner.putSync('process', { processId: process.pid, since: Date.now() })
    })
  }
}

/** Folders that this process has open. The process id of an old note may be this process's own by chance. */
const claimedHere = new Set<string>()

interface Owner {
  processId: number
  /** Milliseconds since 1970 by the machine's clock. */
  since: number
}

/** The machine's clock may have been put right by so much since it was started. */
const SLACK_MILLISECONDS = 60_000

/** Whether the owner still runs. A process that was killed does not, nor one from before the machine was started. */
function isRunning({ processId, since }: Owner): boolean {
  if (processId === process.pid || since < Date.now() - uptime() * 1000 - SLACK_MILLISECONDS) return false
  try {
    // Signal 0 only asks whether the process is there.
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const MDB_MAP_FULL = -30792

/** lmdb's failures carry a number: the system's own, which is positive, or one of lmdb's, which is not. */
function isOfDisk(error: unknown): boolean {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined
  return typeof code === 'number' && (code > 0 || code === MDB_MAP_FULL)
}
