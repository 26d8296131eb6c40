import type { Reason } from '../../../contract/reason.ts'
import { AppError } from './app-error.ts'
import { isSdkTooOld, SDK_TOO_OLD, type SdkError } from './sdk-error.ts'

/** What an error number of WeChat means for the call that met it. */
export interface OpenapiError {
  /** It also says what the user can do: wait (WECHAT_BUSY), come back tomorrow (WECHAT_QUOTA), nothing (the others). */
  reason: Reason
  /** For the administrators: the cause, and what to set. */
  log: string
  retryAfterSeconds?: number
}

export type OpenapiErrors = Readonly<Record<number, OpenapiError>>

const NOTICES = 'mp.weixin.qq.com → 通知中心 says why'
const WHITELIST =
  'an IP whitelist refuses the cloud’s address: mp.weixin.qq.com → 开发管理 → 开发设置 → IP 白名单, or switch it off'
const CONFIRMATION =
  'WeChat wants an administrator of the mini-program to confirm the calling address: confirm it in WeChat on the administrator’s phone'
const CREDENTIAL =
  'WeChat refused the access token of this environment: open the environment once in WeChat DevTools'
const THIRD_PARTY =
  'a third-party platform (第三方平台) calls for this mini-program without its authorization: mp.weixin.qq.com → 设置 → 第三方设置, authorize it again'
const REQUEST_SHAPE =
  'WeChat does not take the request as the SDK sends it: update wx-server-sdk, build and deploy'

/**
 * WeChat's global error numbers (全局返回码, https://developers.weixin.qq.com/doc/oplatform/developers/errCode/errCode.html)
 * and those of 云调用 itself (-6041xx). An interface's own numbers go before these.
 */
export const GLOBAL_OPENAPI_ERRORS: OpenapiErrors = {
  [-1]: { ...busy(2), log: 'WeChat is busy' },
  40001: misconfigured(CREDENTIAL),
  40003: misconfigured('WeChat does not know this openid: it belongs to another mini-program'),
  40013: misconfigured('the appid and this environment do not belong together: npm run setup'),
  40014: misconfigured(CREDENTIAL),
  40066: misconfigured(REQUEST_SHAPE),
  40097: defect('WeChat refused an argument'),
  40164: misconfigured(WHITELIST),
  41001: misconfigured(CREDENTIAL),
  41002: misconfigured(REQUEST_SHAPE),
  // 云调用 gets the token by itself, so it also renews it.
  42001: { ...busy(2), log: 'the access token of this environment has expired; WeChat renews it itself' },
  43001: misconfigured(REQUEST_SHAPE),
  43002: misconfigured(REQUEST_SHAPE),
  43003: misconfigured(REQUEST_SHAPE),
  43101: defect('the user refuses this message: an answer to subscription messages, not to this interface'),
  44002: defect('WeChat received an empty request'),
  45002: defect('WeChat refused the request as too long'),
  45009: {
    reason: 'WECHAT_QUOTA',
    log: 'the calls of this day are used up: mp.weixin.qq.com → 开发管理 → 接口设置 shows and raises the quota',
  },
  45011: { ...busy(60), log: 'too many calls in this minute' },
  45035: misconfigured(WHITELIST),
  47001: defect('WeChat could not read the request (data format error)'),
  48001: misconfigured(
    'this mini-program has no right to the interface: mp.weixin.qq.com → 开发管理 → 接口设置',
  ),
  48004: misconfigured(`WeChat has banned this interface for the mini-program: ${NOTICES}`),
  50001: misconfigured(
    'nobody has authorized this mini-program for the interface: mp.weixin.qq.com → 开发管理',
  ),
  50002: misconfigured(`WeChat has restricted the mini-program or this WeChat account: ${NOTICES}`),
  61003: misconfigured(THIRD_PARTY),
  61004: misconfigured(WHITELIST),
  61007: misconfigured(THIRD_PARTY),
  61016: misconfigured(THIRD_PARTY),
  61023: misconfigured(THIRD_PARTY),
  89501: misconfigured(CONFIRMATION),
  89503: misconfigured(CONFIRMATION),
  89506: misconfigured(`${CONFIRMATION}; it was refused twice, so wait 24 hours`),
  89507: misconfigured(`${CONFIRMATION}; it was refused, so wait an hour`),
  [-604100]: misconfigured('WeChat does not know the interface: update wx-server-sdk, build and deploy'),
  [-604101]: misconfigured(
    'no permission for the interface: deploy the function’s config.json with it (permissions.openapi) and wait up to ten minutes',
  ),
  [-604102]: { ...busy(2), log: 'WeChat took too long' },
  [-604103]: { ...busy(2), log: 'WeChat failed' },
  [-604104]: misconfigured('WeChat does not take openapi calls from where this function was called'),
}

/**
 * The error of one call of `cloud.openapi`, with the reason and the log line that its number stands for. A number that
 * nobody knows is WECHAT_BUSY.
 * @param name of the interface, such as `phonenumber.getPhoneNumber`
 * @param own numbers that mean something else to this interface
 */
export function openapiErrorOf(name: string, error: SdkError, own: OpenapiErrors = {}): AppError {
  const { errCode } = error
  if (isSdkTooOld(error)) return new AppError('MISCONFIGURED', { log: `${name}: ${SDK_TOO_OLD}` })
  const known = errCode === undefined ? undefined : (own[errCode] ?? GLOBAL_OPENAPI_ERRORS[errCode])
  const { reason, log, retryAfterSeconds } = known ?? { ...busy(2), log: 'not a number of WeChat’s list' }
  return new AppError(reason, {
    log: `${name} failed: ${errCode ?? 'without a number'}: ${log}`,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}

function busy(retryAfterSeconds: number) {
  return { reason: 'WECHAT_BUSY', retryAfterSeconds } as const
}

/** Neither the user nor a repetition can mend it. */
export function misconfigured(log: string): OpenapiError {
  return { reason: 'MISCONFIGURED', log }
}

function defect(log: string): OpenapiError {
  return { reason: 'INTERNAL', log }
}
