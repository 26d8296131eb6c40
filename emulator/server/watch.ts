import { type FSWatcher, watch } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { type FolderIdentity, listFolders } from './folders.ts'

/** An editor saves a file in several steps; they are taken as one. */
const PAUSE_MILLISECONDS = 30
/** How soon a folder that is not there, or that could not be watched, is tried again. */
const RETRY_MILLISECONDS = 500

/**
 * Calls `onChange` after files below `directory` have changed, once for changes in quick succession, and not again
 * before it is done. When it fails that is printed, and the next change is heard all the same. The directory and
 * everything below it may be removed, renamed and made again; it need not be there yet. Watching alone keeps no process running.
 * @param ignored a folder whose files are not the directory's, such as that of the cloud's data
 * @returns a function that ends it
 */
export function watchDirectory(
  directory: string,
  onChange: () => Promise<void>,
  ignored?: string,
): () => void {
  const watcher = new DirectoryWatcher(directory, onChange, ignored)
  return () => watcher.end()
}

/**
 * On Linux one watch a folder, set right after every change: Node's recursive watch there follows each file by its
 * inode, loses it once an editor saves by renaming, and fails as a whole when a folder is removed while it is read.
 * The other systems watch a whole tree themselves.
 */
const WATCHES_TREES = process.platform !== 'linux'

interface WatchedFolder {
  watcher: FSWatcher
  identity: FolderIdentity
}

class DirectoryWatcher {
  readonly #directory: string
  readonly #onChange: () => Promise<void>
  readonly #ignored: string | undefined
  readonly #folders = new Map<string, WatchedFolder>()
  #timer: NodeJS.Timeout | undefined
  #retryTimer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #hasEnded = false

  constructor(directory: string, onChange: () => Promise<void>, ignored: string | undefined) {
    this.#directory = directory
    this.#onChange = onChange
    this.#ignored = ignored
    this.#watchFolders()
  }

  end(): void {
    this.#hasEnded = true
    clearTimeout(this.#timer)
    clearTimeout(this.#retryTimer)
    for (const folder of [...this.#folders.keys()]) this.#forget(folder)
  }

  #changed(): void {
    if (this.#hasEnded) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      // First the watches, then the reader of the files: what is saved later than that is an event of its own.
      this.#watchFolders()
      this.#running = this.#running.then(this.#onChange).catch((error) => console.error(error))
    }, PAUSE_MILLISECONDS)
  }

  /** Watches every folder that is there now, and no other. */
  #watchFolders(): void {
    const seen = new Set<string>()
    for (const { path, identity } of listFolders(this.#directory, { isDeep: !WATCHES_TREES })) {
      seen.add(path)
      if (this.#folders.get(path)?.identity === identity) continue
      this.#forget(path)
      // The generator lists what is in the folder after this, so that nothing made meanwhile is missed.
      this.#watch(path, identity)
    }
    for (const path of [...this.#folders.keys()]) if (!seen.has(path)) this.#forget(path)
    if (!seen.has(this.#directory)) this.#retryLater()
  }

  #watch(path: string, identity: FolderIdentity): void {
    try {
      const watcher = watch(path, { recursive: WATCHES_TREES, persistent: false }, (_event, name) => {
        if (this.#isIgnored(join(path, name ?? ''))) return
        // A folder tells of its own removal under its own name; another may take its place with the same inode.
        if (name === basename(path)) this.#forget(path)
        this.#changed()
      })
      watcher.on('error', () => this.#lose(path))
      this.#folders.set(path, { watcher, identity })
    } catch (error) {
      // Gone since it was listed: its parent has an event for that. Anything else is worth another attempt.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#fail(path, error)
    }
  }

  #isIgnored(path: string): boolean {
    const ignored = this.#ignored
    return ignored !== undefined && (path === ignored || path.startsWith(`${ignored}${sep}`))
  }

  #lose(path: string): void {
    this.#forget(path)
    this.#changed()
  }

  #fail(path: string, error: unknown): void {
    console.error(`${path} 无法监视，改动可能看不到 · cannot be watched: ${(error as Error).message}`)
    this.#retryLater()
  }

  #forget(path: string): void {
    this.#folders.get(path)?.watcher.close()
    this.#folders.delete(path)
  }

  #retryLater(): void {
    if (this.#hasEnded) return
    clearTimeout(this.#retryTimer)
    const before = this.#folders.size
    this.#retryTimer = setTimeout(() => {
      this.#watchFolders()
      if (this.#folders.size > before) this.#changed()
    }, RETRY_MILLISECONDS)
    this.#retryTimer.unref()
  }
}
