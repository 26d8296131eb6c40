import type { Reason } from '../../../contract/reason.ts'
import { AppError } from '../core/app-error.ts'
import type { InLanguages } from '../core/messages.ts'

/** What a function of the app may refuse for. The others are the login's: the phone would log in again, or ask for a code. */
const REFUSAL_REASONS = [
  'BAD_REQUEST',
  'NOT_FOUND',
  'LIMIT_REACHED',
  'RATE_LIMITED',
  'CONTENT_RISKY',
  'CONTENT_DOUBTFUL',
  'CONTENT_UNCHECKED',
  'MISCONFIGURED',
  'DATABASE_UNAVAILABLE',
] as const satisfies readonly Reason[]

export type RefusalReason = (typeof REFUSAL_REASONS)[number]

export interface RefusalOptions {
  /** Fit to show a user, in place of the reason's own text: one for every language, or one in each. */
  message?: string | InLanguages
  /** Name of the offending field. */
  field?: string
  retryAfterSeconds?: number
  /** For the function's log only. Contains no number, token, code or openid. */
  log?: string
}

/** How a function behind `guarded` refuses a call: thrown anywhere in it, turned into an answer. */
export class Refusal extends AppError {
  /** @throws AppError INTERNAL for a reason that is none */
  constructor(reason: RefusalReason, { message, ...options }: RefusalOptions = {}) {
    if (!(REFUSAL_REASONS as readonly string[]).includes(reason))
      throw new AppError('INTERNAL', { log: `new Refusal() takes ${REFUSAL_REASONS.join(', ')}` })
    super(reason, { ...options, ...(message === undefined ? {} : { text: message }) })
  }
}
