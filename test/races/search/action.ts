import type { CallResult } from 'wechat-cloud-emulator/control'
import type { RaceUser, SessionName } from './race-user.ts'

/**
 * One thing that happens to a user's account. Either a function is called, and each of its requests to the cloud is a
 * step of its own, or a document is edited in the console, which is one step.
 */
export interface Action {
  name: string
  /**
   * The user has no account yet, or is asked for a transfer by the companion, who does not exist otherwise. By default the
   * user has an account.
   */
  start?: 'unregistered' | 'asked'
  /** The companion calls instead of the user. */
  isCompanions?: true
  function?: string
  /** What the function is called with. */
  request?: (user: RaceUser) => object
  /** By default the user's mini-program. */
  caller?: 'console' | 'timer'
  edit?: (user: RaceUser) => void
  /** Sessions that must have ended once the action has succeeded. */
  ends?: readonly SessionName[]
  /** What the account must have become once the action has succeeded. */
  becomes?: 'disabled' | 'active' | 'closed'
}

/** What `wx.cloud.callFunction` gives the caller. */
export type Outcome = Pick<CallResult, 'result' | 'errMsg'>
