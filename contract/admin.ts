/**
 * For administrators, in the cloud console's 云端测试: each request also carries `token`, from
 * `npm run admin -- token`, good for ten minutes. No mini-program, function, HTTP call or timer can call it. What is
 * answered is kept in the platform's logs: no number in the clear, no openid.
 */
export type AdminRequest =
  | FindUserRequest
  | RevealPhoneRequest
  | DisableUserRequest
  | EnableUserRequest
  | StatsRequest

/** By full number or by user id; exactly one of the two. */
export type FindUserRequest = { action: 'find'; reason?: string } & (
  | {
      /** As people write it: `13800138000`, `138 0013 8000`, `+852 91234567`. */
      phone: string
    }
  | { userId: string }
)

export interface FindUserData {
  /** Several when one number was used with several WeChat accounts; empty for nobody. At most 20. */
  users: AdminUser[]
  /** There are more users of this number than `users` shows. */
  hasMore: boolean
}

export interface AdminUser {
  userId: string
  /** Masked. */
  phone: string
  nickname: string
  status: 'active' | 'disabled' | 'closing'
  /** Why and when an administrator last changed the status. */
  statusReason?: string
  statusAt?: string
  consentVersion: string
  sessions: number
  loginCount: number
  /** ISO 8601, UTC. */
  createdAt: string
  lastLoginAt: string
}

export interface RevealPhoneRequest {
  action: 'reveal'
  userId: string
  /** 2 to 200 characters, kept in `audit_logs`. Write no personal data into it. */
  reason: string
}

export interface RevealPhoneData {
  /**
   * The number in E.164, sealed for the admin token that asked, since answers are kept in the platform's logs:
   * `npm run admin -- open <sealedPhone>` opens it on a machine with the secrets that made the token.
   */
  sealedPhone: string
}

/** Ends all sessions; the user's next call and every login is refused. */
export interface DisableUserRequest {
  action: 'disable'
  userId: string
  reason: string
}

export interface EnableUserRequest {
  action: 'enable'
  userId: string
  reason: string
}

export interface ChangeStatusData {
  user: AdminUser
}

export interface StatsRequest {
  action: 'stats'
}

export interface StatsData {
  users: number
  active: number
  disabled: number
  withoutPhone: number
  /** In the last 24 hours, and in the last 7 and 30 days. */
  newUsers: { day: number; week: number; month: number }
  loggedIn: { day: number; week: number; month: number }
  /** By id of a key in LOGIN_SECRETS: how many numbers are encrypted with it. */
  numbersByKey: { [keyId: string]: number }
}
