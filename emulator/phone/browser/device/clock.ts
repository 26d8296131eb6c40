import type { Control } from './control.ts'

const channel = new BroadcastChannel('phone-clock')

/** The phone's clock. It follows the cloud's clock: moving one moves both, on all phones. */
export class PhoneClock {
  readonly #control: Control
  #offsetMilliseconds = 0
  #stoppedSince: number | undefined
  #stoppedBefore = 0
  readonly #listeners = new Set<(offsetMilliseconds: number) => void>()

  constructor(control: Control) {
    this.#control = control
    channel.addEventListener('message', ({ data }) => this.#setOffset(Number(data)))
  }

  get offsetMilliseconds(): number {
    return this.#offsetMilliseconds
  }

  /** For how long debuggers have stopped functions since the phone was opened. */
  get stoppedMilliseconds(): number {
    const since = this.#stoppedSince
    return this.#stoppedBefore + (since === undefined ? 0 : performance.now() - since)
  }

  /** Takes over the cloud's time. Without an answer, nothing changes. */
  async follow(): Promise<void> {
    try {
      const { offsetSeconds, isStopped } = await this.#control.clockState()
      this.#setStopped(isStopped)
      this.#setOffset(offsetSeconds * 1000)
    } catch {
      // The cloud is down; the next call shows it.
    }
  }

  async move(move: { advanceSeconds: number } | { reset: true }): Promise<void> {
    const offset = (await this.#control.moveClock(move)) * 1000
    this.#setOffset(offset)
    channel.postMessage(offset)
  }

  onChange(listener: (offsetMilliseconds: number) => void): void {
    this.#listeners.add(listener)
  }

  #setStopped(isStopped: boolean): void {
    this.#stoppedBefore = this.stoppedMilliseconds
    this.#stoppedSince = isStopped ? performance.now() : undefined
  }

  #setOffset(offsetMilliseconds: number): void {
    this.#offsetMilliseconds = offsetMilliseconds
    for (const listener of this.#listeners) listener(offsetMilliseconds)
  }
}

/** Replaces `Date` of a window so that it shows the phone's time. */
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
