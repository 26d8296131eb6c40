import type { Answer } from '../../contract/answer'
import type { CloudFunctions, GuardedFunction } from '../../contract/functions'
import type { LoginData, LoginRequest } from '../../contract/login'
import { deviceClock } from './clock'
import { readCloudError } from './cloud-error'
import { config } from './config'
import { isEnding } from './endings'
import type { Failed, LocalFailure, Outcome } from './failure'
import { done, failed } from './failure'
import { readLogin } from './login-storage'
import { PATIENCE, within, withRetries } from './retry'

/** A function of the contract as this side calls it. Two overloads are kept apart: `trips` has them. */
type Asynchronous<Called> = Called extends {
  (request: infer RequestA): infer DataA
  (request: infer RequestB): infer DataB
}
  ? ((request: RequestA) => Promise<Outcome<DataA>>) & ((request: RequestB) => Promise<Outcome<DataB>>)
  : Called extends (request: infer Request) => infer Data
    ? (request: Request) => Promise<Outcome<Data>>
    : never

type Client<Name extends keyof CloudFunctions> = { [Key in Name]: Asynchronous<CloudFunctions[Key]> }

/** Guarded functions of the app's own business. checkToken and logout are the session's, which heals itself. */
type BusinessFunction = Exclude<GuardedFunction, 'checkToken' | 'logout'>

/** Calls with retries; a refusal is told as it is. */
export const cloud: Pick<Client<keyof CloudFunctions>, 'login' | 'checkToken' | 'logout'> = {
  login: (request) => call('login', request),
  checkToken: (request) => call('checkToken', withToken(request)),
  logout: (request) => call('logout', withToken(request)),
}

/** One try of a login, within this time: for a request that must not be sent twice unexamined. */
export function loginOnce(request: LoginRequest, milliseconds: number): Promise<Outcome<LoginData>> {
  return within(deviceClock, milliseconds, send('login', request))
}

/** Calls for a logged-in user: a refused token is renewed behind the scenes, once, and the call goes on. */
export const guardedCloud: Client<BusinessFunction> = {
  trips: (request: object) => callGuarded('trips', request),
} as Client<BusinessFunction>

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

async function callGuarded<Data>(name: BusinessFunction, request: object): Promise<Outcome<Data>> {
  const token = readLogin()?.token
  const outcome =
    token === undefined ? failed('TOKEN_MISSING') : await call<Data>(name, { ...request, token })
  if (outcome.ok || !isRefusal(outcome)) return outcome
  const healed = await healOnce(token, outcome)
  return healed.ok ? call<Data>(name, withToken(request)) : healed
}

/** However many calls are refused, the login they were sent with is seen to once. */
function healOnce(refusedToken: string | undefined, refusal: Failed): Promise<Outcome<unknown>> {
  const token = readLogin()?.token
  if (token === refusedToken) return heal(refusal)
  // Another call was refused before this one: it brought a new token, or the user has been asked already.
  return Promise.resolve(token === undefined ? failed('SIGNED_OUT') : done(undefined))
}

/** The answers 401 and 403: who calls is not accepted. */
function isRefusal({ failure }: Failed): boolean {
  return /^(TOKEN_|SESSION_|ACCOUNT_)/.test(failure)
}

function withToken(request: object): object {
  const token = readLogin()?.token
  return token === undefined ? request : { ...request, token }
}

function call<Data>(name: keyof CloudFunctions, request: object): Promise<Outcome<Data>> {
  return withRetries(deviceClock, PATIENCE, () => send<Data>(name, request))
}

async function send<Data>(name: keyof CloudFunctions, request: object): Promise<Outcome<Data>> {
  const problem = cloudProblem()
  if (problem) return failed(problem)
  try {
    const { result } = await wx.cloud.callFunction({ name, data: request })
    return readAnswer<Data>(result)
  } catch (error) {
    return failed(readCloudError(error))
  }
}

/** The functions' answers are of this project and typed by the contract; what is checked is that it is one of them. */
function readAnswer<Data>(result: unknown): Outcome<Data> {
  if (typeof result !== 'object' || result === null) return failed('BROKEN_ANSWER')
  const answer = result as Answer<Data>
  if (answer.code === 200) return done(answer.data)
  const { reason, retryAfterSeconds } = answer
  // A word from newer functions than this app has a text for.
  if (!isEnding(reason)) return failed('BROKEN_ANSWER')
  return { ...failed(reason), ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }
}
