import type { WebSocket } from 'ws'
import { DEBUGGER_CLOCK } from './debugger-clock.ts'
import type { StoppedTime } from './stopped-time.ts'

/** Ids of requests that the relay makes itself; no client counts so far. */
const FIRST_OWN_ID = 2_000_000_000

const ENDS_STOP =
  /"method"\s*:\s*"Debugger\.(resume|stepInto|stepOver|stepOut|continueToLocation|restartFrame|disable)"/
const RUNS = /"method"\s*:\s*"Runtime\.runIfWaitingForDebugger"/

interface Ends {
  /** The debugger. */
  client: WebSocket
  /** The inspector of the instance. */
  upstream: WebSocket
}

/**
 * One debugger at one instance: hands every message on, and tells the cloud and the instance when the debugger stops
 * it. Its clock is started again by a request that goes before the debugger's own, so that no statement of the
 * function sees the time that has passed.
 */
export class DebugSession {
  /** When the debugger last sent something, on the machine's monotonic clock. */
  lastRequestAt = performance.now()
  /** Whether the debugger has let an instance go on that waited for it. */
  hasLetRun = false
  /** Whether the instance is stopped. */
  isStopped = false
  readonly #ends: Ends
  readonly #instance: object
  readonly #stoppedTime: StoppedTime
  #nextId = FIRST_OWN_ID

  /** @param onEnd called once either end has gone */
  constructor(ends: Ends, instance: object, stoppedTime: StoppedTime, onEnd: () => void) {
    this.#ends = ends
    this.#instance = instance
    this.#stoppedTime = stoppedTime
    const { client, upstream } = ends
    client.on('message', (data) => this.#toInstance(String(data)))
    upstream.on('message', (data) => this.#toDebugger(String(data)))
    client.once('close', () => {
      this.leave()
      onEnd()
    })
    upstream.once('close', () => {
      this.#stoppedTime.end(this.#instance)
      client.close()
      onEnd()
    })
    for (const end of [client, upstream]) end.on('error', () => end.terminate())
  }

  /** Ends the session; the function goes on. */
  leave(): void {
    const { client, upstream } = this.#ends
    if (this.isStopped) {
      this.#tellClock('goOn')
      this.#request('Debugger.resume')
      this.#stoppedTime.end(this.#instance)
      this.isStopped = false
    }
    upstream.close()
    client.close()
  }

  /** Breaks both connections off. */
  terminate(): void {
    for (const end of Object.values(this.#ends)) end.terminate()
  }

  #toInstance(text: string): void {
    this.lastRequestAt = performance.now()
    if (RUNS.test(text)) this.hasLetRun = true
    if (this.isStopped && ENDS_STOP.test(text)) this.#tellClock('goOn')
    this.#send(text)
  }

  #toDebugger(text: string): void {
    if (text.startsWith('{"method":"Debugger.paused"')) {
      this.isStopped = true
      this.#stoppedTime.begin(this.#instance)
      this.#tellClock('stop')
    } else if (text.startsWith('{"method":"Debugger.resumed"')) {
      this.isStopped = false
      this.#stoppedTime.end(this.#instance)
    } else if (isOwnAnswer(text)) return
    if (this.#ends.client.readyState === this.#ends.client.OPEN) this.#ends.client.send(text)
  }

  #tellClock(what: 'stop' | 'goOn'): void {
    this.#request('Runtime.evaluate', { expression: `${DEBUGGER_CLOCK}?.${what}()`, silent: true })
  }

  #request(method: string, params: object = {}): void {
    this.#send(JSON.stringify({ id: this.#nextId++, method, params }))
  }

  #send(text: string): void {
    const { upstream } = this.#ends
    if (upstream.readyState === upstream.OPEN) upstream.send(text)
  }
}

/** An answer begins with its id. */
function isOwnAnswer(text: string): boolean {
  return Number(/^\{"id":(\d+)/.exec(text)?.[1] ?? 0) >= FIRST_OWN_ID
}
