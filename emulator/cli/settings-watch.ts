import { type StatWatcher, unwatchFile, watchFile } from 'node:fs'

/** How soon a change of settings is seen. They are few files, which may not exist yet, and editors replace them. */
const INTERVAL_MILLISECONDS = 300

/** Calls `onChange` when one of the files is saved, made or removed. Keeps no process running. */
export class SettingsWatch {
  readonly #onChange: () => void
  readonly #watched = new Map<string, StatWatcher>()

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  /** Watches these files, and no others. */
  watch(files: readonly string[]): void {
    for (const file of this.#watched.keys()) if (!files.includes(file)) this.#forget(file)
    for (const file of files) {
      if (this.#watched.has(file)) continue
      const options = { interval: INTERVAL_MILLISECONDS, persistent: false }
      const watcher = watchFile(file, options, (now, before) => {
        if (now.mtimeMs !== before.mtimeMs || now.size !== before.size) this.#onChange()
      })
      this.#watched.set(file, watcher)
    }
  }

  end(): void {
    for (const file of [...this.#watched.keys()]) this.#forget(file)
  }

  #forget(file: string): void {
    unwatchFile(file)
    this.#watched.delete(file)
  }
}
