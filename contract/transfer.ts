/** A question that this account is asked: may what it holds move to another account of the same number? */
export interface TransferRequest {
  /** Names the question in `account.answerTransfer`. A later question has another id. */
  id: string
  /** Milliseconds since 1970. */
  requestedAt: number
  /** Seven days later. Without an answer by then nothing moves. */
  expiresAt: number
}

/**
 * What this account asked last. Says nothing about the other account, which may be a stranger's: numbers are given to other
 * people.
 */
export interface RequestedTransfer {
  id: string
  state: TransferState
  /** Milliseconds since 1970. */
  requestedAt: number
  expiresAt: number
}

/**
 * - `waiting`: the other account is asked
 * - `moving`: it said yes, and what it held is on its way; ask again
 * - `moved`: all of it is in this account, and the other account is closed
 * - `refused`: it said no; this account may ask it again after 30 days
 * - `expired`: nobody answered, the other account is gone or has another number, or a later question took its place
 */
export type TransferState = 'waiting' | 'moving' | 'moved' | 'refused' | 'expired'
