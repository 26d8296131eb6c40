import * as v from 'valibot'
import type { CheckTokenData, CheckTokenRequest } from '../../contract/check-token.ts'
import { AppError } from '../shared/core/app-error.ts'
import { log } from '../shared/core/log.ts'
import { REASONS } from '../shared/core/reasons.ts'
import { secondsUntil, signToken, TOKEN_LIFE_SECONDS } from '../shared/crypto/token.ts'
import { type LoggedIn, requireLogin } from '../shared/handlers/guard.ts'
import type { Call } from '../shared/request/call.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { sessionExpiry } from '../shared/users/session.ts'
import { shownRequest } from '../shared/users/transfer-request.ts'
import { userInfoOf } from '../shared/users/user.ts'
import { renewSession } from './renew-session.ts'

/** The guard reads the token. */
export const checkTokenInput = requestSchema<CheckTokenRequest>()(v.object({}))

const RENEWAL_TRIES = 3
const LAST_SEEN_PRECISION_MILLISECONDS = 24 * 60 * 60 * 1000

/**
 * Confirms a token that the guard has accepted, with fresh user info, and renews it once less than half of its life is
 * left. If the database fails a renewal, answers with the old token, which is still valid.
 * @throws AppError as the guard does, when the session ended meanwhile
 */
export async function checkToken(_input: unknown, call: Call, login: LoggedIn): Promise<CheckTokenData> {
  const { user, claims } = login
  const transferRequest = shownRequest(user, call.now)
  const unrenewed = {
    userInfo: userInfoOf(user),
    expiresInSeconds: secondsUntil(claims.expiresAt, call.now),
    ...(transferRequest ? { transferRequest } : {}),
  }
  const renews = isDue(claims.expiresAt, call.now)
  if (!renews && !isLongUnseen(login, call.now)) return unrenewed
  const expiry = renews ? sessionExpiry(call.now) : new Date(claims.expiresAt * 1000)
  try {
    await saveExpiry(call, login, expiry)
  } catch (error) {
    if (!(error instanceof AppError) || REASONS[error.reason].code !== 503) throw error
    log('warn', {
      function: 'checkToken',
      requestId: call.requestId,
      reason: error.reason,
      detail: error.log,
    })
    return unrenewed
  }
  if (!renews) return unrenewed
  const issuedAt = Math.floor(call.now / 1000)
  const renewed = { ...claims, issuedAt, expiresAt: expiry.getTime() / 1000 }
  const token = signToken(call.keys.token, call.caller.appid, renewed)
  return { ...unrenewed, expiresInSeconds: secondsUntil(renewed.expiresAt, call.now), token }
}

function isDue(expiresAt: number, now: number): boolean {
  return expiresAt - now / 1000 < TOKEN_LIFE_SECONDS / 2
}

/** The list of devices shows to the day when each was last seen. More is not worth a write at every launch. */
function isLongUnseen({ user, sessionIndex }: LoggedIn, now: number): boolean {
  const seenAt = user.sessions[sessionIndex]?.lastSeenAt.getTime() ?? now
  return now - seenAt > LAST_SEEN_PRECISION_MILLISECONDS
}

/** The session may have moved in its array since the guard read it; then the guard reads it again. */
async function saveExpiry(call: Call, login: LoggedIn, expiresAt: Date): Promise<void> {
  const session = { id: login.claims.sessionId, lastSeenAt: new Date(call.now), expiresAt }
  let index = login.sessionIndex
  for (let tries = 0; tries < RENEWAL_TRIES; tries++) {
    if (await renewSession(call.budget, call.userId, index, session)) return
    index = (await requireLogin(call)).sessionIndex
  }
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'the session kept moving while it was renewed' })
}
