import type { Reason } from '../../contract/reason.ts'

interface AppErrorOptions {
  /** Name of the offending field; the only detail that reaches the client. */
  field?: string
  /** For the function's log only: what an operator should know or do. Holds no number, token, code or openid. */
  log?: string
  retryAfterSeconds?: number
  /** Stands for a phone code that this call spent (`ticket.ts`). */
  ticket?: string
}

/** The one way to refuse a call: thrown anywhere, turned into an answer by `serve()`. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly reason: Reason
  readonly field: string | undefined
  readonly log: string | undefined
  readonly retryAfterSeconds: number | undefined
  readonly ticket: string | undefined

  constructor(reason: Reason, options: AppErrorOptions = {}) {
    super(reason)
    this.reason = reason
    this.field = options.field
    this.log = options.log
    this.retryAfterSeconds = options.retryAfterSeconds
    this.ticket = options.ticket
  }

  /** The same refusal, with a ticket for the code that was spent before it. */
  withTicket(ticket: string): AppError {
    const { field, log, retryAfterSeconds } = this
    return new AppError(this.reason, {
      ticket,
      ...(field === undefined ? {} : { field }),
      ...(log === undefined ? {} : { log }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    })
  }
}
