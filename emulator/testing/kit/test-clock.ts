import type { TestCloud } from '../test-cloud.ts'
import { type Duration, millisecondsOf } from './duration.ts'

/** The time of the cloud, its functions and the phones. What timers of the mini-program wait for happens in it. */
export class TestClock {
  readonly #cloud: TestCloud
  readonly #followed: () => Promise<void>

  /** @param followed called after each move, until all phones have the new time */
  constructor(cloud: TestCloud, followed: () => Promise<void>) {
    this.#cloud = cloud
    this.#followed = followed
  }

  /** As the cloud has it. */
  now(): Date {
    return new Date(this.#cloud.cloud.clock.now())
  }

  /** Lets time pass at once. @throws KitError for a duration without sense */
  async advance(duration: Duration): Promise<void> {
    await this.#cloud.control.post('clock', { advanceSeconds: millisecondsOf(duration) / 1000 })
    await this.#followed()
  }

  /** Back to the machine's time. */
  async reset(): Promise<void> {
    await this.#cloud.control.post('clock', { reset: true })
    await this.#followed()
  }
}
