import type { Caller } from '../caller.ts'
import type { Functions, InvokeOptions } from '../functions/functions.ts'
import { HeldInvocation } from './held-invocation.ts'

/**
 * Holds the requests of single calls, so that an interleaving of calls is data and not luck: start some calls, see
 * what each waits at, let one request go, look again.
 */
export class Gate {
  readonly #functions: Functions
  readonly #held = new Map<string, HeldInvocation>()
  #started = 0

  constructor(functions: Functions) {
    this.#functions = functions
  }

  /** Starts a call whose every request of the SDK waits to be let go. */
  start(
    functionName: string,
    event: unknown,
    caller: Caller,
    options: Omit<InvokeOptions, 'held'> = {},
  ): HeldInvocation {
    const held = new HeldInvocation()
    this.#functions.invoke(functionName, event, caller, { ...options, held }).then(
      (end) => held.ended(end),
      (error) => held.failed(error),
    )
    return held
  }

  /** Keeps a call under a name, for those who speak to the gate from another process. */
  keep(held: HeldInvocation): string {
    this.#started += 1
    const id = String(this.#started)
    this.#held.set(id, held)
    return id
  }

  find(id: string): HeldInvocation | undefined {
    return this.#held.get(id)
  }

  /** Lets everything go that waits, and forgets the calls. */
  clear(): void {
    for (const held of this.#held.values()) for (const operation of held.waiting) operation.release()
    this.#held.clear()
  }
}
