import type { CallObserver, QuiescenceReport, SdkRequest } from '../functions/call-observer.ts'
import type { InvocationEnd } from '../functions/invocation-end.ts'
import { PausedOperation } from './paused-operation.ts'

/**
 * One call of a function whose SDK requests wait until they are released, one by one.
 *
 * A quiescent call is known exactly: it waits for the requests in `waiting` and for nothing else, or it has ended. No
 * timeout decides that. Whenever the event loop of the instance is empty, the instance reports how many requests it
 * has sent and how many answers it has processed. Once both numbers equal the cloud's own, nothing is on its way in
 * either direction, and nothing can happen in the instance before the next release.
 */
export class PausedInvocation implements CallObserver {
  readonly #operations: PausedOperation[] = []
  #report: QuiescenceReport | undefined
  #end: InvocationEnd | undefined
  #startFailure: unknown
  #watchers: (() => void)[] = []

  /** Requests that have arrived and were not released, in the order in which the function sent them. */
  get waiting(): readonly PausedOperation[] {
    return this.#operations
      .filter((operation) => operation.state === 'paused')
      .sort((a, b) => a.order - b.order)
  }

  /** How the call ended, once it has. Requests that it did not await may still be waiting. */
  get end(): InvocationEnd | undefined {
    return this.#end
  }

  get isQuiescent(): boolean {
    if (this.#operations.some((operation) => operation.state === 'running')) return false
    if (this.#end) return true
    if (!this.#report || this.#report.isEnding) return false
    const answered = this.#operations.filter((operation) => operation.state === 'answered').length
    return this.#report.sent === this.#operations.length && this.#report.processed === answered
  }

  /** Resolves when the call is quiescent. Rejects if it could not be started at all. */
  async untilQuiescent(): Promise<void> {
    while (!this.isQuiescent) {
      if (this.#startFailure) throw this.#startFailure
      await this.#untilChange()
    }
  }

  /**
   * Releases one request and waits until the call is quiescent again.
   * @param name of the request, as in `waiting`
   * @throws RangeError when no such request is waiting
   */
  async release(name: string): Promise<void> {
    const operation = this.waiting.find((candidate) => candidate.name === name)
    if (!operation) throw new RangeError(`no request ${name} is waiting`)
    operation.release()
    await this.untilQuiescent()
  }

  async untilAllArrived(): Promise<void> {
    while ((this.#report?.sent ?? 0) > this.#operations.length) await this.#untilChange()
  }

  addRequest(request: SdkRequest, order: number): PausedOperation {
    const number = this.#operations.filter((other) => other.isLike(request)).length + 1
    const operation = new PausedOperation(request, number, order, () => this.#notifyWatchers())
    this.#operations.push(operation)
    this.#notifyWatchers()
    return operation
  }

  recordReport(report: QuiescenceReport): void {
    this.#report = report
    this.#notifyWatchers()
  }

  recordEnd(end: InvocationEnd): void {
    this.#end = end
    this.#notifyWatchers()
  }

  /** @param error why the call could not be started */
  recordFailure(error: unknown): void {
    this.#startFailure = error
    this.#notifyWatchers()
  }

  #untilChange(): Promise<void> {
    return new Promise((resolve) => this.#watchers.push(resolve))
  }

  #notifyWatchers(): void {
    const watchers = this.#watchers
    this.#watchers = []
    for (const watcher of watchers) watcher()
  }
}
