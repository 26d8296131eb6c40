import { asynchronous } from './api.ts'
import type { Options } from './options.ts'

type Listener = (progress: object) => void

/** The task that WeChat returns for an upload or download with callbacks. */
export class TransferTask {
  readonly #fields: readonly [string, string]
  readonly #controller = new AbortController()
  readonly #listeners = new Set<Listener>()

  /** @param fields names of the bytes so far and of all bytes in the progress event */
  constructor(fields: readonly [string, string]) {
    this.#fields = fields
  }

  /** Cancels the transfer: it fails with `abort`. */
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

  /** The options by which the transfer reports its progress and is aborted. */
  get transferOptions() {
    const [done, all] = this.#fields
    const onProgress = (bytes: number, total: number) => {
      const progress = total === 0 ? 100 : Math.floor((bytes / total) * 100)
      for (const listener of this.#listeners) listener({ progress, [done]: bytes, [all]: total })
    }
    return { onProgress, signal: this.#controller.signal }
  }
}

/** Creates an interface that returns its task if it is called with callbacks, and a promise if not. */
export function transferApi(
  name: string,
  fields: readonly [string, string],
  run: (options: Options, task: TransferTask) => unknown,
): (values?: unknown) => Promise<object> | TransferTask {
  return (values) => {
    const task = new TransferTask(fields)
    return asynchronous(name, (options) => run(options, task))(values) ?? task
  }
}
