import { Readable } from 'node:stream'
import type {
  ChangedDocuments,
  ExampleProgress,
  ExampleRemoval,
  ExampleSettings,
  ExampleState,
} from '../../control/example.ts'
import type { Document } from '../database/values/document.ts'
import type { EventBus } from '../event-bus.ts'
import type { Store } from '../store.ts'
import { digestOf, digestOfUser, idOf, idText } from './digest.ts'
import { type ExampleData, readExample } from './example-data.ts'
import {
  ExampleList,
  type ListedDocument,
  type ListedExample,
  type ListedFile,
  type ListedUser,
} from './example-list.ts'
import { copyCollections, type ExampleServices, type SeparateCloud } from './separate-cloud.ts'

/** The example cannot be loaded or removed. The message is fit to show. */
export class ExampleError extends Error {
  override readonly name = 'ExampleError'
}

export interface ExampleOptions extends ExampleServices {
  events: EventBus
  settings: ExampleSettings | undefined
  store: Store
  /** Starts an empty cloud with the same functions and settings. */
  open: () => Promise<SeparateCloud>
}

/** A document of the example that is still there. */
interface PresentDocument {
  collection: string
  id: unknown
  isChanged: boolean
}

/**
 * Loads the project's example data beside what is there, and removes exactly what it has loaded. The example is made in
 * a cloud of its own, so nothing that somebody else does meanwhile is taken for a part of it, and the clock stays.
 */
export class Example {
  readonly #options: ExampleOptions
  readonly #list: ExampleList
  #loading: Promise<void> | undefined
  #separate: SeparateCloud | undefined
  #progress: ExampleProgress | undefined
  readonly #closing = new AbortController()

  constructor(options: ExampleOptions) {
    this.#options = options
    this.#list = new ExampleList(options.store)
  }

