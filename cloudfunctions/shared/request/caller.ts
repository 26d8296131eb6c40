import cloud from 'wx-server-sdk'
import { AppError } from '../core/app-error.ts'

/** The person who calls, as WeChat says. The client sends none of this. */
export interface Caller {
  appid: string
  openid: string
  unionid?: string
}

/**
 * Reads the caller from the cloud context.
 * @throws AppError CALLER_UNKNOWN when there is no openid: the console's 云端测试, a timer, another function
 */
export function currentCaller(): Caller {
  const { APPID: appid, OPENID: openid, UNIONID: unionid } = cloud.getWXContext()
  // The SDK turns all-digit values into numbers, and different large ones may become the same number.
  if (typeof appid !== 'string' || typeof openid !== 'string' || !appid || !openid) {
    throw new AppError('CALLER_UNKNOWN')
  }
  return { appid, openid, ...(typeof unionid === 'string' && unionid ? { unionid } : {}) }
}
