import type { Reason } from '../../../contract/reason'
import { inLanguage } from '../core/language'
import type { Failure, LocalFailure } from '../core/outcome'
import { ENGLISH_ERROR_TEXTS } from './english-error-texts'

/** One text for each reason of the contract: a reason without one breaks the build. */
const REASON_TEXTS: Record<Reason, string> = {
  BAD_REQUEST: '提交的内容有误，请检查后再试。',
  PHONE_CODE_INVALID: '手机号授权已过期，请重新点击按钮授权。',
  CONSENT_REQUIRED: '协议有更新，请阅读并同意后再登录。',
  CALLER_UNKNOWN: '请在微信小程序中打开后使用。',
  TOKEN_MISSING: '请先登录。',
  TOKEN_MALFORMED: '登录信息无效，请重新登录。',
  TOKEN_ALGORITHM: '登录信息无效，请重新登录。',
  TOKEN_SIGNATURE: '登录信息无效，请重新登录。',
  TOKEN_AUDIENCE: '登录信息无效，请重新登录。',
  TOKEN_EXPIRED: '登录已过期，请重新登录。',
  TOKEN_FOREIGN: '登录信息属于其他微信账号，请重新登录。',
  SESSION_REVOKED: '已在其他设备退出登录，请重新登录。',
  ACCOUNT_DISABLED: '账号已被停用。如有疑问，请通过《用户协议》中的联系方式联系我们；你仍可浏览首页。',
  ACCOUNT_CLOSED: '账号已注销，或内容已转到你的另一个微信号。如需继续使用，请重新登录。',
  PHONE_REQUIRED: '请使用手机号登录。',
  NOT_FOUND: '没有找到，可能已被删除。',
  LIMIT_REACHED: '数量已达上限，请先删除一些再试。',
  RATE_LIMITED: '操作太频繁了，请稍后再试。',
  PHONE_UNVERIFIED: '手机号验证已超过 30 天。请在“我的”中点“更换手机号”重新授权同一个号码，再申请找回。',
  TRANSFER_UNAVAILABLE: '没有可以找回的账号。如果确实有，请通过《用户协议》中的联系方式联系我们。',
  TRANSFER_PENDING: '另一个微信号也在申请，请几天后再试，或重新验证手机号后再申请。',
  TRANSFER_REFUSED:
    '对方账号没有同意，30 天后可以再次申请。如有疑问，请通过《用户协议》中的联系方式联系我们。',
  TRANSFER_EXPIRED: '申请已失效，没有做任何改动。',
  CONTENT_RISKY: '内容含有违规信息，请修改后再试。',
  CONTENT_DOUBTFUL: '内容可能不合适，请换一个再试。',
  CONTENT_UNCHECKED: '内容安全检查暂时不可用，没有做任何修改，请稍后再试。',
  AVATAR_INVALID: '头像无法使用，请选择 1 MB 以内的 JPG、PNG 或 WebP 图片。',
  ADMIN_DENIED: '没有管理权限。',
  ADMIN_ROLE: '没有管理权限。',
  TIMER_ONLY: '此功能不能在小程序中使用。',
  MISCONFIGURED: '服务还没有配置好，请稍后再来。开发者：请查看云函数日志，里面写明了要设置什么。',
  INTERNAL: '服务出错了，请稍后再试。',
  WECHAT_BUSY: '微信服务繁忙，请稍后再试。',
  WECHAT_QUOTA: '今日手机号验证次数已用完，请明天再试。',
  PHONE_BUDGET_SPENT: '今天的手机号登录名额已用完，请明天再来；你仍可继续浏览。',
  DATABASE_UNAVAILABLE: '服务暂时不可用，请稍后再试。',
  TIMEOUT: '服务响应有些慢，请再试一次。',
}

const LOCAL_TEXTS: Record<LocalFailure, string> = {
  OFFLINE: '网络连接不上，请检查网络后再试。',
  SLOW: '等了很久还没有结果，请再试一次。',
  ENV_UNSET: '还没有连接云环境。开发者：请把云环境 ID 填入 miniprogram/app-config.ts 的 cloudEnv。',
  NOT_DEPLOYED: '云环境或云函数不存在。开发者：请检查 app-config.ts 的 cloudEnv，并上传部署全部云函数。',
  WECHAT_OLD: '当前微信版本过低，无法使用此功能，请升级微信后再试。',
  SIGNED_OUT: '请登录后继续。',
  UPDATING: '服务正在更新，请稍后再试。',
  INVALID_RESPONSE: '服务没有正确响应，请稍后再试。',
}

/** What a user reads when a call failed. */
export const ERROR_TEXTS = inLanguage({ ...REASON_TEXTS, ...LOCAL_TEXTS }, ENGLISH_ERROR_TEXTS)

/** Whether this is a failure that the app has a text for. */
export function isFailure(word: string | undefined): word is Failure {
  return Object.keys(ERROR_TEXTS).indexOf(word ?? '') >= 0
}
