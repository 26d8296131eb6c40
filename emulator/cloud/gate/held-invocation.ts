import type { InvocationEnd } from '../functions/invocation-end.ts'
import { HeldOperation, type HeldRequest } from './held-operation.ts'

/** What an instance says of itself each time it has nothing left to do but wait. */
export interface Stillness {
  /** Requests of the SDK it has sent. */
  asked: number
  /** Requests whose answer, or whose broken connection, it has dealt with. */
  closed: number
  /** Its answer is about to follow. */
  isEnding: boolean
}

/**
 * One call of a function whose SDK requests wait until they are let go, one by one.
 *
 * When it is still, it is exactly known: it waits at `waiting` and at nothing else, or it has ended. Nothing is
 * guessed by time. The instance tells whenever its event loop is empty how many requests it has sent and how many
 * answers it has dealt with; once both numbers are the cloud's own, nothing is on its way in either direction, so
 * that nothing can happen in the instance before the next release.
 */
export class HeldInvocation {
  readonly #operations: HeldOperation[] = []
  #report: Stillness | undefined
  #end: InvocationEnd | undefined
  #watchers: (() => void)[] = []
  #hasFailedToStart: unknown

  /** Requests that have come and not been let go, in the order in which the function sent them. */
  get waiting(): readonly HeldOperation[] {
    return this.#operations
      .filter((operation) => operation.state === 'held')
      .sort((a, b) => a.order - b.order)
  }

  /** How the call ended, once it has. Requests it did not wait for may still be waiting. */
  get end(): InvocationEnd | undefined {
    return this.#end
  }

  get isStill(): boolean {
    if (this.#operations.some((operation) => operation.state === 'running')) return false
    const arrived = this.#operations.length
    if (this.#end) return true
    if (!this.#report || this.#report.isEnding) return false
    const answered = this.#operations.filter((operation) => operation.state === 'answered').length
    return this.#report.asked === arrived && this.#report.closed === answered
  }

  /** Resolves when the call is still. Rejects if it could not be started at all. */
  async still(): Promise<void> {
    while (!this.isStill) {
      if (this.#hasFailedToStart) throw this.#hasFailedToStart
      await new Promise<void>((resolve) => this.#watchers.push(resolve))
    }
  }

  /**
   * Lets one request go and waits until the call is still again.
   * @param name of the request, as `waiting` has it
   * @throws RangeError when no such request is waiting
   */
  async release(name: string): Promise<void> {
    const operation = this.waiting.find((candidate) => candidate.name === name)
    if (!operation) throw new RangeError(`no request ${name} is waiting`)
    operation.release()
    await this.still()
  }

  /** Resolves when every request the function has sent is here, also those it did not wait for. */
  async allArrived(): Promise<void> {
    while ((this.#report?.asked ?? 0) > this.#operations.length) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve))
    }
  }

  /** A request of this call has come. @param order of sending, where the request tells it */
  arrive(request: HeldRequest, order: number): HeldOperation {
    const number = this.#operations.filter((other) => other.isLike(request)).length + 1
    const operation = new HeldOperation(request, number, order, () => this.#stir())
    this.#operations.push(operation)
    this.#stir()
    return operation
  }

  /** The instance has nothing to do but wait. */
  report(stillness: Stillness): void {
    this.#report = stillness
    this.#stir()
  }

  ended(end: InvocationEnd): void {
    this.#end = end
    this.#stir()
  }

  failed(error: unknown): void {
    this.#hasFailedToStart = error
    this.#stir()
  }

  #stir(): void {
    const watchers = this.#watchers
    this.#watchers = []
    for (const watcher of watchers) watcher()
  }
}
