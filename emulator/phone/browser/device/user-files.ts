/** A file, or a folder if it has no `bytes`. */
export interface UserFile {
  path: string
  bytes?: Uint8Array<ArrayBuffer>
  /** Milliseconds since 1970. */
  savedAt: number
}

const STORE = 'files'

/** Roots that a mini-program may write below: its own folder, and files that `saveFile` keeps. */
export const USER_ROOT = 'http://usr'
export const SAVED_ROOT = 'http://store'

/**
 * The files that the mini-program keeps on the phone. All are in memory, since WeChat has synchronous interfaces for
 * them; the browser's database keeps a copy.
 */
export class UserFiles {
  readonly #name: string
  readonly #files = new Map<string, UserFile>()
  readonly #urls = new Map<string, string>()
  #database: IDBDatabase | undefined

  /** @param name of the browser's database */
  constructor(name: string) {
    this.#name = name
  }

  /** Reads the files of earlier runs. Without a database the files last as long as the page. */
  async load(): Promise<void> {
    if (this.#database) return
    try {
      const opening = indexedDB.open(this.#name)
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'path' })
      this.#database = await settled(opening)
      const kept: UserFile[] = await settled(this.#database.transaction(STORE).objectStore(STORE).getAll())
      for (const file of kept) this.#files.set(file.path, file)
    } catch {
      this.#database = undefined
    }
  }

  find(path: string): UserFile | undefined {
    return this.#files.get(path)
  }

  /** All files and folders below a folder. */
  below(folder: string): UserFile[] {
    return [...this.#files.values()].filter(({ path }) => path.startsWith(`${folder}/`))
  }

  write(file: UserFile): void {
    this.#forgetUrl(file.path)
    this.#files.set(file.path, file)
    this.#change((store) => store.put(file))
  }

  remove(path: string): void {
    this.#forgetUrl(path)
    this.#files.delete(path)
    this.#change((store) => store.delete(path))
  }

  clear(): void {
    for (const path of this.#files.keys()) this.#forgetUrl(path)
    this.#files.clear()
    this.#change((store) => store.clear())
  }

  /** The address of a file for the browser. */
  urlOf(path: string): string | undefined {
    const { bytes } = this.#files.get(path) ?? {}
    if (!bytes) return undefined
    const url = this.#urls.get(path) ?? URL.createObjectURL(new Blob([bytes], { type: typeOf(path) }))
    this.#urls.set(path, url)
    return url
  }

  #forgetUrl(path: string): void {
    const url = this.#urls.get(path)
    if (url !== undefined) URL.revokeObjectURL(url)
    this.#urls.delete(path)
  }

  #change(change: (store: IDBObjectStore) => void): void {
    const transaction = this.#database?.transaction(STORE, 'readwrite')
    if (transaction) change(transaction.objectStore(STORE))
  }
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
}

/** The type of a file by the ending of its path. */
export function typeOf(path: string): string {
  return TYPES[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream'
}
