import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { DebugSession } from './debug-session.ts'
import type { StoppedTime } from './stopped-time.ts'

/** What Node says of its inspector on the error output; nothing that the function has logged. */
const OF_INSPECTOR =
  /^(Debugger listening on .*|For help, see: .*|Debugger attached\.|Debugger ending on .*|Waiting for the debugger to disconnect\.\.\.|Starting inspector on .*)\r?\n?/gm

/** For so long a new instance waits for a debugger that was at the one before. An editor looks once a second. */
const RETURN_MILLISECONDS = 4000
/** A debugger that has sent nothing for so long is done with its breakpoints. */
const QUIET_MILLISECONDS = 250
/** For so long a call waits for that. */
const SETTLE_MILLISECONDS = 3000
const LOOK_MILLISECONDS = 20
const INFORM_MILLISECONDS = 100

export interface InspectedInstanceOptions {
  stoppedTime: StoppedTime
  /** Whether a debugger is about to come, so that the instance waits before it loads the function. */
  isAwaited: boolean
  /** @param wasDebugged whether a debugger was there at the end */
  onEnd: (wasDebugged: boolean) => void
}

/** The inspector of one process, and the debuggers that are at it. */
export class InspectedInstance {
  /** Present when a debugger is about to come: resolves when it has, and has set its breakpoints, or does not come. */
  readonly awaited: Promise<void> | undefined
  readonly #options: InspectedInstanceOptions
  readonly #sessions = new Set<DebugSession>()
  readonly #url: Promise<string>
  #setUrl: (url: string) => void = () => {}
  #fail: (error: Error) => void = () => {}
  #hasLetRun = false
  #hasEnded = false

  constructor(options: InspectedInstanceOptions) {
    this.#options = options
    this.#url = new Promise((resolve, reject) => {
      this.#setUrl = resolve
      this.#fail = reject
    })
    this.#url.catch(() => {})
    this.awaited = options.isAwaited ? this.#untilLetRun() : undefined
  }

  /** Whether a debugger has stopped it. */
  get isStopped(): boolean {
    return [...this.#sessions].some((session) => session.isStopped)
  }

  /**
   * Informs a running instance, little by little, for how long others are stopped.
   * @returns a function that ends this
   */
  followStops(postpone: (milliseconds: number) => void): () => void {
    const { stoppedTime } = this.#options
    let known = stoppedTime.milliseconds
    const timer = setInterval(() => {
      const milliseconds = stoppedTime.milliseconds - known
      known += milliseconds
      // One that is stopped itself finds out when it goes on.
      if (milliseconds > 0 && !this.isStopped) postpone(milliseconds)
    }, INFORM_MILLISECONDS)
    return () => clearInterval(timer)
  }

  /** Takes what the process writes to its error output. @returns what is the function's own of it */
  readOutput(text: string): string {
    const [, url] = /^Debugger listening on (ws:\S+)/m.exec(text) ?? []
    if (url !== undefined) this.#setUrl(url)
    // A process that ends by itself would wait for the debugger for ever.
    if (/^Waiting for the debugger to disconnect/m.test(text))
      for (const session of this.#sessions) session.leave()
    return text.replace(OF_INSPECTOR, '')
  }

  /** @param accept completes the debugger's connection. @throws Error when the process has ended */
  async attach(accept: () => Promise<WebSocket>): Promise<void> {
    const upstream = await this.#connect()
    const client = await accept()
    const session = new DebugSession({ client, upstream }, this, this.#options.stoppedTime, () => {
      this.#hasLetRun ||= session.hasLetRun
      this.#sessions.delete(session)
    })
    this.#sessions.add(session)
  }

  /** Resolves when the debuggers that are there have set their breakpoints. */
  async settled(): Promise<void> {
    const endsAt = performance.now() + SETTLE_MILLISECONDS
    const isBusy = () =>
      [...this.#sessions].some(({ lastRequestAt }) => performance.now() - lastRequestAt < QUIET_MILLISECONDS)
    while (!this.#hasEnded && performance.now() < endsAt && isBusy()) await sleep(LOOK_MILLISECONDS)
  }

  /** The process has ended, or is about to. */
  end(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#fail(new Error('the instance has ended'))
    this.#options.stoppedTime.end(this)
    const wasDebugged = this.#sessions.size > 0
    for (const session of this.#sessions) session.terminate()
    this.#options.onEnd(wasDebugged)
  }

  async #untilLetRun(): Promise<void> {
    const startedAt = performance.now()
    const hasLetRun = () => this.#hasLetRun || [...this.#sessions].some((session) => session.hasLetRun)
    const isLate = () => {
      const since = Math.max(startedAt, ...[...this.#sessions].map(({ lastRequestAt }) => lastRequestAt))
      return performance.now() - since > RETURN_MILLISECONDS
    }
    while (!this.#hasEnded && !hasLetRun() && !isLate()) await sleep(LOOK_MILLISECONDS)
  }

  async #connect(): Promise<WebSocket> {
    const upstream = new WebSocket(await this.#url, { perMessageDeflate: false, maxPayload: 0 })
    return new Promise((resolve, reject) => {
      upstream.once('open', () => resolve(upstream))
      upstream.once('error', reject)
    })
  }
}
