import type { Reason } from './reason'

/** What every cloud function answers; `code` as in HTTP. */
export type Answer<Data> = Success<Data> | Failure

export interface Success<Data> {
  code: 200
  /** Fit to show a user: Chinese, or in the language of the request. */
  message: string
  data: Data
  requestId: string
}

export interface Failure {
  code: FailureCode
  reason: Reason
  /** Fit to show a user: Chinese, or in the language of the request. */
  message: string
  /** The name under which the function's log has this call. */
  requestId: string
  retryAfterSeconds?: number
  /**
   * Stands for a phone code that was exchanged, and so paid for, before this failure: send it in the code's place.
   * Good for five minutes, for this person, once.
   */
  ticket?: string
}

export type FailureCode = 400 | 401 | 403 | 404 | 409 | 429 | 500 | 503