  get state(): ExampleState {
    const { settings } = this.#options
    const list = this.#list.read()
    return {
      isDeclared: settings !== undefined,
      ...(settings?.description === undefined ? {} : { description: settings.description }),
      state: this.#loading ? 'loading' : list && !list.isUnfinished ? 'loaded' : 'absent',
      ...(this.#progress ? { progress: this.#progress } : {}),
      documents: list?.documents.length ?? 0,
    }
  }

  /**
   * Loads all of it, or nothing. What has the `_id`, path or openid of something that is there is left out.
   * @throws ExampleError if it is there already, and if the project's own module fails
   */
  async load(): Promise<void> {
    const { settings, events } = this.#options
    if (!settings) throw new ExampleError('项目没有声明示例数据 · the project declares no example')
    const { state } = this.state
    if (state === 'loading') throw new ExampleError('正在载入 · it is being loaded')
    if (state === 'loaded') throw new ExampleError('示例数据已经载入 · the example is loaded already')
    this.#loading = this.#make(settings).then((data) => this.#insert(data))
    events.emit('machine')
    try {
      await this.#loading
    } finally {
      this.#loading = undefined
      this.#progress = undefined
      for (const topic of ['database', 'files', 'users', 'calls'] as const) events.emit(topic)
    }
  }

  /**
   * Removes the loaded documents. Those that somebody has changed since are removed or stay, as `changed` says; without
   * it, nothing is removed while there are any.
   * @throws ExampleError unless it is loaded
   */
  remove(changed?: ChangedDocuments): ExampleRemoval {
    const list = this.#list.read()
    if (this.#loading || !list || list.isUnfinished) {
      throw new ExampleError('没有载入示例数据 · the example is not loaded')
    }
    const present = this.#presentDocuments(list.documents)
    const changedCount = present.filter(({ isChanged }) => isChanged).length
    if (changedCount > 0 && changed === undefined) return { isDone: false, removed: 0, changed: changedCount }
    const isRemoved = (isChanged: boolean) => !isChanged || changed === 'remove'
    const removed = present.filter(({ isChanged }) => isRemoved(isChanged))
    this.#removeFiles(list, isRemoved)
    this.#options.store.write(() => {
      for (const { collection, id } of removed) this.#options.database.removeDocument(collection, id)
      this.#dropEmpty(list.collections)
      this.#removeUsers(list.users, isRemoved)
      this.#options.figures.removeExample()
      this.#list.clear()
    })
    const { events } = this.#options
    for (const topic of ['database', 'files', 'users', 'calls'] as const) events.emit(topic)
    return { isDone: true, removed: removed.length, changed: changedCount }
  }

  /** Everything is gone, the example with it. */
  clear(): void {
    this.#list.clear()
  }

  /** Ends a loading, which then has loaded nothing. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#separate?.close()
    await this.#loading?.catch(() => {})
  }

  async #make({ use }: ExampleSettings): Promise<ExampleData> {
    const { open, database, clock, events } = this.#options
    const separate = await open()
    this.#separate = separate
    try {
      this.#checkOpen()
      copyCollections(database, separate.database)
      separate.clock.advance(clock.offsetMilliseconds / 1000)
      const progress = (done: number, all: number) => {
        this.#progress = { done, all }
        events.emit('machine')
      }
      await this.#unlessClosed(async () => use({ controlUrl: separate.controlUrl, progress }))
      this.#checkOpen()
      return await readExample(separate)
    } catch (error) {
      this.#checkOpen()
      const reason = error instanceof Error ? error.message : String(error)
      throw new ExampleError(`emulator.config example.use: ${reason}`)
    } finally {
      this.#separate = undefined
      if (!this.#closing.signal.aborted) await separate.close()
    }
  }

  async #insert(data: ExampleData): Promise<void> {
    const { files, database, store } = this.#options
    this.#checkOpen()
    this.#removeUnfinished()
    const fresh = data.files.filter(({ file }) => !files.find(file.path))
    const unfinished: ListedExample = {
      isUnfinished: true,
      collections: [],
      documents: [],
      files: fresh.map(({ file }) => ({ path: file.path, blob: '' })),
      users: [],
    }
    // A process that is killed now leaves files that the next loading knows.
    this.#list.write(unfinished)
    const stored: ListedFile[] = []
    for (const { file, bytes } of fresh) {
      const { path, creator, sizeBytes, uploadedAt } = file
      const owner = creator === undefined ? {} : { creator }
      const upload = { path, ...owner, maximumBytes: sizeBytes, uploadedAt }
      stored.push({ path, blob: (await files.write(upload, Readable.from([bytes]))).blob })
    }
    this.#checkOpen()
    store.write(() => {
      const known = new Set(database.collections().map(({ name }) => name))
      const made = data.collections.filter(({ name }) => !known.has(name))
      for (const { name, permission, rules } of made) database.createCollection(name, permission, rules)
      this.#list.write({
        isUnfinished: false,
        collections: made.map(({ name }) => name),
        documents: this.#insertDocuments(data.documents),
        files: stored,
        users: this.#insertUsers(data.users),
      })
      this.#options.figures.setExample(data.days)
    })
  }

  #insertDocuments(documents: ExampleData['documents']): ListedDocument[] {
    const inserted: ListedDocument[] = []
    for (const { collection, document } of documents) {
      const id = document['_id']
      if (this.#find(collection, id)) continue
      this.#options.database.putDocument(collection, document)
      inserted.push({ collection, id: idText(id), digest: digestOf(document) })
    }
    return inserted
  }

  #insertUsers(accounts: ExampleData['users']): ListedUser[] {
    const { users } = this.#options
    return accounts
      .filter((account) => users.add(account))
      .map((account) => ({ openid: account.openid, digest: digestOfUser(account) }))
  }

  #presentDocuments(documents: readonly ListedDocument[]): PresentDocument[] {
    const known = new Set(this.#options.database.collections().map(({ name }) => name))
    return documents.flatMap(({ collection, id: text, digest }) => {
      const id = idOf(text)
      const document = known.has(collection) ? this.#find(collection, id) : undefined
      return document ? [{ collection, id, isChanged: digestOf(document) !== digest }] : []
    })
  }

  #removeUsers(listed: readonly ListedUser[], isRemoved: (isChanged: boolean) => boolean): void {
    const { users } = this.#options
    for (const { openid, digest } of listed) {
      const account = users.find(openid)
      if (account && isRemoved(digestOfUser(account) !== digest)) users.remove(openid)
    }
  }

  /** Before the documents: if the process is killed in between, the list is still there. */
  #removeFiles({ files: listed }: ListedExample, isRemoved: (isChanged: boolean) => boolean): void {
    const { files } = this.#options
    for (const { path, blob } of listed) {
      const file = files.find(path)
      if (file && isRemoved(file.blob !== blob)) files.remove(path)
    }
  }

  /** What a process has left that was killed while it loaded. */
  #removeUnfinished(): void {
    for (const { path } of this.#list.read()?.files ?? []) this.#options.files.remove(path)
    this.#list.clear()
  }

  #dropEmpty(collections: readonly string[]): void {
    const { database } = this.#options
    for (const { name, documentCount } of database.collections()) {
      if (documentCount === 0 && collections.includes(name)) database.dropCollection(name)
    }
  }

  #find(collection: string, id: unknown): Document | undefined {
    return this.#options.database.documents(collection, { filter: { _id: { $eq: id } }, limit: 1 })[0]
  }

  /** Runs the project's module, which may wait for something that never comes. */
  async #unlessClosed(run: () => Promise<void>): Promise<void> {
    const { signal } = this.#closing
    const closed = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    await Promise.race([run(), closed])
  }

  #checkOpen(): void {
    if (this.#closing.signal.aborted)
      throw new ExampleError('云环境已停止，没有载入 · the cloud has stopped, nothing is loaded')
  }
}
