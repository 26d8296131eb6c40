import type { Failure } from '../core/outcome'

/** What a user reads when a call failed. */
export const ENGLISH_ERROR_TEXTS: Record<Failure, string> = {
  BAD_REQUEST: 'Something you entered is not right. Check it and try again.',
  PHONE_CODE_INVALID: 'The phone number authorization has expired. Tap the button to authorize again.',
  CONSENT_REQUIRED: 'The agreement has changed. Read it and agree before you log in.',
  CALLER_UNKNOWN: 'Please open this in a WeChat mini program.',
  TOKEN_MISSING: 'Please log in first.',
  TOKEN_MALFORMED: 'Your login is not valid. Please log in again.',
  TOKEN_ALGORITHM: 'Your login is not valid. Please log in again.',
  TOKEN_SIGNATURE: 'Your login is not valid. Please log in again.',
  TOKEN_AUDIENCE: 'Your login is not valid. Please log in again.',
  TOKEN_EXPIRED: 'Your login has expired. Please log in again.',
  TOKEN_FOREIGN: 'This login belongs to another WeChat account. Please log in again.',
  SESSION_REVOKED: 'You were logged out on another device. Please log in again.',
  ACCOUNT_DISABLED:
    'This account is disabled. If you have questions, contact us as the User Agreement says. You can still browse the home page.',
  ACCOUNT_CLOSED:
    'This account is closed, or what it held has moved to your other WeChat account. To go on here, log in again.',
  PHONE_REQUIRED: 'Please log in with your phone number.',
  NOT_FOUND: 'Not found. It may have been deleted.',
  LIMIT_REACHED: 'You have reached the limit. Delete some first, then try again.',
  RATE_LIMITED: 'Too many attempts. Please try again later.',
  PHONE_UNVERIFIED:
    'Your phone number was verified more than 30 days ago. In “Me”, tap “Change number” and authorize the same number again, then ask.',
  TRANSFER_UNAVAILABLE:
    'There is no account to recover. If there should be one, contact us as the User Agreement says.',
  TRANSFER_PENDING:
    'Another WeChat account is asking too. Try again in a few days, or verify your phone number again and ask then.',
  TRANSFER_REFUSED:
    'The other account did not agree. You can ask again after 30 days. If you have questions, contact us as the User Agreement says.',
  TRANSFER_EXPIRED: 'The request is no longer valid. Nothing was changed.',
  CONTENT_RISKY: 'This content is not allowed. Change it and try again.',
  CONTENT_DOUBTFUL: 'This content may not be suitable. Please try something else.',
  CONTENT_UNCHECKED: 'Content cannot be checked right now. Nothing was changed. Please try again later.',
  AVATAR_INVALID: 'This picture cannot be used. Choose a JPG, PNG or WebP of at most 1 MB.',
  ADMIN_DENIED: 'You have no permission to do this.',
  ADMIN_ROLE: 'You have no permission to do this.',
  TIMER_ONLY: 'This cannot be used in a mini program.',
  MISCONFIGURED:
    'The service is not set up yet. Please come back later. Developers: the cloud function’s log says what to set.',
  INTERNAL: 'Something went wrong. Please try again later.',
  WECHAT_BUSY: 'WeChat is busy. Please try again later.',
  WECHAT_QUOTA: 'No more phone numbers can be verified today. Please try again tomorrow.',
  PHONE_BUDGET_SPENT:
    'No more logins by phone number are possible today. Please come back tomorrow. You can still browse.',
  DATABASE_UNAVAILABLE: 'The service is not available right now. Please try again later.',
  TIMEOUT: 'The service is a little slow. Please try again.',
  OFFLINE: 'No network connection. Check your network and try again.',
  SLOW: 'This is taking too long. Please try again.',
  ENV_UNSET:
    'No cloud environment is connected. Developers: put its id into cloudEnv in miniprogram/app-config.ts.',
  NOT_DEPLOYED:
    'The cloud environment or the function does not exist. Developers: check cloudEnv in app-config.ts, and deploy all cloud functions.',
  WECHAT_OLD: 'This version of WeChat is too old for this. Please update WeChat and try again.',
  SIGNED_OUT: 'Please log in to go on.',
  UPDATING: 'The service is being updated. Please try again later.',
  INVALID_RESPONSE: 'The service did not answer as expected. Please try again later.',
}
