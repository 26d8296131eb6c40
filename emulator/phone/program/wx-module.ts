/** The phone that calls an interface of a project's own. */
export interface WxPhone {
  /** The WeChat user of the phone. */
  openid: string
  /** Which of the user's devices it is. */
  device: string
  /** Calls a cloud function as this user. @returns what the function returns */
  callFunction(name: string, data?: unknown): Promise<unknown>
  /** What the phone itself does for this interface; undefined for one that it does not have. */
  original?: (options?: unknown) => unknown
}

/**
 * Interfaces of `wx` that a project implements itself, by their names after `wx.`: the default export of a module that
 * runs in the phone's page. They win over the phone's. An asynchronous one may return a promise: what it resolves to is
 * what `success` receives, and an error is what `fail` receives, with the error's own fields such as `errno`. A name that
 * ends in `Sync` or begins with `create`, `on` or `off` returns its result to the caller.
 */
export type WxModule = Readonly<Record<string, (options: Record<string, unknown>, phone: WxPhone) => unknown>>
