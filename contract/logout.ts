/** Ends sessions of the account whose token it is called with; without either field, the token's own. */
export interface LogoutRequest {
  /** `this`: the token's own session; `others`: all but it; `all`. */
  scope?: 'this' | 'others' | 'all'
  /** One session of `account.sessions` instead. Ending one that is gone is no error. */
  sessionId?: string
}

/** Also the answer when the token's own session had ended before: logging out cannot fail for being late. */
export type LogoutData = Record<never, never>
