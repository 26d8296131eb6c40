import type { Answer } from '../../../contract/answer'
import type { CloudFunctions, DataOf, GuardedFunction, RequestOf } from '../../../contract/functions'
import type { LanguageRequest } from '../../../contract/language'
import type { LoginRequest } from '../../../contract/login'
import { config } from '../config'
import { deviceClock } from '../core/clock'
import { currentLanguage } from '../core/language'
import type { Failed, Failure, LocalFailure, Outcome } from '../core/outcome'
import { done, failed, isRefusal, isTokenRefused } from '../core/outcome'
import { sameLogin } from '../storage/login-epoch'
import { readLogin } from '../storage/login-storage'
import { isNewToken, recordIssued, recordRefused } from '../storage/new-token'
import { isFailure } from '../ui/error-texts'
import { readCloudError } from './cloud-error'
import { RETRY_POLICY, withRetries, withTimeout } from './retry'
import type { LoginWithExpiry } from './token-life'
import { withExpiry } from './token-life'

/** Only the session calls checkToken, and renews itself. */
type ReauthenticatedFunction = Exclude<GuardedFunction, 'checkToken'>

/** Calls with retries. A refusal is returned as it is. */
export const cloud = {
  login: (request: LoginRequest) =>
    withExpiry(deviceClock, () => recordingToken(call('login', withReplacedToken(request)))),
  checkToken: () => withExpiry(deviceClock, () => recordingToken(call('checkToken', withToken({})))),
  /** Ends the token's own session, which need not be the one that is stored. */
  logout: (token: string) => call('logout', withToken({}, token)),
}

/** One try of a login within this time, for a request that must not be repeated blindly. */
export function loginOnce(request: LoginRequest, milliseconds: number): Promise<Outcome<LoginWithExpiry>> {
  const attempt = () =>
    withTimeout(deviceClock, milliseconds, recordingToken(send('login', withReplacedToken(request))))
  return withExpiry(deviceClock, attempt)
}

/** The new session replaces the one stored on this phone, even an expired one. */
function withReplacedToken(request: LoginRequest): LoginRequest {
  const replaces = readLogin()?.token
  return replaces === undefined ? request : { ...request, replaces }
}

async function recordingToken<Data extends { token?: string }>(
  answer: Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  const outcome = await answer
  if (outcome.ok && outcome.data.token !== undefined) recordIssued(outcome.data.token)
  return outcome
}

/** A new token is refused while the functions are deployed one by one. Another login would not help: UPDATING. */
export function orUpdating<Data>(outcome: Outcome<Data>, token: string | undefined): Outcome<Data> {
  if (outcome.ok || token === undefined || !isTokenRefused(outcome)) return outcome
  return isNewToken(token) ? failed('UPDATING') : outcome
}

/** Renews the session after a refusal; `ok` if calls may go on with a new token. A second call joins the first. */
export type Reauthenticate = (refusal: Failed) => Promise<Outcome<unknown>>

let reauthenticate: Reauthenticate = async (refusal) => refusal

/** The session, a layer above, sets how to log in again. */
export function setReauthenticate(value: Reauthenticate): void {
  reauthenticate = value
}

/** Call once, at launch. */
export function openCloud(): void {
  if (config.appInitsCloud !== true && cloudProblem() === undefined)
    wx.cloud.init({ env: cloudEnvironment(), traceUser: false })
}

/** Why no cloud call of this app can succeed; undefined if they can. */
export function cloudProblem(): LocalFailure | undefined {
  if (!wx.cloud) return 'WECHAT_OLD'
  return config.appInitsCloud === true || cloudEnvironment() !== '' ? undefined : 'ENV_UNSET'
}

/** Set in app-config.ts. An app with one code for many mini-programs sets it in ext.json, and so does the local phone. */
function cloudEnvironment(): string {
  if (config.cloudEnv !== '') return config.cloudEnv
  const { cloudEnv } = wx.getExtConfigSync ? wx.getExtConfigSync() : { cloudEnv: '' }
  return typeof cloudEnv === 'string' ? cloudEnv : ''
}

