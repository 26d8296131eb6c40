import type { Reason } from '../../../contract/reason.ts'

/** Any function can answer these. */
export const EVERY_FUNCTION: readonly Reason[] = [
  'BAD_REQUEST',
  'MISCONFIGURED',
  'INTERNAL',
  'DATABASE_UNAVAILABLE',
  'TIMEOUT',
]

/** Any call with a token can answer these. */
export const TOKEN: readonly Reason[] = [
  'CALLER_UNKNOWN',
  'TOKEN_MISSING',
  'TOKEN_MALFORMED',
  'TOKEN_ALGORITHM',
  'TOKEN_SIGNATURE',
  'TOKEN_AUDIENCE',
  'TOKEN_EXPIRED',
  'TOKEN_FOREIGN',
]

/** Any call that needs a session can answer these. */
export const GUARD: readonly Reason[] = [...TOKEN, 'SESSION_REVOKED', 'ACCOUNT_DISABLED', 'ACCOUNT_CLOSED']

/** An operation that exchanges a phone code can answer these. */
export const EXCHANGE: readonly Reason[] = [
  'PHONE_CODE_INVALID',
  'WECHAT_BUSY',
  'WECHAT_QUOTA',
  'PHONE_BUDGET_SPENT',
]

/** An operation that a user may do only so often can answer this. */
export const LIMITED: readonly Reason[] = ['RATE_LIMITED']

/** An operation whose text WeChat checks can answer these. */
export const CONTENT: readonly Reason[] = ['CONTENT_RISKY', 'CONTENT_DOUBTFUL', 'CONTENT_UNCHECKED']
