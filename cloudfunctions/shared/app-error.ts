import type { Reason } from '../../contract/reason.ts'

interface AppErrorOptions {
  /** Name of the offending field; the only detail that reaches the client. */
  field?: string
  /** For the function's log only: what an operator should know or do. Holds no number, token, code or openid. */
  log?: string
  retryAfterSeconds?: number
}

/** The one way to refuse a call: thrown anywhere, turned into an answer by `serve()`. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly reason: Reason
  readonly field: string | undefined
  readonly log: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(reason: Reason, options: AppErrorOptions = {}) {
    super(reason)
    this.reason = reason
    this.field = options.field
    this.log = options.log
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
