import jwt from 'jsonwebtoken'
import * as v from 'valibot'
import { AppError } from './app-error.ts'
import type { KeyRing } from './keys.ts'

/** How long a token is good for unless renewed. */
export const TOKEN_LIFE_SECONDS = 30 * 24 * 60 * 60

const ISSUER = 'wechat-phone-login'
const ALGORITHM = 'HS256'

/** What a good token says. Times in seconds since 1970, as RFC 7519 has them. */
export interface TokenClaims {
  userId: string
  sessionId: string
  issuedAt: number
  expiresAt: number
}

const headerSchema = v.object({ alg: v.string(), kid: v.optional(v.string()) })
const payloadSchema = v.object({
  iss: v.string(),
  aud: v.string(),
  sub: v.string(),
  sid: v.string(),
  iat: v.number(),
  exp: v.number(),
})

/** Signs a JWT (HS256) with the current key. @param appid the only mini-program it will be good for */
export function signToken(keys: KeyRing, appid: string, claims: TokenClaims): string {
  const [current] = keys
  const payload = { sid: claims.sessionId, iat: claims.issuedAt, exp: claims.expiresAt }
  return jwt.sign(payload, current.key, {
    algorithm: ALGORITHM,
    keyid: current.id,
    issuer: ISSUER,
    audience: appid,
    subject: claims.userId,
  })
}

/**
 * Checks form, algorithm, signature, and only then what the token says.
 * @param now milliseconds since 1970
 * @throws AppError TOKEN_MALFORMED, TOKEN_ALGORITHM, TOKEN_SIGNATURE, TOKEN_AUDIENCE or TOKEN_EXPIRED
 */
export function verifyToken(keys: KeyRing, appid: string, token: string, now: number): TokenClaims {
  const header = parseHeader(token)
  if (header.alg !== ALGORITHM) throw new AppError('TOKEN_ALGORITHM')
  const key = keys.find((candidate) => candidate.id === header.kid)?.key
  if (!key) throw new AppError('TOKEN_SIGNATURE')
  const payload = v.safeParse(payloadSchema, verifySignature(token, key))
  if (!payload.success) throw new AppError('TOKEN_MALFORMED')
  const { iss, aud, sub, sid, iat, exp } = payload.output
  if (iss !== ISSUER || aud !== appid) throw new AppError('TOKEN_AUDIENCE')
  if (now >= exp * 1000) throw new AppError('TOKEN_EXPIRED')
  return { userId: sub, sessionId: sid, issuedAt: iat, expiresAt: exp }
}

function parseHeader(token: string): v.InferOutput<typeof headerSchema> {
  const segments = token.split('.')
  if (segments.length !== 3 || !segments.every(isCanonical)) throw new AppError('TOKEN_MALFORMED')
  try {
    return v.parse(headerSchema, JSON.parse(Buffer.from(segments[0] ?? '', 'base64url').toString('utf8')))
  } catch {
    throw new AppError('TOKEN_MALFORMED')
  }
}

/** One text only for the same bytes: no padding, no other alphabet, no stray bits at the end. */
function isCanonical(segment: string): boolean {
  return Buffer.from(segment, 'base64url').toString('base64url') === segment
}

function verifySignature(token: string, key: Parameters<typeof jwt.verify>[1]): unknown {
  try {
    return jwt.verify(token, key, { algorithms: [ALGORITHM], ignoreExpiration: true, ignoreNotBefore: true })
  } catch {
    throw new AppError('TOKEN_SIGNATURE')
  }
}
