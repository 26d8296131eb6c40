import { MOST_RUNS } from '../most-runs.ts'

/** Timers from this length on keep their time; shorter ones are pauses between tries, which a test need not sit out. */
const LONG_MILLISECONDS = 5_000

/** Time as the mini-program on one phone sees it. */
export class DeviceClock {
  aheadMilliseconds = 0
  readonly #onError: (error: unknown) => void
  readonly #pauses = new Set<NodeJS.Timeout>()
  readonly #timeouts = new Map<NodeJS.Timeout, { run: () => void; dueAt: number }>()
  readonly #intervals = new Map<NodeJS.Timeout, { run: () => void; dueAt: number }>()

  /** @param onError hears what a timer throws */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  /** Whether the app waits for a moment that will come by itself; a long time-out does not count. */
  get isPausing(): boolean {
    return this.#pauses.size > 0
  }

  /** Another time: what is due until then happens now. */
  moveTo(aheadMilliseconds: number): void {
    this.aheadMilliseconds = aheadMilliseconds
    for (let runs = 0; runs < MOST_RUNS; runs++) {
      const timers = [...this.#timeouts.values(), ...this.#intervals.values()]
      const [next] = timers.sort((one, other) => one.dueAt - other.dueAt)
      if (!next || next.dueAt > this.#now()) return
      next.run()
    }
  }

  /** No timer of the mini-program runs any more. */
  stop(): void {
    for (const timer of [...this.#pauses, ...this.#timeouts.keys(), ...this.#intervals.keys()])
      clearTimeout(timer)
    this.#pauses.clear()
    this.#timeouts.clear()
    this.#intervals.clear()
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
      clearTimeout: (timer: NodeJS.Timeout) => this.#clear(timer),
      setInterval: (run: () => void, milliseconds: number) => this.#startInterval(run, milliseconds),
      clearInterval: (timer: NodeJS.Timeout) => this.#clear(timer),
    }
  }

  #clear(timer: NodeJS.Timeout): void {
    this.#pauses.delete(timer)
    this.#timeouts.delete(timer)
    this.#intervals.delete(timer)
    clearTimeout(timer)
  }

  /** What a timer runs. */
  #run(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#onError(error)
    }
  }

  #startInterval(run: () => void, milliseconds: number): NodeJS.Timeout {
    const act = () => {
      const timing = this.#intervals.get(timer)
      if (timing) timing.dueAt += Math.max(milliseconds, 1)
      this.#run(run)
    }
    const timer = setInterval(act, milliseconds).unref()
    this.#intervals.set(timer, { run: act, dueAt: this.#now() + milliseconds })
    return timer
  }

  #start(run: () => void, milliseconds: number): NodeJS.Timeout {
    if (milliseconds >= LONG_MILLISECONDS) return this.#startLong(run, milliseconds)
    const timer = setTimeout(() => {
      this.#pauses.delete(timer)
      this.#run(run)
    }, 1)
    this.#pauses.add(timer)
    return timer
  }

  #startLong(run: () => void, milliseconds: number): NodeJS.Timeout {
    const act = () => {
      this.#clear(timer)
      this.#run(run)
    }
    const timer = setTimeout(act, milliseconds).unref()
    this.#timeouts.set(timer, { run: act, dueAt: this.#now() + milliseconds })
    return timer
  }
}
