import jwt from 'jsonwebtoken'
import * as v from 'valibot'
import type { AdminRole } from '../../../contract/admin.ts'
import { AppError } from '../core/app-error.ts'
import type { KeyRing } from './keys.ts'

const ISSUER = 'wechat-phone-login'
const AUDIENCE = 'admin'
const ALGORITHM = 'HS256'
/** Long enough for one task, and too short for a forgotten token to be misused. */
const ADMIN_TOKEN_LIFE_SECONDS = 10 * 60
/** By how much the clock of a machine that makes tokens may be ahead of the cloud's. */
const SKEW_SECONDS = 60

export const ADMIN_ROLES = ['look', 'act', 'reveal'] as const satisfies readonly AdminRole[]

const headerSchema = v.object({ alg: v.literal(ALGORITHM), kid: v.string() })
const payloadSchema = v.object({
  // jsonwebtoken would also accept a list that contains them.
  iss: v.literal(ISSUER),
  aud: v.literal(AUDIENCE),
  sub: v.pipe(v.string(), v.regex(/^[\w.@-]{1,64}$/)),
  iat: v.number(),
  exp: v.number(),
  may: v.pipe(v.array(v.picklist(ADMIN_ROLES)), v.minLength(1), v.maxLength(ADMIN_ROLES.length)),
})

/** Who a valid admin token names, and what it permits. */
export interface AdminClaims {
  name: string
  may: readonly AdminRole[]
}

/**
 * Signs a token with which an administrator calls `admin`. Its key signs nothing else.
 * @param name of the administrator, for `audit_logs`: 1 to 64 of letters, digits and `_.@-`
 * @param may what it permits; at least one role
 * @param now milliseconds since 1970
 */
export function signAdminToken(keys: KeyRing, { name, may }: AdminClaims, now: number): string {
  const [current] = keys
  const iat = Math.floor(now / 1000)
  return jwt.sign({ may, iat, exp: iat + ADMIN_TOKEN_LIFE_SECONDS }, current.key, {
    algorithm: ALGORITHM,
    keyid: current.id,
    issuer: ISSUER,
    audience: AUDIENCE,
    subject: name,
  })
}

/**
 * @param now milliseconds since 1970
 * @throws AppError ADMIN_DENIED, also for a token that names no role or an unknown one
 */
export function verifyAdminToken(keys: KeyRing, token: string, now: number): AdminClaims {
  const header = v.safeParse(headerSchema, headerOf(token))
  const key = header.success ? keys.find(({ id }) => id === header.output.kid)?.key : undefined
  if (!key) throw new AppError('ADMIN_DENIED')
  const payload = v.safeParse(payloadSchema, verify(token, key, now))
  if (!payload.success) throw new AppError('ADMIN_DENIED')
  const { sub: name, may, iat, exp } = payload.output
  const isShort = exp - iat <= ADMIN_TOKEN_LIFE_SECONDS
  if (!isShort || iat > now / 1000 + SKEW_SECONDS) throw new AppError('ADMIN_DENIED')
  return { name, may }
}

/** jsonwebtoken throws when the header says JWT and the payload is not JSON. */
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
