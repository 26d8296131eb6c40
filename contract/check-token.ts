import type { UserInfo } from './user-info'

/** Asks nothing but what every guarded call brings: the token. */
export type CheckTokenRequest = Record<never, never>

export interface CheckTokenData {
  userInfo: UserInfo
  /** When the token in hand ends, milliseconds since 1970: the new one's end if there is a new one. */
  expiresAt: number
  /** A new token for the same session, once less than half of the old one's life is left. */
  token?: string
}
