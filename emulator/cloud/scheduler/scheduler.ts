/**
 * A controlled scheduler: pauses every request that the calls of a test send to the cloud, so that the test decides
 * in which order they run. An interleaving of calls is then data, and the same in every run.
 *
 *     test                     cloud                                      process of an instance
 *      │ start(function) ────► Functions ── invoke ─────────────────────► function runs
 *      │                       SdkEndpoint ◄── request A, request B ───── until it can only wait
 *      │                        A, B: paused                              (quiescence.ts)
 *      │ untilQuiescent() ◄─── PausedInvocation ◄── "sent 2, processed 0"┘
 *      │ release(A) ─────────► A: running ── answer ────────────────────► goes on until it can only wait
 *      │                        A: answered, B: paused                     │
 *      │ … resolves ◄───────── PausedInvocation ◄── "sent 2, processed 1"──┘
 *
 * States of a request: paused → running (⇄ blocked, by a transaction inside the database) → answered.
 * States of a call: running → quiescent → running …, until it has ended.
 */
import type { Caller } from '../caller.ts'
import type { Functions } from '../functions/functions.ts'
import type { InvokeOptions } from '../functions/running-invocation.ts'
import { PausedInvocation } from './paused-invocation.ts'

/** Starts paused calls, and keeps those that another process controls. */
export class Scheduler {
  readonly #functions: Functions
  readonly #calls = new Map<string, PausedInvocation>()
  #started = 0

  constructor(functions: Functions) {
    this.#functions = functions
  }

  /** Starts a call whose every request of the SDK waits until it is released. */
  start(
    functionName: string,
    event: unknown,
    caller: Caller,
    options: Omit<InvokeOptions, 'observer'> = {},
  ): PausedInvocation {
    const call = new PausedInvocation()
    this.#functions.invoke(functionName, event, caller, { ...options, observer: call }).then(
      (end) => call.recordEnd(end),
      (error) => call.recordFailure(error),
    )
    return call
  }

  /** Keeps a call under an id, for clients in another process. */
  register(call: PausedInvocation): string {
    this.#started += 1
    const id = String(this.#started)
    this.#calls.set(id, call)
    return id
  }

  find(id: string): PausedInvocation | undefined {
    return this.#calls.get(id)
  }

  /** Releases every request of the registered calls, and forgets the calls. */
  releaseAll(): void {
    for (const call of this.#calls.values()) for (const operation of call.waiting) operation.release()
    this.#calls.clear()
  }
}
