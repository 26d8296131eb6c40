import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database } from 'lmdb'
import type { Clock } from '../clock.ts'
import type { EventBus } from '../event-bus.ts'
import { DataFolderUnwritable, type Key, type Store } from '../store.ts'
import type { StorageGuard } from './storage-guard.ts'

export interface StoredFile {
  /** The `cloudPath` it was uploaded to. */
  path: string
  /** The openid of the person who uploaded it; absent where a function or the console did, as administrators. */
  creator?: string
  sizeBytes: number
  /** Milliseconds since 1970 by the cloud's clock. */
  uploadedAt: number
  /** Name of its bytes in the data folder; a new upload to the same path gets a new one. */
  blob: string
}

export class FileTooLarge extends Error {}

/** A person would change a file that the permission keeps from them. */
export class NotTheCreator extends Error {}

export interface Upload {
  path: string
  /** Absent for the administrator, who may change every file. */
  creator?: string
  maximumBytes: number
  /** Milliseconds since 1970 by the cloud's clock; now by default. */
  uploadedAt?: number
}

export interface FilesOptions {
  store: Store
  clock: Clock
  events: EventBus
  guard: StorageGuard
}

/** The files of cloud storage: bytes in a folder, and a table of which belong to which path. */
export class Files {
  readonly #table: Database<StoredFile, Key>
  readonly #store: Store
  readonly #clock: Clock
  readonly #events: EventBus
  readonly #guard: StorageGuard
  readonly #directory: string

  constructor({ store, clock, events, guard }: FilesOptions) {
    this.#guard = guard
    this.#table = store.table('files')
    this.#store = store
    this.#clock = clock
    this.#events = events
    this.#directory = join(store.directory, 'files')
    mkdirSync(this.#directory, { recursive: true })
    this.#sweep()
  }

  /** A short name for a path, safe in any address. */
  static keyOf(path: string): string {
    return `${createHash('sha256').update(path).digest('hex')}${extname(path).replace(/[^.\w]/g, '')}`
  }

  find(path: string): StoredFile | undefined {
    return this.#table.get(Files.keyOf(path))
  }

  findByKey(key: string): StoredFile | undefined {
    return this.#table.get(key)
  }

  list(): StoredFile[] {
    return [...this.#table.getRange({})].map((entry) => entry.value)
  }

  /** @param creator the openid of who would change it; absent for the administrator */
  mayChange(path: string, creator: string | undefined): boolean {
    return creator === undefined || this.#guard.mayWrite(creator, path, this.find(path))
  }

  /** @param reader an openid; absent for the administrator */
  mayRead(file: StoredFile, reader: string | undefined): boolean {
    return reader === undefined || this.#guard.mayRead(reader, file)
  }

  /**
   * Stores what the stream holds under a path, replacing the file there. A stream that breaks leaves things as
   * they were. The file belongs to its last writer.
   * @throws FileTooLarge beyond `maximumBytes`
   * @throws DataFolderUnwritable
   * @throws NotTheCreator when the permission does not allow it by the end
   */
  async write({ path, creator, maximumBytes, uploadedAt }: Upload, content: Readable): Promise<StoredFile> {
    const blob = randomUUID()
    const unfinished = join(this.#directory, `${blob}.part`)
    let sizeBytes = 0
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        sizeBytes += chunk.length
        done(sizeBytes > maximumBytes ? new FileTooLarge() : null, chunk)
      },
    })
    try {
      await pipeline(content, meter, createWriteStream(unfinished, { flush: true }))
      if (!this.mayChange(path, creator)) throw new NotTheCreator()
      renameSync(unfinished, join(this.#directory, blob))
    } catch (error) {
      rmSync(unfinished, { force: true })
      throw isOfDisk(error) ? new DataFolderUnwritable(error) : error
    }
    const before = this.find(path)
    const owner = creator === undefined ? {} : { creator }
    const file = { path, ...owner, sizeBytes, uploadedAt: uploadedAt ?? this.#clock.now(), blob }
    try {
      this.#store.write(() => this.#table.putSync(Files.keyOf(path), file))
    } catch (error) {
      this.#removeBlob(file)
      throw error
    }
    if (before) this.#removeBlob(before)
    this.#events.emit('files')
    return file
  }

  read(file: StoredFile): Readable {
    return createReadStream(join(this.#directory, file.blob))
  }

  /** Returns false when there is no such file. */
  remove(path: string): boolean {
    const file = this.find(path)
    if (!file) return false
    this.#store.write(() => this.#table.removeSync(Files.keyOf(path)))
    this.#removeBlob(file)
    this.#events.emit('files')
    return true
  }

  clear(): void {
    for (const file of this.list()) this.remove(file.path)
  }

  /** Takes away what a process left behind that was killed: unfinished uploads, and bytes that belong to no path. */
  #sweep(): void {
    const known = new Set(this.list().map(({ blob }) => blob))
    for (const name of readdirSync(this.#directory)) {
      if (!known.has(name)) rmSync(join(this.#directory, name), { force: true })
    }
  }

  #removeBlob(file: StoredFile): void {
    rmSync(join(this.#directory, file.blob), { force: true })
  }
}

const DISK_ERRORS = new Set(['ENOSPC', 'EFBIG', 'EDQUOT', 'EIO', 'EROFS'])

function isOfDisk(error: unknown): boolean {
  return DISK_ERRORS.has(String((error as NodeJS.ErrnoException).code))
}
