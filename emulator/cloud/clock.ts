/** The cloud's time. It runs like the machine's, moved by an offset that tests and the console may change. */
export class Clock {
  #offsetMilliseconds: number
  readonly #onMove: (offsetMilliseconds: number) => void

  /** @param onMove called with the new offset whenever the clock is moved, so that it can be kept. */
  constructor(offsetMilliseconds = 0, onMove: (offsetMilliseconds: number) => void = () => {}) {
    this.#offsetMilliseconds = offsetMilliseconds
    this.#onMove = onMove
  }

  /** Milliseconds since 1970, as the cloud sees them. */
  now(): number {
    return Date.now() + this.#offsetMilliseconds
  }

  get offsetMilliseconds(): number {
    return this.#offsetMilliseconds
  }

  /** Moves the clock forward, or back with a negative number. */
  advance(seconds: number): void {
    this.#moveTo(this.#offsetMilliseconds + seconds * 1000)
  }

  reset(): void {
    this.#moveTo(0)
  }

  #moveTo(offsetMilliseconds: number): void {
    this.#offsetMilliseconds = offsetMilliseconds
    this.#onMove(offsetMilliseconds)
  }
}
