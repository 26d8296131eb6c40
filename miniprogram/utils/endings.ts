import type { Failure } from './failure'
import type { PhoneEnding } from './phone-answer'
import { ENDING_TEXTS } from './texts'

/** Every way a login can end other than logged in. */
export type Ending = PhoneEnding | Failure

/** What the login page puts into the user's hand next. Browsing on is always possible. */
export type NextStep =
  /** The login button again: a new authorization. */
  | 'tapAgain'
  /** 再试一次: the same login goes on, without a new authorization, which would cost again. */
  | 'retry'
  /** The sheet with 同意并登录. */
  | 'consent'
  /** Nothing here helps: the text says who can. */
  | 'browse'

export interface EndingView {
  ending: Ending
  text: string
  nextStep: NextStep
}

export function viewOf(ending: Ending): EndingView {
  return { ending, text: ENDING_TEXTS[ending], nextStep: NEXT_STEPS[ending] }
}

/** Whether a word, from a page's address for one, names an ending. */
export function isEnding(word: string | undefined): word is Ending {
  return Object.keys(NEXT_STEPS).indexOf(word ?? '') >= 0
}

export const NEXT_STEPS: { readonly [Key in Ending]: NextStep } = {
  DENIED: 'tapAgain',
  CANCELLED: 'tapAgain',
  PRIVACY_REFUSED: 'tapAgain',
  NO_PERMISSION: 'browse',
  QUOTA_USED_UP: 'browse',
  PRIVACY_UNDECLARED: 'browse',
  PRIVACY_BANNED: 'browse',
  NO_CODE: 'browse',
  PHONE_UNKNOWN: 'tapAgain',
  OFFLINE: 'retry',
  SLOW: 'retry',
  ENV_UNSET: 'browse',
  NOT_DEPLOYED: 'retry',
  WECHAT_OLD: 'browse',
  SIGNED_OUT: 'tapAgain',
  UPDATING: 'retry',
  BROKEN_ANSWER: 'retry',
  BAD_REQUEST: 'tapAgain',
  PHONE_CODE_INVALID: 'tapAgain',
  CONSENT_REQUIRED: 'consent',
  CALLER_UNKNOWN: 'browse',
  TOKEN_MISSING: 'tapAgain',
  TOKEN_MALFORMED: 'tapAgain',
  TOKEN_ALGORITHM: 'tapAgain',
  TOKEN_SIGNATURE: 'tapAgain',
  TOKEN_AUDIENCE: 'tapAgain',
  TOKEN_EXPIRED: 'tapAgain',
  TOKEN_FOREIGN: 'tapAgain',
  SESSION_REVOKED: 'tapAgain',
  ACCOUNT_DISABLED: 'browse',
  ACCOUNT_CLOSED: 'tapAgain',
  PHONE_REQUIRED: 'tapAgain',
  NOT_FOUND: 'tapAgain',
  LIMIT_REACHED: 'browse',
  RATE_LIMITED: 'retry',
  CONTENT_RISKY: 'browse',
  CONTENT_DOUBTFUL: 'browse',
  CONTENT_UNCHECKED: 'retry',
  AVATAR_INVALID: 'browse',
  ADMIN_DENIED: 'browse',
  TIMER_ONLY: 'browse',
  MISCONFIGURED: 'retry',
  INTERNAL: 'retry',
  WECHAT_BUSY: 'retry',
  WECHAT_QUOTA: 'browse',
  DATABASE_UNAVAILABLE: 'retry',
  TIMEOUT: 'retry',
}
