import type { Budget } from './budget.ts'
import type { Caller } from './caller.ts'
import type { Keys } from './keys.ts'

/** One invocation, as a use case sees it. */
export interface Call {
  caller: Caller
  /** The caller's user id, whether or not there is such a user. */
  userId: string
  keys: Keys
  /** When the invocation began, milliseconds since 1970. */
  now: number
  budget: Budget
  requestId: string
  /** What the client sent, unparsed. */
  event: unknown
}
