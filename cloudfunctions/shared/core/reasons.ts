import type { FailureCode } from '../../../contract/answer.ts'
import type { Reason } from '../../../contract/reason.ts'

interface ReasonText {
  code: FailureCode
  /** Chinese, for the user: what happened and what to do. */
  message: string
}

/** Code and text of every reason. */
export const REASONS = {
  BAD_REQUEST: { code: 400, message: '请求参数有误' },
  PHONE_CODE_INVALID: { code: 400, message: '手机号授权已失效，请重新点击登录' },
  CONSENT_REQUIRED: { code: 400, message: '请先阅读并同意《用户协议》和《隐私政策》' },
  CALLER_UNKNOWN: { code: 401, message: '请在微信小程序中使用' },
  TOKEN_MISSING: { code: 401, message: '请先登录' },
  TOKEN_MALFORMED: { code: 403, message: '登录信息无效，请重新登录' },
  TOKEN_ALGORITHM: { code: 403, message: '登录信息无效，请重新登录' },
  TOKEN_SIGNATURE: { code: 403, message: '登录信息无效，请重新登录' },
  TOKEN_AUDIENCE: { code: 403, message: '登录信息无效，请重新登录' },
  TOKEN_EXPIRED: { code: 403, message: '登录已过期，请重新登录' },
  TOKEN_FOREIGN: { code: 403, message: '登录信息属于其他微信账号，请重新登录' },
  SESSION_REVOKED: { code: 403, message: '已在其他设备退出登录，请重新登录' },
  ACCOUNT_DISABLED: { code: 403, message: '账号已被停用，如有疑问请联系客服' },
  ACCOUNT_CLOSED: { code: 403, message: '账号已注销，请重新登录' },
  PHONE_REQUIRED: { code: 404, message: '请使用手机号登录' },
  NOT_FOUND: { code: 404, message: '没有找到，可能已被删除' },
  LIMIT_REACHED: { code: 409, message: '数量已达上限，请先删除一些再试' },
  RATE_LIMITED: { code: 429, message: '操作太频繁了，请稍后再试' },
  PHONE_UNVERIFIED: { code: 400, message: '请先用微信重新验证手机号，再申请找回' },
  TRANSFER_UNAVAILABLE: { code: 404, message: '没有可以找回的账号' },
  TRANSFER_PENDING: { code: 409, message: '另一个微信号也在申请，请几天后再试' },
  TRANSFER_REFUSED: { code: 409, message: '对方账号没有同意，30 天后可以再次申请' },
  TRANSFER_EXPIRED: { code: 404, message: '申请已失效，没有做任何改动' },
  CONTENT_RISKY: { code: 400, message: '内容含有违规信息，请修改后再试' },
  CONTENT_DOUBTFUL: { code: 400, message: '内容可能不合适，请换一个再试' },
  CONTENT_UNCHECKED: { code: 503, message: '内容安全检查暂时不可用，没有做任何修改，请稍后再试' },
  AVATAR_INVALID: { code: 400, message: '头像无法使用，请选择 1 MB 以内的 JPG、PNG 或 WebP 图片' },
  ADMIN_DENIED: {
    code: 403,
    message: '需要有效的管理令牌：请运行 npm run admin -- token，并在云端测试中使用',
  },
  ADMIN_ROLE: {
    code: 403,
    message: '这个管理令牌没有做这件事的权限，请用 npm run admin -- token --may 重新生成',
  },
  TIMER_ONLY: { code: 403, message: '只能由定时触发器运行' },
  MISCONFIGURED: { code: 500, message: '服务配置有误，请联系客服' },
  INTERNAL: { code: 500, message: '服务出错了，请稍后再试' },
  WECHAT_BUSY: { code: 503, message: '微信服务繁忙，请稍后再试' },
  WECHAT_QUOTA: { code: 503, message: '今日手机号验证次数已用完，请明天再试' },
  PHONE_BUDGET_SPENT: { code: 429, message: '今日手机号登录名额已用完，请明天再试' },
  DATABASE_UNAVAILABLE: { code: 503, message: '服务暂时不可用，请稍后再试' },
  TIMEOUT: { code: 503, message: '网络有些慢，请再试一次' },
} as const satisfies Record<Reason, ReasonText>
