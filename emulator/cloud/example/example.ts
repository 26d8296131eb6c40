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
import type { ExampleData } from './example-data.ts'
import { ExampleError } from './example-error.ts'
import {
  ExampleList,
  type ListedDocument,
  type ListedExample,
  type ListedFile,
  type ListedUser,
} from './example-list.ts'
import { makeExample } from './make-example.ts'
import type { ExampleServices, SeparateCloud } from './separate-cloud.ts'

/** Somebody has taken the loading back. */
class Cancellation extends ExampleError {}

export interface ExampleOptions extends ExampleServices {
  events: EventBus
  settings: ExampleSettings | undefined
  store: Store
  /** Starts an empty cloud with the same functions and settings. */
  open: () => Promise<SeparateCloud>
}

interface Loading {
  end: Promise<void>
  /** Aborted with the error that ends the loading. */
  abort: AbortController
  progress?: ExampleProgress
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
  #loading: Loading | undefined

  constructor(options: ExampleOptions) {
    this.#options = options
    this.#list = new ExampleList(options.store)
    this.#removeUnfinished()
  }

  get state(): ExampleState {
    const { settings } = this.#options
    const list = this.#list.read()
    return {
      isDeclared: settings !== undefined,
      ...(settings?.description === undefined ? {} : { description: settings.description }),
      state: this.#loading ? 'loading' : list && !list.isUnfinished ? 'loaded' : 'absent',
      ...(this.#loading?.progress ? { progress: this.#loading.progress } : {}),
      documents: list?.documents.length ?? 0,
    }
  }

  /**
   * Loads all of it, or nothing, also if it is cancelled. What has the `_id`, path or openid of something that is there is left out.
   * @throws ExampleError if it is there already, and if the project's own module fails
   */
  async load(): Promise<void> {
    const { settings, events } = this.#options
    if (!settings) throw new ExampleError('项目没有声明示例数据 · the project declares no example')
    const { state } = this.state
    if (state === 'loading') throw new ExampleError('正在载入 · it is being loaded')
    if (state === 'loaded') throw new ExampleError('示例数据已经载入 · the example is loaded already')
    const abort = new AbortController()
    const { signal } = abort
    const progress = (done: number, all: number) => this.#setProgress({ done, all }, signal)
    const end = makeExample(settings, { ...this.#options, signal, progress }).then((data) =>
      this.#insert(data, signal),
    )
    this.#loading = { end, abort }
    events.emit('machine')
    try {
      await end
    } catch (error) {
      if (!(error instanceof Cancellation)) throw error
    } finally {
      this.#loading = undefined
      this.#tellOfChange()
    }
  }

  /**
   * Breaks the loading off, which then has loaded nothing. Resolves when that is so.
   * @throws ExampleError unless it is being loaded
   */
  async cancel(): Promise<void> {
    if (!this.#loading) throw new ExampleError('没有在载入示例数据 · the example is not being loaded')
    await this.#breakOff(new Cancellation('已取消载入 · cancelled'))
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
    this.#tellOfChange()
    return { isDone: true, removed: removed.length, changed: changedCount }
  }

  /** Everything is gone, the example with it. */
  clear(): void {
    this.#list.clear()
  }

  /** Breaks a loading off, with the cloud. */
  async close(): Promise<void> {
    await this.#breakOff(
      new ExampleError('云环境已停止，没有载入 · the cloud has stopped, nothing is loaded'),
    )
  }

  async #breakOff(reason: ExampleError): Promise<void> {
    this.#loading?.abort.abort(reason)
    await this.#loading?.end.catch(() => {})
  }

  /** Of this loading: the module of one that was broken off may still run. */
  #setProgress(progress: ExampleProgress, signal: AbortSignal): void {
    if (!this.#loading || this.#loading.abort.signal !== signal) return
    this.#loading.progress = progress
    this.#options.events.emit('machine')
  }

  async #insert(data: ExampleData, signal: AbortSignal): Promise<void> {
    try {
      signal.throwIfAborted()
      const stored = await this.#insertFiles(data.files)
      signal.throwIfAborted()
      this.#insertRest(data, stored)
    } catch (error) {
      this.#removeUnfinished()
      throw error
    }
  }

  async #insertFiles(all: ExampleData['files']): Promise<ListedFile[]> {
    const { files } = this.#options
    const fresh = all.filter(({ file }) => !files.find(file.path))
    const unfinished: ListedExample = {
      isUnfinished: true,
      collections: [],
      documents: [],
      files: fresh.map(({ file }) => ({ path: file.path, blob: '' })),
      users: [],
    }
    // A process that is killed now leaves files that the next start knows.
    this.#list.write(unfinished)
    const stored: ListedFile[] = []
    for (const { file, bytes } of fresh) {
      const { path, creator, sizeBytes, uploadedAt } = file
      const owner = creator === undefined ? {} : { creator }
      const upload = { path, ...owner, maximumBytes: sizeBytes, uploadedAt }
      stored.push({ path, blob: (await files.write(upload, Readable.from([bytes]))).blob })
    }
    return stored
  }

  #insertRest(data: ExampleData, stored: readonly ListedFile[]): void {
    const { database, store } = this.#options
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

  /** What a loading has left that has failed, or whose process was killed. */
  #removeUnfinished(): void {
    const list = this.#list.read()
    if (!list?.isUnfinished) return
    for (const { path } of list.files) this.#options.files.remove(path)
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

  #tellOfChange(): void {
    for (const topic of ['database', 'files', 'users', 'calls'] as const) this.#options.events.emit(topic)
  }
}
