import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import jwt from 'jsonwebtoken'
import * as v from 'valibot'
import { AppError } from '../core/app-error.ts'
import type { KeyRing } from './keys.ts'

/** How long a token is valid unless renewed. */
export const TOKEN_LIFE_SECONDS = 30 * 24 * 60 * 60

/** No token is longer. */
export const MAXIMUM_TOKEN_CHARACTERS = 2048

const ISSUER = 'wechat-phone-login'
const ALGORITHM = 'HS256'

/** The claims of a valid token. Times in seconds since 1970 (RFC 7519). */
export interface TokenClaims {
  userId: string
  sessionId: string
  issuedAt: number
  expiresAt: number
}

/**
 * The rest of a token's life, in whole seconds, rounded down.
 * @param expiresAt seconds since 1970
 * @param now milliseconds since 1970
 */
export function secondsUntil(expiresAt: number, now: number): number {
  return Math.max(0, Math.floor(expiresAt - now / 1000))
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

/** Loads what `signToken` needs, which takes the first call of a process some milliseconds. @returns whether it is there */
export function loadSigning(): boolean {
  return jwt.sign !== undefined
}

/** Signs a JWT (HS256) with the current key. @param appid the only mini-program it is valid for */
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
 * Checks form, algorithm and signature, and only then the claims. Uses node:crypto alone: every authenticated call pays for
 * this check, and jsonwebtoken takes several times as long to load and to verify.
 * @param now milliseconds since 1970
 * @throws AppError TOKEN_MALFORMED, TOKEN_ALGORITHM, TOKEN_SIGNATURE, TOKEN_AUDIENCE or TOKEN_EXPIRED
 */
export function verifyToken(keys: KeyRing, appid: string, token: string, now: number): TokenClaims {
  const { signed, header, payload, signature } = splitToken(token)
  const { alg, kid } = parseHeader(header)
  if (alg !== ALGORITHM) throw new AppError('TOKEN_ALGORITHM')
  const key = keys.find((candidate) => candidate.id === kid)?.key
  if (!key || !isSignature(signature, signed, key)) throw new AppError('TOKEN_SIGNATURE')
  const { iss, aud, sub, sid, iat, exp } = parseSegment(payloadSchema, payload)
  if (iss !== ISSUER || aud !== appid) throw new AppError('TOKEN_AUDIENCE')
  if (now >= exp * 1000) throw new AppError('TOKEN_EXPIRED')
  return { userId: sub, sessionId: sid, issuedAt: iat, expiresAt: exp }
}

const sessionSchema = v.object({ sid: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) })

/**
 * The session that a token names, without a check of signature and age: to be used only where the caller may end that
 * session anyway. Undefined for a text that is not a token.
 */
export function sessionIdOf(token: string): string | undefined {
  if (token.length > MAXIMUM_TOKEN_CHARACTERS) return undefined
  try {
    return parseSegment(sessionSchema, splitToken(token).payload).sid
  } catch {
    return undefined
  }
}

interface TokenParts {
  /** The signed text. */
  signed: string
  header: string
  payload: string
  signature: string
}

const TOKEN = /^([A-Za-z0-9_-]*)\.([A-Za-z0-9_-]*)\.([A-Za-z0-9_-]*)$/

/** @throws AppError TOKEN_MALFORMED unless it is three segments of strict base64url */
function splitToken(token: string): TokenParts {
  const [, header, payload, signature] = TOKEN.exec(token) ?? []
  if (!isWhole(header) || !isWhole(payload) || !isWhole(signature)) throw new AppError('TOKEN_MALFORMED')
  return { signed: token.slice(0, header.length + 1 + payload.length), header, payload, signature }
}

/** Last characters without surplus bits, by the number of characters beyond groups of four (RFC 4648 §3.5). */
const LAST_CHARACTERS = ['', '', 'AQgw', 'AEIMQUYcgkosw048']

/** Whether this is the only base64url text for its bytes. */
function isWhole(segment: string | undefined): segment is string {
  if (segment === undefined) return false
  const rest = segment.length % 4
  return rest === 0 || (LAST_CHARACTERS[rest]?.includes(segment.charAt(segment.length - 1)) ?? false)
}

type Header = v.InferOutput<typeof headerSchema>

/** All tokens of one key have the same header, so the last one parsed is nearly always the next. */
let lastHeader: { text: string; header: Header } | undefined

function parseHeader(text: string): Header {
  if (lastHeader?.text !== text) lastHeader = { text, header: parseSegment(headerSchema, text) }
  return lastHeader.header
}

function parseSegment<Schema extends v.GenericSchema>(
  schema: Schema,
  segment: string,
): v.InferOutput<Schema> {
  try {
    return v.parse(schema, JSON.parse(Buffer.from(segment, 'base64url').toString('utf8')))
  } catch {
    throw new AppError('TOKEN_MALFORMED')
  }
}

function isSignature(signature: string, signed: string, key: KeyObject): boolean {
  const claimed = Buffer.from(signature, 'base64url')
  const expected = createHmac('sha256', key).update(signed).digest()
  return claimed.length === expected.length && timingSafeEqual(claimed, expected)
}
