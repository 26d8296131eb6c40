import type { Language } from '../../../contract/language.ts'
import type { Keys } from '../crypto/keys.ts'
import { userIdOf } from '../crypto/user-id.ts'
import type { Budget } from './budget.ts'
import { type Caller, currentCaller } from './caller.ts'
import type { RequestSource } from './request-source.ts'

/** One run of a function, started by a person, an administrator or the timer. */
export interface Invocation {
  functionName: string
  requestId: string
  requestSource: RequestSource
  keys: Keys
  /** When the invocation began, milliseconds since 1970. */
  now: number
  budget: Budget
  /** After which the platform ends the invocation, milliseconds, as far as the platform says it. */
  timeLimit?: number | undefined
  /** Of the answer's texts for users. */
  language: Language
  /** The data of the request, unparsed. */
  event: unknown
}

/** One call from a person's mini-program, as a use case receives it. */
export interface Call extends Invocation {
  caller: Caller
  /** The caller's user id, whether or not there is such a user. */
  userId: string
}

/** Handles an invocation: returns the answer's `data`, or throws AppError. */
export type Handler<Data> = (invocation: Invocation) => Promise<Data>

/** The invocation as a person's call. @throws AppError CALLER_UNKNOWN when the call does not come from a mini-program */
export function identify(invocation: Invocation): Call {
  const caller = currentCaller()
  return { ...invocation, caller, userId: userIdOf(invocation.keys.userId, caller.appid, caller.openid) }
}
