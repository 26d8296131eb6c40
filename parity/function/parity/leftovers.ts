import type { Database } from '../../core/database.ts'
import { type Names, normaliseError } from '../../core/normalise.ts'
import { COLLECTIONS } from './session.ts'

interface Storage {
  uploadFile(options: { cloudPath: string; fileContent: Buffer }): Promise<{ fileID: string }>
  deleteFile(options: { fileList: string[] }): unknown
}

const FILES_ID = 'files'

/** Those whose documents a question may leave. */
export const DOCUMENT_COLLECTIONS: readonly string[] = [
  COLLECTIONS.documents,
  COLLECTIONS.others,
  COLLECTIONS.unique,
]

/** Removes what questions leave, also what a run that broke off has left. */
export class Leftovers {
  readonly #db: Database
  readonly #storage: Storage
  readonly #names: Names
  #paths: string[] = []

  constructor(db: Database, storage: Storage, names: Names) {
    this.#db = db
    this.#storage = storage
    this.#names = names
  }

  /** Writes down a path before a file is put there. */
  async keepPath(path: string): Promise<void> {
    if (this.#paths.includes(path)) return
    this.#paths.push(path)
    await this.#kept.doc(FILES_ID).set({ data: { paths: this.#paths } })
  }

  /** Reads the paths that a run before has written down. */
  async readPaths(): Promise<void> {
    const { data } = await this.#kept.where({ _id: FILES_ID }).get()
    const paths = data[0]?.['paths']
    if (Array.isArray(paths)) this.#paths = paths.filter((path) => typeof path === 'string')
  }

  /** @returns what could not be removed, a line each */
  async remove(collections: Iterable<string>): Promise<string[]> {
    const lines = await Promise.all([
      ...[...collections].map((name) => this.#try(name, () => this.#empty(name))),
      this.#try('files', () => this.#removeFiles()),
    ])
    return lines.filter((line) => line !== '')
  }

  async #try(what: string, work: () => Promise<void>): Promise<string> {
    try {
      await work()
      return ''
    } catch (error) {
      return `${what}: ${normaliseError(error, this.#names).text}`
    }
  }

  async #empty(name: string): Promise<void> {
    await this.#db
      .collection(name)
      .where({ _id: this.#db.command.exists(true) })
      .remove()
  }

  /** A path is known, its fileID is not: an upload to the path tells it. */
  async #removeFiles(): Promise<void> {
    if (this.#paths.length === 0) return
    const files = await Promise.all(
      this.#paths.map((cloudPath) => this.#storage.uploadFile({ cloudPath, fileContent: Buffer.from('-') })),
    )
    const deleted = await this.#storage.deleteFile({ fileList: files.map(({ fileID }) => fileID) })
    const { fileList } = deleted as { fileList: readonly { status: number }[] }
    const stays = this.#paths.filter((_path, index) => fileList[index]?.status !== 0)
    this.#paths = stays
    await this.#kept.doc(FILES_ID).set({ data: { paths: stays } })
    if (stays.length > 0) throw new Error(stays.join(', '))
  }

  get #kept() {
    return this.#db.collection(COLLECTIONS.kept)
  }
}
