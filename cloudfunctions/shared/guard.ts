import * as v from 'valibot'
import { AppError } from './app-error.ts'
import type { Call } from './call.ts'
import { parseInput } from './input.ts'
import { type TokenClaims, verifyToken } from './token.ts'
import type { User } from './user.ts'
import { findUser } from './users.ts'

/** Who is logged in, on which session, by which token. */
export interface LoggedIn {
  user: User
  /** Where the session stands in `user.sessions`. */
  place: number
  claims: TokenClaims
}

const MAXIMUM_TOKEN_CHARACTERS = 2048
const tokenSchema = v.object({ token: v.optional(v.pipe(v.string(), v.maxLength(MAXIMUM_TOKEN_CHARACTERS))) })

/**
 * Lets a call pass only with a token that is genuine, alive, of this very WeChat account, and whose session and
 * user stand. One round trip; nothing is cached, so what was ended is ended at the next call.
 * @throws AppError TOKEN_*, SESSION_REVOKED, ACCOUNT_CLOSED, ACCOUNT_DISABLED
 */
export async function requireLogin(call: Call): Promise<LoggedIn> {
  const claims = requireToken(call)
  const user = await findUser(call.budget, call.userId)
  if (!user) throw new AppError('ACCOUNT_CLOSED')
  if (user.status === 'disabled') throw new AppError('ACCOUNT_DISABLED')
  const place = user.sessions.findIndex((session) => session.id === claims.sessionId)
  const session = user.sessions[place]
  if (!session) throw new AppError('SESSION_REVOKED')
  if (call.now >= session.expiresAt.getTime()) throw new AppError('TOKEN_EXPIRED')
  return { user, place, claims }
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
  if (claims.userId !== call.userId) throw new AppError('TOKEN_FOREIGN')
  return claims
}

/** A use case that only a logged-in user reaches. */
export function guarded<Input, Data>(
  handle: (input: Input, call: Call, login: LoggedIn) => Promise<Data>,
): (input: Input, call: Call) => Promise<Data> {
  return async (input, call) => handle(input, call, await requireLogin(call))
}
