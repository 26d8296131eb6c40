import * as v from 'valibot'
import { AppError } from '../core/app-error.ts'
import { constantTimeEqual } from '../crypto/constant-time.ts'
import { MAXIMUM_TOKEN_CHARACTERS, type TokenClaims, verifyToken } from '../crypto/token.ts'
import type { Call } from '../request/call.ts'
import { parseInput } from '../request/input.ts'
import { registeredAt } from '../users/generation.ts'
import type { User } from '../users/user.ts'
import { findUserOfSession } from '../users/users.ts'

/** The caller of an authenticated call. */
export interface LoggedIn {
  user: User
  /** Index of the session in `user.sessions`. */
  sessionIndex: number
  claims: TokenClaims
}

const tokenSchema = v.object({ token: v.optional(v.pipe(v.string(), v.maxLength(MAXIMUM_TOKEN_CHARACTERS))) })

/**
 * Accepts a call only with a genuine, unexpired token of the calling WeChat account, whose session and user exist.
 * One round trip. Nothing is cached: an ended session is rejected on its next call.
 * @throws AppError TOKEN_*, SESSION_REVOKED, ACCOUNT_CLOSED, ACCOUNT_DISABLED
 */
export async function requireLogin(call: Call): Promise<LoggedIn> {
  return requireSession(call, requireToken(call))
}

/**
 * The first half of the guard, without a round trip: requires a genuine, unexpired token of the calling WeChat account.
 * Does not check that its session and user exist.
 * @throws AppError TOKEN_*
 */
export function requireToken(call: Call): TokenClaims {
  const { token } = parseInput(tokenSchema, call.event ?? {})
  if (token === undefined || token === '') throw new AppError('TOKEN_MISSING')
  const claims = verifyToken(call.keys.token, call.caller.appid, token, call.now)
  if (!constantTimeEqual(claims.userId, call.userId)) throw new AppError('TOKEN_FOREIGN')
  return claims
}

/** The second half: requires that the session and the user of these claims exist. One round trip. @throws AppError as `requireLogin` */
export async function requireSession(call: Call, claims: TokenClaims): Promise<LoggedIn> {
  const user = await findUserOfSession(call.budget, call.userId)
  if (!user || user.status === 'closing') throw new AppError('ACCOUNT_CLOSED')
  if (user.status === 'disabled') throw new AppError('ACCOUNT_DISABLED')
  const sessionIndex = user.sessions.findIndex((session) => constantTimeEqual(session.id, claims.sessionId))
  const session = user.sessions[sessionIndex]
  if (!session) throw new AppError(isOlderThan(user, claims) ? 'ACCOUNT_CLOSED' : 'SESSION_REVOKED')
  if (call.now >= session.expiresAt.getTime()) throw new AppError('TOKEN_EXPIRED')
  return { user, sessionIndex, claims }
}

/**
 * Whether the token belongs to an account that was closed before the person registered again. Compares with the account's
 * generation, since `createdAt` may be edited or imported.
 */
function isOlderThan({ generation }: User, { issuedAt }: TokenClaims): boolean {
  const registered = registeredAt(generation)
  return registered !== undefined && issuedAt < Math.floor(registered / 1000)
}
