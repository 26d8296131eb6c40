import type { Answer } from '../../contract/answer'
import type { CloudFunctions, DataOf, GuardedFunction, RequestOf } from '../../contract/functions'
import type { LoginRequest } from '../../contract/login'
import { deviceClock } from './clock'
import { readCloudError } from './cloud-error'
import { config } from './config'
import { isEnding } from './endings'
import type { Failed, Failure, LocalFailure, Outcome } from './failure'
import { done, failed, isRefusal, isTokenRefused } from './failure'
import { sameLogin } from './login-epoch'
import { readLogin } from './login-storage'
import { isNew, noteIssued, noteRefused } from './new-token'
import { PATIENCE, within, withRetries } from './retry'
import type { LoginOnPhone } from './token-life'
import { counted } from './token-life'

/** checkToken is the session's alone, which heals itself. */
type HealedFunction = Exclude<GuardedFunction, 'checkToken'>

/** Calls with retries; a refusal is told as it is. */
export const cloud = {
  login: (request: LoginRequest) => counted(deviceClock, () => issuing(call('login', replacing(request)))),
  checkToken: () => counted(deviceClock, () => issuing(call('checkToken', withToken({})))),
  /** Ends the token's own session, which need not be the one that is stored. */
  logout: (token: string) => call('logout', withToken({}, token)),
}

/** One try of a login, within this time: for a request that must not be sent twice unexamined. */
export function loginOnce(request: LoginRequest, milliseconds: number): Promise<Outcome<LoginOnPhone>> {
  const attempt = () => within(deviceClock, milliseconds, issuing(send('login', replacing(request))))
  return counted(deviceClock, attempt)
}

/** The login that is still on this phone, over or not, gives its place to the new one. */
function replacing(request: LoginRequest): LoginRequest {
  const replaces = readLogin()?.token
  return replaces === undefined ? request : { ...request, replaces }
}

async function issuing<Data extends { token?: string }>(
  answer: Promise<Outcome<Data>>,
): Promise<Outcome<Data>> {
  const outcome = await answer
  if (outcome.ok && outcome.data.token !== undefined) noteIssued(outcome.data.token)
  return outcome
}

/** A token that is refused although it is new: the functions are being updated one by one, and a login changes nothing. */
export function orUpdating<Data>(outcome: Outcome<Data>, token: string | undefined): Outcome<Data> {
  if (outcome.ok || token === undefined || !isTokenRefused(outcome)) return outcome
  return isNew(token) ? failed('UPDATING') : outcome
}

/**
 * Makes the session right again after a refusal; `ok` if calls may go on with a new token. Called again while it is
 * at work, it must join in, not start over.
 */
export type Heal = (refusal: Failed) => Promise<Outcome<unknown>>

let heal: Heal = async (refusal) => refusal

/** The session hands in how to log in again: it stands above this file, which must not import it. */
export function healWith(way: Heal): void {
  heal = way
}

/** To be called once, at launch. */
export function openCloud(): void {
  if (cloudProblem() === undefined) wx.cloud.init({ env: cloudEnvironment(), traceUser: false })
}

/** What keeps every cloud call of this app from working, if anything does. */
export function cloudProblem(): LocalFailure | undefined {
  if (!wx.cloud) return 'WECHAT_OLD'
  return cloudEnvironment() === '' ? 'ENV_UNSET' : undefined
}

/** config.ts names it. Who runs one code for many mini-programs names it in ext.json, and so does the local phone. */
function cloudEnvironment(): string {
  if (config.cloudEnv !== '') return config.cloudEnv
  const { cloudEnv } = wx.getExtConfigSync ? wx.getExtConfigSync() : { cloudEnv: '' }
  return typeof cloudEnv === 'string' ? cloudEnv : ''
}

/**
 * Calls for a logged-in user: a refused token is renewed behind the scenes, once, and the call goes on.
 * @param expected refusals that the caller deals with itself
 */
export function callGuarded<Name extends HealedFunction, Request extends RequestOf<Name>>(
  name: Name,
  request: Request,
  expected: readonly Failure[] = [],
): Promise<Outcome<DataOf<Name, Request>>> {
  return healing(() => call(name, withToken(request)), expected)
}

/** The same with one try and one more after healing, within this time. */
export function callGuardedOnce<Name extends HealedFunction, Request extends RequestOf<Name>>(
  name: Name,
  request: Request,
  milliseconds: number,
): Promise<Outcome<DataOf<Name, Request>>> {
  return within(
    deviceClock,
    milliseconds,
    healing(() => send(name, withToken(request)), []),
  )
}

async function healing<Data>(
  attempt: () => Promise<Outcome<Data>>,
  expected: readonly Failure[],
): Promise<Outcome<Data>> {
  const token = readLogin()?.token
  const isCurrent = sameLogin()
  const outcome = orUpdating(token === undefined ? failed('TOKEN_MISSING') : await attempt(), token)
  if (outcome.ok || !isRefusal(outcome) || expected.indexOf(outcome.failure) >= 0) return outcome
  // What was asked for under one login is not done under the next.
  if (!isCurrent()) return failed('SIGNED_OUT')
  const healed = await healOnce(token, outcome)
  if (!healed.ok) return healed
  if (!isCurrent()) return failed('SIGNED_OUT')
  const renewed = readLogin()?.token
  return orUpdating(await attempt(), renewed)
}

/** However many calls are refused, the login they were sent with is seen to once. */
function healOnce(refusedToken: string | undefined, refusal: Failed): Promise<Outcome<unknown>> {
  const token = readLogin()?.token
  if (token === refusedToken) {
    if (token !== undefined && isTokenRefused(refusal)) noteRefused(token)
    return heal(refusal)
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
  return withRetries(deviceClock, PATIENCE, () => send(name, request))
}

async function send<Name extends keyof CloudFunctions, Request extends RequestOf<Name>>(
  name: Name,
  request: Request,
): Promise<Outcome<DataOf<Name, Request>>> {
  const problem = cloudProblem()
  if (problem) return failed(problem)
  try {
    const { result } = await wx.cloud.callFunction({ name, data: request })
    return readAnswer(result)
  } catch (error) {
    return failed(readCloudError(error))
  }
}

/** The functions' answers are of this project and typed by the contract; what is checked is that it is one of them. */
function readAnswer<Data>(result: unknown): Outcome<Data> {
  if (typeof result !== 'object' || result === null) return failed('BROKEN_ANSWER')
  const answer = result as Answer<Data>
  if (answer.code === 200) return answer.data ? done(answer.data) : failed('BROKEN_ANSWER')
  const { reason, retryAfterSeconds, ticket } = answer
  // A word from newer functions than this app has a text for.
  if (!isEnding(reason)) return failed('BROKEN_ANSWER')
  return {
    ...failed(reason),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(ticket === undefined ? {} : { ticket }),
  }
}
