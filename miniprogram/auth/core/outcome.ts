import type { Reason } from '../../../contract/reason'

/** Why a call failed: the server's reason, or one found on the phone. */
export type Failure = Reason | LocalFailure

export type LocalFailure =
  /** The request did not get through. */
  | 'OFFLINE'
  /** No answer within the time a user is asked to wait. */
  | 'SLOW'
  /** `cloudEnv` of app-config.ts is empty. */
  | 'ENV_UNSET'
  /** The cloud environment or the function does not exist. */
  | 'NOT_DEPLOYED'
  /** This WeChat has no cloud calls. */
  | 'WECHAT_OLD'
  /** The user is logged out, and no silent login will change that. */
  | 'SIGNED_OUT'
  /** A token that was issued just now is refused: some functions are newer than others. The login stays. */
  | 'UPDATING'
  /** The answer has none of the functions' forms, or a function crashed. */
  | 'INVALID_RESPONSE'

/** The result of an asynchronous action. Failures are values, so that no caller can forget them. */
export type Outcome<Data> = Done<Data> | Failed

export interface Done<Data> {
  ok: true
  data: Data
}

export interface Failed {
  ok: false
  failure: Failure
  retryAfterSeconds?: number
  /** Replaces the phone code that this call spent before it failed. */
  ticket?: string
}

export function done<Data>(data: Data): Done<Data> {
  return { ok: true, data }
}

export function failed(failure: Failure): Failed {
  return { ok: false, failure }
}

/** Whether the same call may well succeed a moment later; how much later, `retryAfterSeconds` may say. */
export function isTransient({ failure }: Failed): boolean {
  return TRANSIENT.indexOf(failure) >= 0
}

/** The answers 401 and 403: the caller is not accepted. */
export function isRefusal({ failure }: Failed): boolean {
  return /^(TOKEN_|SESSION_|ACCOUNT_)/.test(failure)
}

/** Whether the token alone is refused, which says nothing of its session or account. */
export function isTokenRefused({ failure }: Failed): boolean {
  return failure.indexOf('TOKEN_') === 0
}

const TRANSIENT: readonly Failure[] = [
  'OFFLINE',
  'SLOW',
  'UPDATING',
  'RATE_LIMITED',
  'WECHAT_BUSY',
  'DATABASE_UNAVAILABLE',
  'TIMEOUT',
]
