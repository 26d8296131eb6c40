import type { UserInfo } from './user-info'

/**
 * With `phoneCode`: log in with the number WeChat vouches for. Without: log a known user in silently, asking for
 * nothing and costing nothing.
 */
export interface LoginRequest {
  /** From the phone button's event; good for five minutes and one use. */
  phoneCode?: string
  /** In place of a code whose exchange went well but whose login failed: from that failure's `ticket`. */
  ticket?: string
  /**
   * Asks for an account without a number, for mini-programs that may not use the phone button (personal ones).
   * Refused unless the functions are set up to allow it.
   */
  withoutPhone?: true
  /** The agreement version the user has just agreed to. */
  consent?: { version: string }
  /** For the user's list of devices. */
  device?: { model: string; platform: string }
}

export interface LoginData {
  token: string
  /** Milliseconds since 1970. */
  expiresAt: number
  userInfo: UserInfo
  isNewUser: boolean
}
