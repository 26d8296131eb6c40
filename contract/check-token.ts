import type { TransferRequest } from './transfer'
import type { UserInfo } from './user-info'

/** No field besides the token of every authenticated call. */
export type CheckTokenRequest = Record<never, never>

export interface CheckTokenData {
  userInfo: UserInfo
  /** How long the token in hand is good for from now, in whole seconds: the new one if there is a new one. */
  expiresInSeconds: number
  /** A new token for the same session, once less than half of the old one's life is left. */
  token?: string
  /** The account is asked whether what it holds may move to another account. Until it is answered, at every call. */
  transferRequest?: TransferRequest
}
