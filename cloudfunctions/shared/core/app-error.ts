import type { Reason } from '../../../contract/reason.ts'
import type { AlarmWord } from './alarms.ts'
import type { InLanguages } from './messages.ts'

interface AppErrorOptions {
  /** Name of the offending field; the only detail that reaches the client. */
  field?: string
  /** For the function's log only: what an administrator should know or do. Contains no number, token, code or openid. */
  log?: string
  /** Under which word administrators hear of it; of MISCONFIGURED, that word unless another is given. */
  alarm?: AlarmWord
  retryAfterSeconds?: number
  /** For the user, in place of the reason's text; one text stands for every language. */
  text?: string | InLanguages
  /** Stands for a phone code that this call has spent (`phone/ticket.ts`). */
  ticket?: string
}

/** The one way to refuse a call: thrown anywhere, turned into an answer by `serve()`. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly reason: Reason
  readonly field: string | undefined
  readonly log: string | undefined
  readonly alarm: AlarmWord | undefined
  readonly retryAfterSeconds: number | undefined
  readonly text: string | InLanguages | undefined
  readonly ticket: string | undefined

  constructor(reason: Reason, options: AppErrorOptions = {}) {
    super(reason)
    this.reason = reason
    this.field = options.field
    this.log = options.log
    this.alarm = options.alarm ?? (reason === 'MISCONFIGURED' ? reason : undefined)
    this.retryAfterSeconds = options.retryAfterSeconds
    this.text = options.text
    this.ticket = options.ticket
  }

  /** A copy of this error with a ticket for the spent code. */
  withTicket(ticket: string): AppError {
    const { field, log, alarm, retryAfterSeconds, text } = this
    return new AppError(this.reason, {
      ticket,
      ...(field === undefined ? {} : { field }),
      ...(log === undefined ? {} : { log }),
      ...(alarm === undefined ? {} : { alarm }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(text === undefined ? {} : { text }),
    })
  }
}
