import type { Invocation } from '../../control/invocation.ts'
import type { Caller } from '../caller.ts'
import type { CallObserver } from './call-observer.ts'
import type { FunctionDefinition } from './function-catalog.ts'
import type { Pinned } from './messages.ts'

/** What the cloud knows of an invocation while its SDK talks to it. */
export interface RunningInvocation {
  caller: Caller
  definition: FunctionDefinition
  record: Invocation
  /** Adds a line to its log. */
  log(text: string): void
  /** Present for a paused call. */
  observer?: CallObserver
  /** Kills its process at once, as a dying machine would. */
  kill(): void
}

/** How one call differs from others. */
export interface InvokeOptions {
  /** Pauses the requests of the call, and suspends its time limit. */
  observer?: CallObserver
  /** How far the instance's clock is ahead of the machine's; absent for the cloud's own time. */
  clockOffsetMilliseconds?: number
  /** Makes the call the same every time, down to its request id. */
  pinned?: Pinned
}
