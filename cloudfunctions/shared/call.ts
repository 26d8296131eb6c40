import type { Budget } from './budget.ts'
import type { Caller } from './caller.ts'
import type { Keys } from './keys.ts'
import type { Origin } from './origin.ts'

/** One run of a function, whoever started it. */
export interface Invocation {
  functionName: string
  requestId: string
  origin: Origin
  keys: Keys
  /** When the invocation began, milliseconds since 1970. */
  now: number
  budget: Budget
  /** What was sent, unparsed. */
  event: unknown
}

/** One call of a person's mini-program, as a use case sees it. */
export interface Call extends Invocation {
  caller: Caller
  /** The caller's user id, whether or not there is such a user. */
  userId: string
}

/** What a function does with an invocation: returns the answer's `data`, or throws AppError. */
export type Handler<Data> = (invocation: Invocation) => Promise<Data>
