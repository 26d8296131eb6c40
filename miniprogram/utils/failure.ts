import type { Reason } from '../../contract/reason'

/** Why a call came to nothing: what the server says, or what was found on this side of the network. */
export type Failure = Reason | LocalFailure

export type LocalFailure =
  /** The request did not get through. */
  | 'OFFLINE'
  /** No answer within the time a user is asked to wait. */
  | 'SLOW'
  /** `cloudEnv` of config.ts is empty. */
  | 'ENV_UNSET'
  /** The cloud environment or the function is not there. */
  | 'NOT_DEPLOYED'
  /** This WeChat has no cloud calls. */
  | 'WECHAT_OLD'
  /** Nobody is logged in, and no silent login will change that. */
  | 'SIGNED_OUT'
  /** A token that was issued just now is refused: some functions are newer than others. The login is kept. */
  | 'UPDATING'
  /** What came back is no answer of these functions, or a function broke. */
  | 'BROKEN_ANSWER'

/** What an asynchronous action leads to. Failures are values, so that no caller can forget them. */
export type Outcome<Data> = Done<Data> | Failed

export interface Done<Data> {
  ok: true
  data: Data
}

export interface Failed {
  ok: false
  failure: Failure
  retryAfterSeconds?: number
  /** Stands for the phone code that this call spent before it failed. */
  ticket?: string
}

export function done<Data>(data: Data): Done<Data> {
  return { ok: true, data }
}

export function failed(failure: Failure): Failed {
  return { ok: false, failure }
}

/** Whether the same call may well succeed a moment later; how much later, `retryAfterSeconds` may say. */
export function isPassing({ failure }: Failed): boolean {
  return PASSING.indexOf(failure) >= 0
}

/** The answers 401 and 403: who calls is not accepted. */
export function isRefusal({ failure }: Failed): boolean {
  return /^(TOKEN_|SESSION_|ACCOUNT_)/.test(failure)
}

/** The answers that say of the token alone that it does not count, and nothing of its session or account. */
export function isTokenRefused({ failure }: Failed): boolean {
  return failure.indexOf('TOKEN_') === 0
}

const PASSING: readonly Failure[] = [
  'OFFLINE',
  'SLOW',
  'UPDATING',
  'RATE_LIMITED',
  'WECHAT_BUSY',
  'DATABASE_UNAVAILABLE',
  'TIMEOUT',
]
