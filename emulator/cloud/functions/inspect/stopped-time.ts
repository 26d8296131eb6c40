/** How often a limit that has run out looks whether the debugger has let the functions go on. */
const LOOK_MILLISECONDS = 100

/**
 * The time for which a debugger has stopped any function. Every time limit of the cloud stands still meanwhile: a
 * function that waits for a stopped one is not to be killed for it.
 */
export class StoppedTime {
  readonly #stopped = new Set<object>()
  readonly #onChange: () => void
  #since = 0
  #total = 0

  /** @param onChange called when the first is stopped, and when the last goes on */
  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange
  }

  get isStopped(): boolean {
    return this.#stopped.size > 0
  }

  /** Milliseconds since the start of the cloud. */
  get milliseconds(): number {
    return this.#total + (this.isStopped ? performance.now() - this.#since : 0)
  }

  /** @param instance what has been stopped; twice is once */
  begin(instance: object): void {
    const isFirst = !this.isStopped
    if (isFirst) this.#since = performance.now()
    this.#stopped.add(instance)
    if (isFirst) this.#onChange()
  }

  end(instance: object): void {
    if (!this.#stopped.delete(instance) || this.isStopped) return
    this.#total += performance.now() - this.#since
    this.#onChange()
  }

  /** Calls back after a time that stands still while anything is stopped. @returns a function that ends the wait */
  limit(milliseconds: number, callback: () => void): () => void {
    const endsAt = performance.now() - this.milliseconds + milliseconds
    let timer: NodeJS.Timeout
    const wait = (pause: number) => {
      timer = setTimeout(() => {
        const left = endsAt - (performance.now() - this.milliseconds)
        if (this.isStopped) wait(LOOK_MILLISECONDS)
        else if (left > 0) wait(left)
        else callback()
      }, pause)
    }
    wait(milliseconds)
    return () => clearTimeout(timer)
  }
}
