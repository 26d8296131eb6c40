import type { Answers } from './answer.ts'

/** Of the form of the answers; another one is refused by `compare`. */
export const ANSWER_VERSION = 1

/** Parts of a run, each the answer of one call. */
export interface PartAnswer {
  readonly parity: typeof ANSWER_VERSION
  /** Of the catalogue's names; `compare` says when another catalogue was asked. */
  readonly catalogue: string
  readonly answers: Answers
  /** What to send next, beside the token; absent after the last part. */
  readonly next?: number
  /** What could not be removed again, with the reason. */
  readonly notRemoved: readonly string[]
  /** In words, what to do now. */
  readonly todo: string
}

export type RefusalReason =
  | 'EVENT_INVALID'
  | 'TOKEN_MISSING'
  | 'TOKEN_WRONG'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_USED'
  | 'CALLER_REFUSED'
  | 'PROBE_UNKNOWN'
  | 'CLOUD_FAILED'

export interface Refusal {
  readonly parity: typeof ANSWER_VERSION
  readonly refused: RefusalReason
  readonly message: string
}
