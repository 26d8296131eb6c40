import * as v from 'valibot'
import type { CheckTokenData } from '../../contract/check-token.ts'
import { AppError } from '../shared/app-error.ts'
import type { Call } from '../shared/call.ts'
import { type LoggedIn, requireLogin } from '../shared/guard.ts'
import { log } from '../shared/log.ts'
import { REASONS } from '../shared/reasons.ts'
import { sessionEnd } from '../shared/session.ts'
import { secondsUntil, signToken, TOKEN_LIFE_SECONDS } from '../shared/token.ts'
import { userInfoOf } from '../shared/user.ts'
import { renewSession } from '../shared/users.ts'

/** The token is the guard's to read. */
export const checkTokenInput = v.object({})

const RENEWAL_TRIES = 3
const SEEN_MILLISECONDS = 24 * 60 * 60 * 1000

/**
 * Says that the token stands (the guard has seen to that), with fresh user info, and renews it once less than
 * half of its life is left. A renewal that the database fails leaves a token that is still good.
 * @throws AppError as the guard does, when the session ended meanwhile
 */
export async function checkToken(_input: unknown, call: Call, login: LoggedIn): Promise<CheckTokenData> {
  const { user, claims } = login
  const unrenewed = {
    userInfo: userInfoOf(user),
    expiresInSeconds: secondsUntil(claims.expiresAt, call.now),
  }
  const renews = isDue(claims.expiresAt, call.now)
  if (!renews && !isLongUnseen(login, call.now)) return unrenewed
  const end = renews ? sessionEnd(call.now) : new Date(claims.expiresAt * 1000)
  try {
    await moveSessionEnd(call, login, end)
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
  const renewed = { ...claims, issuedAt, expiresAt: end.getTime() / 1000 }
  const token = signToken(call.keys.token, call.caller.appid, renewed)
  return { ...unrenewed, expiresInSeconds: secondsUntil(renewed.expiresAt, call.now), token }
}

function isDue(expiresAt: number, now: number): boolean {
  return expiresAt - now / 1000 < TOKEN_LIFE_SECONDS / 2
}

/** The user's list of devices says when each was last seen, to the day: more is not worth a write at every launch. */
function isLongUnseen({ user, place }: LoggedIn, now: number): boolean {
  const seenAt = user.sessions[place]?.lastSeenAt.getTime() ?? now
  return now - seenAt > SEEN_MILLISECONDS
}

/** The session may have moved up in its array since the guard read it; then the guard looks again. */
async function moveSessionEnd(call: Call, login: LoggedIn, end: Date): Promise<void> {
  const session = { id: login.claims.sessionId, lastSeenAt: new Date(call.now), expiresAt: end }
  let place = login.place
  for (let tries = 0; tries < RENEWAL_TRIES; tries++) {
    if (await renewSession(call.budget, call.userId, place, session)) return
    place = (await requireLogin(call)).place
  }
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'the session kept moving while it was renewed' })
}
