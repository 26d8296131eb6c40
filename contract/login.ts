import type { TransferRequest } from './transfer'
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
  /**
   * The token that was on this phone before, expired or refused. The new session takes the place of that token's, so
   * that no other device is pushed out; if that session is gone, or is not the caller's, the new one stands by itself.
   */
  replaces?: string
}

export interface LoginData {
  token: string
  /** How long the token is good for from now, in whole seconds: clocks of phones are not to be trusted. */
  expiresInSeconds: number
  userInfo: UserInfo
  isNewUser: boolean
  /**
   * WeChat has just vouched for the number, and for another account of this app it did so before: the person may ask for
   * that account (`account.requestTransfer`). It may be a stranger's, who had the number before, so nothing else is said.
   */
  numberInUse?: true
  /** As in the answer of `checkToken`: the account is asked whether what it holds may move to another account. */
  transferRequest?: TransferRequest
}
