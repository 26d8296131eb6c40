import { type ChildProcess, fork } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import type { Stillness } from '../gate/held-invocation.ts'
import type { FunctionDefinition } from './catalog.ts'
import type { InstanceMessage, InvokeMessage } from './messages.ts'

/** How one invocation ended inside its instance. */
export type Outcome =
  | { kind: 'returned'; json: string }
  | { kind: 'threw'; message: string }
  | { kind: 'timed-out' }
  | { kind: 'exited' }

const MEMORY_MEGABYTES = 256
/** What the cloud hears from an instance while it is at work on one invocation. */
export interface Listener {
  log(level: string, text: string): void
  /** A request of the SDK was sent, see `request-levels.ts`. */
  sent(sequence: string, level: number): void
  /** A call under watch has nothing to do but wait. */
  still(stillness: Stillness): void
}

/** The platform's own limit for loading a function's code. */
const LOAD_SECONDS = 15

/** Writes the program that runs inside instances into `directory`; returns the file. */
export function compileRuntime(directory: string): string {
  const outfile = join(directory, 'instance-runtime.cjs')
  buildSync({
    entryPoints: [fileURLToPath(new URL('./runtime.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // Instances may be run by the oldest Node that the platform offers.
    target: 'node16',
    logLevel: 'error',
  })
  return outfile
}

/** One process that runs one function, one invocation at a time. */
export class Instance {
  readonly version: string
  /** Rejects with the reason when the function's file cannot be loaded. */
  readonly loaded: Promise<void>
  /** True until its first invocation has been given to it. */
  fresh = true
  readonly #process: ChildProcess
  #killed = false
  #listener: Listener | undefined
  #settle: ((outcome: Outcome) => void) | undefined

  /** @param nodeExecutable the Node that runs the function; this program's own by default */
  constructor(
    definition: FunctionDefinition,
    runtime: string,
    environment: Record<string, string>,
    nodeExecutable = process.execPath,
  ) {
    this.version = definition.version
    this.#process = fork(runtime, [definition.entry], {
      cwd: dirname(definition.entry),
      env: environment,
      execPath: nodeExecutable,
      execArgv: [`--max-old-space-size=${MEMORY_MEGABYTES}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#process.stdout?.on('data', (data) => this.#listener?.log('log', String(data).trimEnd()))
    this.#process.stderr?.on('data', (data) => this.#listener?.log('error', String(data).trimEnd()))
    this.loaded = this.#load()
    this.#process.on('message', (message: InstanceMessage) => this.#receive(message))
    this.#process.on('exit', () => this.#end({ kind: 'exited' }))
    this.#process.on('error', () => this.#end({ kind: 'exited' }))
  }

  get alive(): boolean {
    const { exitCode, signalCode, connected } = this.#process
    return !this.#killed && exitCode === null && signalCode === null && connected
  }

  /** Gives the instance one invocation; after `timeoutSeconds` the process is killed. */
  invoke(message: InvokeMessage, timeoutSeconds: number, listener: Listener): Promise<Outcome> {
    this.fresh = false
    this.#listener = listener
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#end({ kind: 'timed-out' })
        this.kill()
      }, timeoutSeconds * 1000)
      this.#settle = (outcome) => {
        clearTimeout(timer)
        this.#settle = undefined
        resolve(outcome)
      }
      if (!this.alive) return this.#end({ kind: 'exited' })
      this.#process.send(message, (error) => error && this.#end({ kind: 'exited' }))
    })
  }

  kill(): void {
    // The process goes on for a moment; nobody must be given to it any more.
    this.#killed = true
    this.#process.kill('SIGKILL')
  }

  #load(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.kill()
        reject(new Error(`loading the function took more than ${LOAD_SECONDS} seconds`))
      }, LOAD_SECONDS * 1000)
      const settle = (error?: Error) => {
        clearTimeout(timer)
        if (error) reject(error)
        else resolve()
      }
      this.#process.on('message', (message: InstanceMessage) => {
        if (message.type === 'loaded') settle()
        else if (message.type === 'load-failed') settle(new Error(message.message))
      })
      this.#process.once('exit', () => settle(new Error('the process ended while loading the function')))
      this.#process.once('error', settle)
    })
  }

  #receive(message: InstanceMessage): void {
    if (message.type === 'log') this.#listener?.log(message.level, message.text)
    else if (message.type === 'sent') this.#listener?.sent(message.sequence, message.level)
    else if (message.type === 'still') this.#listener?.still(message)
    else if (message.type === 'returned') this.#end({ kind: 'returned', json: message.json })
    else if (message.type === 'threw') this.#end({ kind: 'threw', message: message.message })
  }

  #end(outcome: Outcome): void {
    this.#settle?.(outcome)
  }
}
