import type { UserInfo } from './user-info'

/** Asks nothing but what every guarded call brings: the token. */
export type CheckTokenRequest = Record<never, never>

export interface CheckTokenData {
  userInfo: UserInfo
  /** How long the token in hand is good for from now, in whole seconds: the new one if there is a new one. */
  expiresInSeconds: number
  /** A new token for the same session, once less than half of the old one's life is left. */
  token?: string
}
