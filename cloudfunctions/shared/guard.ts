import * as v from 'valibot'
import { AppError } from './app-error.ts'
import type { Call, Handler } from './call.ts'
import { registeredAt } from './generation.ts'
import { parseInput } from './input.ts'
import { identify } from './open.ts'
import { isSameText } from './same-text.ts'
import { MAXIMUM_TOKEN_CHARACTERS, type TokenClaims, verifyToken } from './token.ts'
import type { User } from './user.ts'
import { findUserOfSession } from './users.ts'

/** Who is logged in, on which session, by which token. */
export interface LoggedIn {
  user: User
  /** Where the session stands in `user.sessions`. */
  place: number
  claims: TokenClaims
}

const tokenSchema = v.object({ token: v.optional(v.pipe(v.string(), v.maxLength(MAXIMUM_TOKEN_CHARACTERS))) })

/**
 * A use case that only a logged-in user reaches.
 * @param schema what the client must send besides the token
 * @param beside a query that runs beside the guard, so that both take one round trip. It reads by `call.userId` and
 * must change nothing (`limited` is for what counts); what it found reaches `handle` only once the guard has let the call pass
 */
export function guarded<Schema extends v.GenericSchema, Data, Found = undefined>(
  schema: Schema,
  handle: (input: v.InferOutput<Schema>, call: Call, login: LoggedIn, found: Found) => Promise<Data> | Data,
  beside?: (input: v.InferOutput<Schema>, call: Call) => Promise<Found>,
): Handler<Data> {
  return async (invocation) => {
    const call = identify(invocation)
    const input = parseInput(schema, call.event)
    const claims = requireToken(call)
    const [login, found] = await Promise.all([requireSession(call, claims), beside?.(input, call)])
    return handle(input, call, login, found as Found)
  }
}

/**
 * Lets a call pass only with a token that is genuine, alive, of this very WeChat account, and whose session and
 * user stand. One round trip; nothing is cached, so what was ended is ended at the next call.
 * @throws AppError TOKEN_*, SESSION_REVOKED, ACCOUNT_CLOSED, ACCOUNT_DISABLED
 */
export async function requireLogin(call: Call): Promise<LoggedIn> {
  return requireSession(call, requireToken(call))
}

/**
 * The first half of the guard, without a round trip: a genuine, living token of this very WeChat account. Whether
 * its session and user still stand is not asked.
 * @throws AppError TOKEN_*
 */
export function requireToken(call: Call): TokenClaims {
  const { token } = parseInput(tokenSchema, call.event ?? {})
  if (token === undefined || token === '') throw new AppError('TOKEN_MISSING')
  const claims = verifyToken(call.keys.token, call.caller.appid, token, call.now)
  if (!isSameText(claims.userId, call.userId)) throw new AppError('TOKEN_FOREIGN')
  return claims
}

/** The second half, for claims of a token that the first has let pass. One round trip. @throws AppError as `requireLogin` */
export async function requireSession(call: Call, claims: TokenClaims): Promise<LoggedIn> {
  const user = await findUserOfSession(call.budget, call.userId)
  if (!user || user.status === 'closing') throw new AppError('ACCOUNT_CLOSED')
  if (user.status === 'disabled') throw new AppError('ACCOUNT_DISABLED')
  const place = user.sessions.findIndex((session) => isSameText(session.id, claims.sessionId))
  const session = user.sessions[place]
  if (!session) throw new AppError(isOlderThan(user, claims) ? 'ACCOUNT_CLOSED' : 'SESSION_REVOKED')
  if (call.now >= session.expiresAt.getTime()) throw new AppError('TOKEN_EXPIRED')
  return { user, place, claims }
}

/**
 * The token is of an account that was closed: the person has registered again since. Told by the account's mark, since
 * `createdAt` may be edited or imported.
 */
function isOlderThan({ generation }: User, { issuedAt }: TokenClaims): boolean {
  const registered = registeredAt(generation)
  return registered !== undefined && issuedAt < Math.floor(registered / 1000)
}
