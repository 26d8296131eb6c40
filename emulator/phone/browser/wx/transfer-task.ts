import { asynchronous, type Options } from './api.ts'

type Listener = (progress: object) => void

/** What WeChat gives back for an upload or a download that has callbacks. */
export class TransferTask {
  readonly #words: readonly [string, string]
  readonly #controller = new AbortController()
  readonly #listeners = new Set<Listener>()

  /** @param words how the bytes that went through are called, and how those that are to */
  constructor(words: readonly [string, string]) {
    this.#words = words
  }

  /** The transfer ends with `abort`. */
  abort(): void {
    this.#controller.abort()
  }

  onProgressUpdate(listener: Listener): void {
    this.#listeners.add(listener)
  }

  offProgressUpdate(listener?: Listener): void {
    if (listener) this.#listeners.delete(listener)
    else this.#listeners.clear()
  }

  /** For the transfer itself: it hears of `abort` and tells how far it is. */
  get watch() {
    const [done, all] = this.#words
    const onProgress = (bytes: number, total: number) => {
      const progress = total === 0 ? 100 : Math.floor((bytes / total) * 100)
      for (const listener of this.#listeners) listener({ progress, [done]: bytes, [all]: total })
    }
    return { onProgress, signal: this.#controller.signal }
  }
}

/** An interface that gives its task back at once where it is called with callbacks, and a promise where it is not. */
export function transferring(
  name: string,
  words: readonly [string, string],
  run: (options: Options, task: TransferTask) => unknown,
): (values?: unknown) => Promise<object> | TransferTask {
  return (values) => {
    const task = new TransferTask(words)
    return asynchronous(name, (options) => run(options, task))(values) ?? task
  }
}
