/** Timers from this length on keep their time; shorter ones are pauses between tries, which a test need not sit out. */
const LONG_MILLISECONDS = 5_000

/** Time as the mini-program on one phone sees it. */
export class DeviceClock {
  aheadMilliseconds = 0
  /** All timers run out at once. */
  isHurried = false
  readonly #pauses = new Set<NodeJS.Timeout>()
  readonly #timeouts = new Map<NodeJS.Timeout, { run: () => void; milliseconds: number; dueAt: number }>()

  /** Whether the app waits for a moment that will come by itself; a long time-out does not count. */
  get isPausing(): boolean {
    return this.#pauses.size > 0
  }

  /** The longest of the time-outs that are running passes, and so all of them are over. */
  runOut(): void {
    const over = [...this.#timeouts.entries()]
    this.#timeouts.clear()
    this.aheadMilliseconds += Math.max(0, ...over.map(([, { milliseconds }]) => milliseconds))
    for (const [timer, { run }] of over) {
      clearTimeout(timer)
      run()
    }
  }

  /** Another time: what is due until then happens now. */
  moveTo(aheadMilliseconds: number): void {
    this.aheadMilliseconds = aheadMilliseconds
    for (const [timer, { run, dueAt }] of [...this.#timeouts]) {
      if (dueAt > this.#now()) continue
      this.#timeouts.delete(timer)
      clearTimeout(timer)
      run()
    }
  }

  #now(): number {
    return Date.now() + this.aheadMilliseconds
  }

  /** What takes the place of the globals. */
  globals() {
    const now = () => this.#now()
    return {
      Date: class extends Date {
        constructor(...given: [] | [number]) {
          super(...((given.length === 0 ? [now()] : given) as [number]))
        }
        static override now() {
          return now()
        }
      },
      setTimeout: (run: () => void, milliseconds: number) => this.#start(run, milliseconds),
      clearTimeout: (timer: NodeJS.Timeout) => {
        this.#pauses.delete(timer)
        this.#timeouts.delete(timer)
        clearTimeout(timer)
      },
    }
  }

  #start(run: () => void, milliseconds: number): NodeJS.Timeout {
    if (milliseconds >= LONG_MILLISECONDS && !this.isHurried) return this.#startLong(run, milliseconds)
    const timer = setTimeout(() => {
      this.#pauses.delete(timer)
      run()
    }, 1)
    this.#pauses.add(timer)
    return timer
  }

  #startLong(run: () => void, milliseconds: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timeouts.delete(timer)
      run()
    }, milliseconds).unref()
    this.#timeouts.set(timer, { run, milliseconds, dueAt: this.#now() + milliseconds })
    return timer
  }
}