/**
 * Calls for a logged-in user: a refused token is renewed once, without a prompt, and the call is repeated.
 * @param expected refusals that the caller handles itself
 */
export function callGuarded<Name extends ReauthenticatedFunction, Request extends RequestOf<Name>>(
  name: Name,
  request: Request,
  expected: readonly Failure[] = [],
): Promise<Outcome<DataOf<Name, Request>>> {
  return withReauthentication(() => call(name, withToken(request)), expected)
}

/** The same with one try, and one more after a renewal, within this time. */
export function callGuardedOnce<Name extends ReauthenticatedFunction, Request extends RequestOf<Name>>(
  name: Name,
  request: Request,
  milliseconds: number,
): Promise<Outcome<DataOf<Name, Request>>> {
  return withTimeout(
    deviceClock,
    milliseconds,
    withReauthentication(() => send(name, withToken(request)), []),
  )
}

async function withReauthentication<Data>(
  attempt: () => Promise<Outcome<Data>>,
  expected: readonly Failure[],
): Promise<Outcome<Data>> {
  const token = readLogin()?.token
  const isCurrent = sameLogin()
  const outcome = orUpdating(token === undefined ? failed('TOKEN_MISSING') : await attempt(), token)
  if (outcome.ok || !isRefusal(outcome) || expected.indexOf(outcome.failure) >= 0) return outcome
  // A request of one login is not sent under the next.
  if (!isCurrent()) return failed('SIGNED_OUT')
  const renewal = await reauthenticateOnce(token, outcome)
  if (!renewal.ok) return renewal
  if (!isCurrent()) return failed('SIGNED_OUT')
  const renewed = readLogin()?.token
  return orUpdating(await attempt(), renewed)
}

/** Renews once for all calls that were refused with the same token. */
function reauthenticateOnce(refusedToken: string | undefined, refusal: Failed): Promise<Outcome<unknown>> {
  const token = readLogin()?.token
  if (token === refusedToken) {
    if (token !== undefined && isTokenRefused(refusal)) recordRefused(token)
    return reauthenticate(refusal)
  }
  // Another call was refused before this one: it brought a new token, or the user has been asked already.
  return Promise.resolve(token === undefined ? failed('SIGNED_OUT') : done(undefined))
}

function withToken<Request extends object>(request: Request, token = readLogin()?.token): Request {
  return token === undefined ? request : { ...request, token }
}

function call<Name extends keyof CloudFunctions, Request extends RequestOf<Name>>(
  name: Name,
  request: Request,
): Promise<Outcome<DataOf<Name, Request>>> {
  return withRetries(deviceClock, RETRY_POLICY, () => send(name, request))
}

async function send<Name extends keyof CloudFunctions, Request extends RequestOf<Name>>(
  name: Name,
  request: Request,
): Promise<Outcome<DataOf<Name, Request>>> {
  const problem = cloudProblem()
  if (problem) return failed(problem)
  try {
    const { result } = await wx.cloud.callFunction({ name, data: withLanguage(request) })
    return readAnswer(result)
  } catch (error) {
    return failed(readCloudError(error))
  }
}

/** The functions speak Chinese unless they are asked. */
function withLanguage<Request extends object>(request: Request): LanguageRequest & Request {
  const language = currentLanguage()
  return language === 'zh' ? request : { language, ...request }
}

/** The functions' answers are of this project and typed by the contract; what is checked is that it is one of them. */
function readAnswer<Data>(result: unknown): Outcome<Data> {
  if (typeof result !== 'object' || result === null) return failed('INVALID_RESPONSE')
  const answer = result as Answer<Data>
  if (answer.code === 200) return answer.data ? done(answer.data) : failed('INVALID_RESPONSE')
  const { reason, retryAfterSeconds, ticket } = answer
  // A reason of newer functions, for which this app has no text.
  if (!isFailure(reason)) return failed('INVALID_RESPONSE')
  return {
    ...failed(reason),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(ticket === undefined ? {} : { ticket }),
  }
}
