import { inLanguage } from '../../auth/core/language'
import type { Failure } from '../../auth/core/outcome'
import { ERROR_TEXTS } from '../../auth/ui/error-texts'
import type { PhoneErrorCode } from './phone-answer'

/** Why a login, or a change of the number, did not succeed. */
export type ErrorCode = PhoneErrorCode | Failure

/** What the login page offers next. Browsing on is always possible. */
export type NextStep =
  /** The login button again: a new authorization. */
  | 'tapAgain'
  /** 再试一次: the same login goes on, without a new authorization, which would cost again. */
  | 'retry'
  /** The button 同意并登录, which agrees to the documents of today. */
  | 'consent'
  /** Nothing to tap: the text says who can help. */
  | 'browse'

export interface ErrorNotice {
  code: ErrorCode
  text: string
  nextStep: NextStep
}

export function toNotice(code: ErrorCode): ErrorNotice {
  return { code, text: NOTICE_TEXTS[code], nextStep: NEXT_STEPS[code] }
}

/** Whether a word, such as one from a page's address, is an error code. */
export function isErrorCode(word: string | undefined): word is ErrorCode {
  return Object.keys(NEXT_STEPS).indexOf(word ?? '') >= 0
}

export const NEXT_STEPS: { readonly [Key in ErrorCode]: NextStep } = {
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
  INVALID_RESPONSE: 'retry',
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
  PHONE_UNVERIFIED: 'tapAgain',
  TRANSFER_UNAVAILABLE: 'browse',
  TRANSFER_PENDING: 'browse',
  TRANSFER_REFUSED: 'browse',
  TRANSFER_EXPIRED: 'browse',
  CONTENT_RISKY: 'browse',
  CONTENT_DOUBTFUL: 'browse',
  CONTENT_UNCHECKED: 'retry',
  AVATAR_INVALID: 'browse',
  ADMIN_DENIED: 'browse',
  ADMIN_ROLE: 'browse',
  TIMER_ONLY: 'browse',
  MISCONFIGURED: 'retry',
  INTERNAL: 'retry',
  WECHAT_BUSY: 'retry',
  WECHAT_QUOTA: 'browse',
  PHONE_BUDGET_SPENT: 'browse',
  DATABASE_UNAVAILABLE: 'retry',
  TIMEOUT: 'retry',
}

const CHINESE_PHONE_ERROR_TEXTS: Record<PhoneErrorCode, string> = {
  DENIED: '你没有授权手机号，可以继续浏览；想授权时再点一次即可。',
  CANCELLED: '已取消，可以继续浏览；想用手机号时再点一次即可。',
  PRIVACY_REFUSED: '你没有同意隐私保护指引，暂时无法使用手机号登录；可以继续浏览。',
  NO_PERMISSION:
    '此小程序没有获取手机号的权限。开发者：手机号组件只对已认证的非个人主体开放；个人主体请把 app-config.ts 的 phoneRequired 设为 false。',
  QUOTA_USED_UP: '手机号验证次数已用完，请稍后再来。开发者：请在微信公众平台的付费管理中购买资源包。',
  PRIVACY_UNDECLARED:
    '暂时无法使用手机号登录。开发者：请在微信公众平台的《用户隐私保护指引》中声明手机号，约五分钟后生效。',
  PRIVACY_BANNED: '此小程序的手机号功能已被微信停用。开发者：请到微信公众平台查看通知。',
  NO_CODE: '当前微信版本过低，无法使用手机号登录，请升级微信后再试。',
  PHONE_UNKNOWN: '没有取得手机号，请再试一次。',
}

/** What an English phone shows when the phone button gives no code. */
export const ENGLISH_PHONE_ERROR_TEXTS: Record<PhoneErrorCode, string> = {
  DENIED: 'You did not share your phone number. You can browse on, or tap again to share it.',
  CANCELLED: 'Cancelled. You can browse on, or tap again to use your phone number.',
  PRIVACY_REFUSED:
    'You did not agree to the privacy guide, so you cannot log in by phone number. You can browse on.',
  NO_PERMISSION:
    'This mini program may not ask for phone numbers. Developers: the phone button is for verified, non-personal accounts; a personal one sets phoneRequired in app-config.ts to false.',
  QUOTA_USED_UP:
    'No more phone numbers can be verified right now. Please come back later. Developers: buy more on mp.weixin.qq.com.',
  PRIVACY_UNDECLARED:
    'You cannot log in by phone number right now. Developers: declare the phone number in the privacy guide on mp.weixin.qq.com; it takes about five minutes.',
  PRIVACY_BANNED:
    'WeChat has disabled phone numbers for this mini program. Developers: see the notices on mp.weixin.qq.com.',
  NO_CODE: 'This version of WeChat is too old to log in by phone number. Please update WeChat and try again.',
  PHONE_UNKNOWN: 'Your phone number was not received. Please try again.',
}

/** What a user reads when the phone button gives no code. */
const PHONE_ERROR_TEXTS = inLanguage(CHINESE_PHONE_ERROR_TEXTS, ENGLISH_PHONE_ERROR_TEXTS)

/** What a user reads, for each error code. */
export const NOTICE_TEXTS = { ...ERROR_TEXTS, ...PHONE_ERROR_TEXTS }
