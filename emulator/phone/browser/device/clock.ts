import type { Control } from './control.ts'

const channel = new BroadcastChannel('phone-clock')

/** The phone's clock, which goes with the cloud's: moving one moves both, on all phones. */
export class PhoneClock {
  readonly #control: Control
  #offsetMilliseconds = 0
  readonly #listeners = new Set<(offsetMilliseconds: number) => void>()

  constructor(control: Control) {
    this.#control = control
    channel.addEventListener('message', ({ data }) => this.#take(Number(data)))
  }

  get offsetMilliseconds(): number {
    return this.#offsetMilliseconds
  }

  /** Asks the cloud how late it is; without an answer the phone keeps what it has. */
  async follow(): Promise<void> {
    try {
      this.#take((await this.#control.clockOffsetSeconds()) * 1000)
    } catch {
      // The cloud is down; the page shows that at the next call.
    }
  }

  async move(move: { advanceSeconds: number } | { reset: true }): Promise<void> {
    const offset = (await this.#control.moveClock(move)) * 1000
    this.#take(offset)
    channel.postMessage(offset)
  }

  onChange(listener: (offsetMilliseconds: number) => void): void {
    this.#listeners.add(listener)
  }

  #take(offsetMilliseconds: number): void {
    this.#offsetMilliseconds = offsetMilliseconds
    for (const listener of this.#listeners) listener(offsetMilliseconds)
  }
}

/** Makes `Date` of a window tell the phone's time. */
export function installClock(target: typeof globalThis, offsetMilliseconds: () => number): void {
  const RealDate = target.Date
  target.Date = new Proxy(RealDate, {
    construct: (_, parameters, self) =>
      Reflect.construct(RealDate, parameters.length === 0 ? [now()] : parameters, self),
    apply: () => new RealDate(now()).toString(),
    get: (_, name) => (name === 'now' ? now : Reflect.get(RealDate, name)),
  })
  function now(): number {
    return RealDate.now() + offsetMilliseconds()
  }
}
