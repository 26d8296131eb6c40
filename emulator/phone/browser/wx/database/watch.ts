import { changesBetween, type DocumentChange, type Seen, seenOf } from './changes.ts'
import { type DatabaseConnection, isOffline } from './connection.ts'
import { CODES, DatabaseFailure } from './failure.ts'
import { decodeDocument, type Fields } from './values.ts'

/** What `onChange` is given. */
export interface Snapshot {
  id: number
  type?: 'init'
  docs: Fields[]
  docChanges: DocumentChange[]
}

interface Listener {
  onChange: (snapshot: Snapshot) => void
  onError: (error: DatabaseFailure) => void
}

/**
 * `watch({ onChange, onError })`: tells what the query finds now, and again after each change of it. An error ends it.
 * @throws DatabaseFailure without both functions
 */
export function watch(connection: DatabaseConnection, request: Fields, listener: unknown): object {
  const { onChange, onError } = (listener ?? {}) as Partial<Listener>
  if (typeof onChange !== 'function' || typeof onError !== 'function') {
    throw new DatabaseFailure(CODES.badType, 'collection.watch:fail onChange and onError should be functions')
  }
  const watcher = new Watcher(connection, request, {
    onChange: (snapshot) => onChange(snapshot),
    onError: (error) => onError(error),
  })
  return { close: () => watcher.close() }
}

class Watcher {
  readonly #connection: DatabaseConnection
  readonly #request: Fields
  readonly #listener: Listener
  readonly #stop: () => void
  #isOpen = true
  #isReading = false
  #isStale = false
  #seen: Seen | undefined
  #snapshots = 0
  #changes = 0

  constructor(connection: DatabaseConnection, request: Fields, listener: Listener) {
    this.#connection = connection
    this.#request = request
    this.#listener = listener
    this.#stop = connection.onChange(() => void this.#refresh())
    void this.#refresh()
  }

  close(): Promise<void> {
    this.#isOpen = false
    this.#stop()
    return Promise.resolve()
  }

  /** Reads once at a time; a change meanwhile makes it read again. */
  async #refresh(): Promise<void> {
    this.#isStale = true
    if (this.#isReading) return
    this.#isReading = true
    while (this.#isOpen && this.#isStale) {
      this.#isStale = false
      await this.#read()
    }
    this.#isReading = false
  }

  async #read(): Promise<void> {
    try {
      const after = await this.#texts(this.#request)
      const changes = this.#seen
        ? changesBetween(this.#seen, after, await this.#remaining(after))
        : initial(after)
      const isFirst = this.#seen === undefined
      this.#seen = after
      if (this.#isOpen && (isFirst || changes.length > 0)) this.#report(after, changes, isFirst)
    } catch (error) {
      // Without a network the next change or reconnection reads again.
      if (!this.#isOpen || (this.#seen && isOffline(error))) return
      void this.close()
      const failure =
        error instanceof DatabaseFailure ? error : new DatabaseFailure(CODES.general, String(error))
      this.#listener.onError(failure.of('collection.watch'))
    }
  }

  #report(seen: Seen, changes: Omit<DocumentChange, 'id'>[], isFirst: boolean): void {
    const docChanges = changes.map((change) => ({ id: this.#changes++, ...change }))
    const snapshot: Snapshot = {
      id: this.#snapshots++,
      docs: [...seen.values()].map((text) => decodeDocument(text)),
      docChanges,
      ...(isFirst ? { type: 'init' } : {}),
    }
    // An error of the mini-program's own function is its uncaught error, and ends nothing.
    setTimeout(() => this.#isOpen && this.#listener.onChange(snapshot))
  }

  /** Those of the documents that left the query that still exist, as far as the person may read them. */
  async #remaining(after: Seen): Promise<Seen> {
    const left = [...(this.#seen?.keys() ?? [])].filter((id) => !after.has(id)).map((id) => JSON.parse(id))
    if (left.length === 0) return new Map()
    const { collectionName } = this.#request
    const request = { collectionName, query: { _id: { $in: left } }, queryType: 'WHERE' }
    return this.#texts(request).catch(() => new Map())
  }

  async #texts(request: Fields): Promise<Seen> {
    const { list } = await this.#connection.send('watchDocuments', request)
    return seenOf(list as string[])
  }
}

function initial(seen: Seen): Omit<DocumentChange, 'id'>[] {
  return [...seen.values()].map((text) => {
    const doc = decodeDocument(text)
    return { queueType: 'init', dataType: 'init', docId: doc['_id'], doc }
  })
}
