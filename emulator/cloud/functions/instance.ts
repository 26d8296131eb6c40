import { type ChildProcess, fork } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { QuiescenceReport } from './call-observer.ts'
import type { ErrorReport } from './errors/error-report.ts'
import type { InspectedInstance } from './inspect/inspected-instance.ts'
import { INSPECTOR_URL_VARIABLE } from './inspect/inspector-url-variable.ts'
import type { Launch } from './launch.ts'
import type { InstanceMessage, InvokeMessage, LoadMessage, PostponeMessage } from './messages.ts'
import { outsideFileNote } from './outside-file-note.ts'

/** How one invocation ended inside its instance. */
export type Outcome =
  | { kind: 'returned'; json: string }
  | { kind: 'threw'; message: string; error: ErrorReport }
  | { kind: 'timed-out' }
  /** With the error that ended the process, if there was one. */
  | { kind: 'exited'; error?: ErrorReport }

/** A line of a function's log as its instance has it. */
export interface InstanceLog {
  level: string
  text: string
  /** The line is about this error. */
  error?: ErrorReport
  /** See {@link LogLine}. */
  isLocal?: true
}

/** Receives what an instance reports during one invocation. */
export interface Listener {
  log(line: InstanceLog): void
  /** A request of the SDK was sent, see `request-levels.ts`. */
  sent(sequence: string, level: number): void
  /** A paused call has nothing to do but wait. */
  quiescent(report: QuiescenceReport): void
}

/** The platform's own limit for loading a function's code. */
const LOAD_SECONDS = 15

const LOADING_ENDED = 'the process ended while loading the function'

/** The channel to a process closes within this time of its end. */
const LAST_WORDS_MILLISECONDS = 200

/** The function's code cannot be loaded; the message says where and why. */
export class LoadFailure extends Error {
  override readonly name = 'LoadFailure'
  /** What it logged before. */
  readonly logs: readonly InstanceLog[]
  /** What it threw. */
  readonly error: ErrorReport | undefined

  constructor(message: string, logs: readonly InstanceLog[], error?: ErrorReport) {
    super(message)
    this.logs = logs
    this.error = error
  }
}

/** Milliseconds since 1970; 0 for a file that is gone. */
const changeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** One process that runs one function, one invocation at a time. */
export class Instance {
  readonly version: string
  /** Rejects with the reason when the function's file cannot be loaded. */
  readonly loaded: Promise<void>
  /** When its process was started, milliseconds since 1970 by the machine's clock. */
  readonly startedAt = Date.now()
  /** True until its first invocation has been given to it. */
  fresh = true
  readonly #process: ChildProcess
  readonly #launch: Launch
  readonly #inspected: InspectedInstance | undefined
  /** When each file outside the function's folder had last been changed. */
  readonly #outsideFiles = new Map<string, number>()
  /** Logged while the function was loaded; the first call gets it. */
  readonly #earlyLogs: InstanceLog[] = []
  #crash: ErrorReport | undefined
  #killed = false
  #listener: Listener | undefined
  #settle: ((outcome: Outcome) => void) | undefined

