/**
 * wx-server-sdk with the types that its own declarations lack. A project takes them with
 * `"types": ["wechat-cloud-emulator/wx-server-sdk"]` in its tsconfig.json or jsconfig.json.
 */
declare module 'wx-server-sdk' {
  export * from 'wx-server-sdk/index'

  import type { OpenApi, Untyped } from 'wechat-cloud-emulator/openapi'

  /** WeChat's server interfaces (云调用). */
  export const openapi: OpenApi
  /** 微信支付. */
  export const cloudPay: Record<string, Untyped>
  /** An environment of another mini-program (资源共享). */
  export const Cloud: new (options?: { resourceAppid?: string; resourceEnv?: string }) => Untyped
}
