import jwt from 'jsonwebtoken'
import * as v from 'valibot'
import { AppError } from './app-error.ts'
import type { KeyRing } from './keys.ts'

const ISSUER = 'wechat-phone-login'
const AUDIENCE = 'admin'
const ALGORITHM = 'HS256'
/** Long enough for one matter, too short to lie about. */
export const ADMIN_TOKEN_LIFE_SECONDS = 10 * 60
/** So much a machine that makes tokens may be ahead of the cloud. */
const SKEW_SECONDS = 60

const headerSchema = v.object({ alg: v.literal(ALGORITHM), kid: v.string() })
const payloadSchema = v.object({
  // jsonwebtoken would also take a list that holds them.
  iss: v.literal(ISSUER),
  aud: v.literal(AUDIENCE),
  sub: v.pipe(v.string(), v.regex(/^[\w.@-]{1,64}$/)),
  iat: v.number(),
  exp: v.number(),
})

/**
 * A token with which an administrator calls `admin`; its key signs nothing else.
 * @param name of the administrator, for `audit_logs`: 1 to 64 of letters, digits and `_.@-`
 * @param now milliseconds since 1970
 */
export function signAdminToken(keys: KeyRing, name: string, now: number): string {
  const [current] = keys
  const iat = Math.floor(now / 1000)
  return jwt.sign({ iat, exp: iat + ADMIN_TOKEN_LIFE_SECONDS }, current.key, {
    algorithm: ALGORITHM,
    keyid: current.id,
    issuer: ISSUER,
    audience: AUDIENCE,
    subject: name,
  })
}

/**
 * @param now milliseconds since 1970
 * @returns the administrator's name
 * @throws AppError ADMIN_DENIED
 */
export function verifyAdminToken(keys: KeyRing, token: string, now: number): string {
  const header = v.safeParse(headerSchema, headerOf(token))
  const key = header.success ? keys.find(({ id }) => id === header.output.kid)?.key : undefined
  if (!key) throw new AppError('ADMIN_DENIED')
  const payload = v.safeParse(payloadSchema, verify(token, key, now))
  if (!payload.success) throw new AppError('ADMIN_DENIED')
  const { sub, iat, exp } = payload.output
  const isShort = exp - iat <= ADMIN_TOKEN_LIFE_SECONDS
  if (!isShort || iat > now / 1000 + SKEW_SECONDS) throw new AppError('ADMIN_DENIED')
  return sub
}

/** jsonwebtoken throws where a header says JWT and what follows it is no JSON. */
function headerOf(token: string): unknown {
  try {
    return jwt.decode(token, { complete: true })?.header
  } catch {
    return undefined
  }
}

function verify(token: string, key: Parameters<typeof jwt.verify>[1], now: number): unknown {
  try {
    const clockTimestamp = Math.floor(now / 1000)
    return jwt.verify(token, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      clockTimestamp,
    })
  } catch {
    throw new AppError('ADMIN_DENIED')
  }
}