  constructor(launch: Launch) {
    const { settings, environment, memoryMegabytes } = launch
    this.version = launch.version
    this.#launch = launch
    const { inspector } = launch
    this.#inspected = inspector?.add(settings.functionName)
    const awaited = this.#inspected?.awaited
    const debugging = this.#inspected && { isAwaited: awaited !== undefined }
    this.#process = fork(launch.runtime, [JSON.stringify({ ...settings, debugging })], {
      // Node reads the package.json here before anything else; the function's own may be broken.
      cwd: dirname(launch.runtime),
      env: inspector
        ? { ...environment, [INSPECTOR_URL_VARIABLE]: inspector.urlOf(settings.functionName) }
        : environment,
      execPath: launch.nodeExecutable,
      execArgv: [
        `--max-old-space-size=${memoryMegabytes}`,
        ...(settings.compiledEntry === undefined ? [] : ['--enable-source-maps']),
        ...(inspector ? ['--inspect=127.0.0.1:0'] : []),
      ],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#process.stdout?.on('data', (data) => this.#log({ level: 'log', text: String(data).trimEnd() }))
    this.#process.stderr?.on('data', (data) => this.#readErrors(String(data)))
    this.loaded = this.#load()
    void awaited?.then(
      () => this.#process.connected && this.#process.send({ type: 'load' } satisfies LoadMessage),
    )
    this.#process.on('message', (message: InstanceMessage) => this.#receive(message))
    this.#process.on('exit', () => {
      this.#inspected?.end()
      this.#endWithProcess()
    })
    this.#process.on('error', () => this.#end({ kind: 'exited' }))
  }

  get alive(): boolean {
    const { exitCode, signalCode, connected } = this.#process
    return !this.#killed && !this.#crash && exitCode === null && signalCode === null && connected
  }

  /** Whether it runs the code that is on disk now. */
  isCurrent(version: string): boolean {
    if (this.version !== version) return false
    return [...this.#outsideFiles].every(([file, changedAt]) => changedAt === changeOf(file))
  }

  /** Gives the instance one invocation; after `timeoutSeconds`, without those in which a debugger has stopped it, the process is killed. */
  invoke(message: InvokeMessage, timeoutSeconds: number, listener: Listener): Promise<Outcome> {
    this.fresh = false
    this.#listener = listener
    for (const line of this.#earlyLogs.splice(0)) listener.log(line)
    return new Promise((resolve) => {
      const endLimit = this.#launch.stoppedTime.limit(timeoutSeconds * 1000, () => {
        this.#end({ kind: 'timed-out' })
        this.kill()
      })
      const endFollowing = this.#inspected?.followStops((milliseconds) => {
        if (this.alive) this.#process.send({ type: 'postpone', milliseconds } satisfies PostponeMessage)
      })
      this.#settle = (outcome) => {
        endLimit()
        endFollowing?.()
        this.#settle = undefined
        resolve(outcome)
      }
      if (!this.alive) return this.#end(this.#exited())
      this.#process.send(message, (error) => error && this.#end(this.#exited()))
    })
  }

  kill(): void {
    // The process goes on for a moment; nobody must be given to it any more.
    this.#killed = true
    this.#process.kill('SIGKILL')
    this.#inspected?.end()
  }

  #load(): Promise<void> {
    return new Promise((resolve, reject) => {
      const endLimit = this.#launch.stoppedTime.limit(LOAD_SECONDS * 1000, () => {
        this.kill()
        reject(new Error(`loading the function took more than ${LOAD_SECONDS} seconds`))
      })
      const settle = (error?: Error) => {
        endLimit()
        if (error) reject(error)
        else resolve(this.#inspected?.settled())
      }
      this.#process.on('message', (message: InstanceMessage) => {
        if (message.type === 'loaded') settle()
        else if (message.type === 'load-failed') {
          settle(new LoadFailure(message.message, this.#earlyLogs, message.error))
        } else if (message.type === 'crashed') {
          settle(new LoadFailure(LOADING_ENDED, this.#earlyLogs, message.error))
        }
      })
      this.#process.once('exit', () => settle(new LoadFailure(LOADING_ENDED, this.#earlyLogs)))
      this.#process.once('error', settle)
    })
  }

  #receive(message: InstanceMessage): void {
    if (message.type === 'log') this.#log(message)
    else if (message.type === 'note') this.#launch.onNote(message.note)
    else if (message.type === 'outside-file') this.#addOutsideFile(message)
    else if (message.type === 'sent') this.#listener?.sent(message.sequence, message.level)
    else if (message.type === 'quiescent') this.#listener?.quiescent(message)
    else if (message.type === 'returned') this.#end({ kind: 'returned', json: message.json })
    else if (message.type === 'threw')
      this.#end({ kind: 'threw', message: message.message, error: message.error })
    else if (message.type === 'crashed') {
      this.#crash = message.error
      this.#end({ kind: 'exited', error: message.error })
    }
  }

  #readErrors(text: string): void {
    const output = this.#inspected ? this.#inspected.readOutput(text) : text
    if (output !== '') this.#log({ level: 'error', text: output.trimEnd() })
  }

  #exited(): Outcome {
    return { kind: 'exited', ...(this.#crash ? { error: this.#crash } : {}) }
  }

  /** What the process has said before it ended may still be on its way. */
  #endWithProcess(): void {
    const end = () => this.#end(this.#exited())
    if (!this.#process.connected) {
      end()
      return
    }
    const timer = setTimeout(end, LAST_WORDS_MILLISECONDS)
    this.#process.once('disconnect', () => {
      clearTimeout(timer)
      end()
    })
  }

  #log(line: InstanceLog): void {
    if (this.#listener) this.#listener.log(line)
    else this.#earlyLogs.push(line)
  }

  #addOutsideFile({ file, request, requiredBy }: InstanceMessage & { type: 'outside-file' }): void {
    this.#outsideFiles.set(file, changeOf(file))
    this.#launch.onNote(outsideFileNote(this.#launch.settings.functionName, request, requiredBy))
  }

  #end(outcome: Outcome): void {
    this.#settle?.(outcome)
  }
}
