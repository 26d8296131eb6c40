import { createHmac, createSecretKey, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { AppError } from '../core/app-error.ts'
import { secondsUntil, sessionIdOf, signToken, TOKEN_LIFE_SECONDS, verifyToken } from './token.ts'

const APPID = 'wx1234567890abcdef'
const NOW = Date.UTC(2026, 10, 23)
const ISSUED_AT = NOW / 1000
const bytes = randomBytes(32)
const keys = [{ id: 'k2', key: createSecretKey(bytes) }] as const
const claims = {
  userId: 'u_0123456789abcdefghijkl',
  sessionId: 'session-1',
  issuedAt: ISSUED_AT,
  expiresAt: ISSUED_AT + TOKEN_LIFE_SECONDS,
}

function reasonOf(token: string, now = NOW, ring: Parameters<typeof verifyToken>[0] = keys): string {
  try {
    verifyToken(ring, APPID, token, now)
    return 'accepted'
  } catch (error) {
    return (error as AppError).reason
  }
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token with any header and payload, properly signed with HS256. */
function forge(header: unknown, payload: unknown, key: Buffer = bytes, hash = 'sha256'): string {
  const body = `${encode(header)}.${encode(payload)}`
  return `${body}.${createHmac(hash, key).update(body).digest('base64url')}`
}

const goodHeader = { alg: 'HS256', typ: 'JWT', kid: 'k2' }
const goodPayload = {
  sid: 'session-1',
  sub: claims.userId,
  aud: APPID,
  iss: 'wechat-phone-login',
  iat: ISSUED_AT,
  exp: ISSUED_AT + 60,
}

describe('what is left of a life', () => {
  it.each([
    [100, 99_500, 0],
    [100, 98_999, 1],
    [100, 98_000, 2],
    [100, 100_000, 0],
    [100, 200_000, 0],
  ])('until %d, at %d ms, is %d seconds', (expiresAt, now, seconds) => {
    expect(secondsUntil(expiresAt, now)).toBe(seconds)
  })
})

describe('the session that a token names', () => {
  const naming = (sid: unknown, more = {}) =>
    forge(goodHeader, { ...goodPayload, sid, ...more }, randomBytes(32))

  it('is read whatever the signature and age', () => {
    expect(sessionIdOf(naming('session-9', { exp: 1 }))).toBe('session-9')
    expect(sessionIdOf(naming('s'.repeat(64)))).toBe('s'.repeat(64))
  })

  it.each([
    ['an empty id', naming('')],
    ['a long id', naming('s'.repeat(65))],
    ['a query', naming({ $ne: '' })],
    ['a long token', naming('session-9', { filler: 'x'.repeat(2048) })],
    ['no token', 'session-9'],
  ])('is not read from one with %s', (_name, token) => {
    expect(sessionIdOf(token)).toBeUndefined()
  })
})

describe('a token', () => {
  it('returns the claims that were signed', () => {
    expect(verifyToken(keys, APPID, signToken(keys, APPID, claims), NOW)).toEqual(claims)
  })

  it('names its key, algorithm and audience in standard claims', () => {
    const [header, payload] = signToken(keys, APPID, claims)
      .split('.')
      .slice(0, 2)
      .map((segment) => JSON.parse(Buffer.from(segment, 'base64url').toString()))
    expect(header).toEqual(goodHeader)
    expect(payload).toEqual({ ...goodPayload, exp: claims.expiresAt })
  })

  it('stands until the very second it ends', () => {
    const token = signToken(keys, APPID, claims)
    expect(reasonOf(token, claims.expiresAt * 1000 - 1)).toBe('accepted')
    expect(reasonOf(token, claims.expiresAt * 1000)).toBe('TOKEN_EXPIRED')
  })

  it('is accepted under an older key as long as that is kept, and not after', () => {
    const token = signToken(keys, APPID, claims)
    const newer = { id: 'k3', key: createSecretKey(randomBytes(32)) }
    expect(reasonOf(token, NOW, [newer, ...keys])).toBe('accepted')
    expect(reasonOf(token, NOW, [newer])).toBe('TOKEN_SIGNATURE')
  })
})

describe('a tampered token is rejected with its reason:', () => {
  const good = forge(goodHeader, goodPayload)
  const [header, payload, signature] = good.split('.')
  const cases: [string, string, string][] = [
    ['unsigned (alg none)', `${encode({ alg: 'none' })}.${payload}.`, 'TOKEN_ALGORITHM'],
    [
      'alg None with the old signature',
      `${encode({ alg: 'None', kid: 'k2' })}.${payload}.${signature}`,
      'TOKEN_ALGORITHM',
    ],
    [
      'HS512 with our key',
      forge({ ...goodHeader, alg: 'HS512' }, goodPayload, bytes, 'sha512'),
      'TOKEN_ALGORITHM',
    ],
    ['RS256 named, HMAC used', forge({ ...goodHeader, alg: 'RS256' }, goodPayload), 'TOKEN_ALGORITHM'],
    ['another key under our key id', forge(goodHeader, goodPayload, randomBytes(32)), 'TOKEN_SIGNATURE'],
    ['an unknown key id', forge({ ...goodHeader, kid: 'k9' }, goodPayload), 'TOKEN_SIGNATURE'],
    ['no key id', forge({ alg: 'HS256' }, goodPayload), 'TOKEN_SIGNATURE'],
    [
      'a key id of an object’s prototype',
      forge({ ...goodHeader, kid: '__proto__' }, goodPayload),
      'TOKEN_SIGNATURE',
    ],
    [
      'a changed payload',
      `${header}.${encode({ ...goodPayload, sub: 'u_other' })}.${signature}`,
      'TOKEN_SIGNATURE',
    ],
    ['no signature', `${header}.${payload}.`, 'TOKEN_SIGNATURE'],
    ['another audience', forge(goodHeader, { ...goodPayload, aud: 'wxother' }), 'TOKEN_AUDIENCE'],
    ['another issuer', forge(goodHeader, { ...goodPayload, iss: 'someone' }), 'TOKEN_AUDIENCE'],
    [
      'an audience list that holds ours',
      forge(goodHeader, { ...goodPayload, aud: [APPID] }),
      'TOKEN_MALFORMED',
    ],
    ['no end', forge(goodHeader, { ...goodPayload, exp: undefined }), 'TOKEN_MALFORMED'],
    ['an end in text', forge(goodHeader, { ...goodPayload, exp: '9999999999' }), 'TOKEN_MALFORMED'],
    ['no session', forge(goodHeader, { ...goodPayload, sid: undefined }), 'TOKEN_MALFORMED'],
    ['an expired one', forge(goodHeader, { ...goodPayload, exp: ISSUED_AT - 1 }), 'TOKEN_EXPIRED'],
    ['garbage', 'not a token', 'TOKEN_MALFORMED'],
    ['two segments', `${header}.${payload}`, 'TOKEN_MALFORMED'],
    ['four segments', `${good}.${signature}`, 'TOKEN_MALFORMED'],
    ['a header that is no JSON', `AAAA.${payload}.${signature}`, 'TOKEN_MALFORMED'],
    ['a header that is a list', `${encode([])}.${payload}.${signature}`, 'TOKEN_MALFORMED'],
    ['padding', `${good}=`, 'TOKEN_MALFORMED'],
    ['white space around it', ` ${good}`, 'TOKEN_MALFORMED'],
    ['the other base64 alphabet', `${header}.${payload}.${'+/'.repeat(21)}A`, 'TOKEN_MALFORMED'],
  ]

  it.each(cases)('%s', (_name, token, reason) => {
    expect(reasonOf(token)).toBe(reason)
  })

  it('a signature with stray last bits, which decodes to the same bytes', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet.indexOf(good.at(-1) ?? '')
    const twin = good.slice(0, -1) + alphabet[last ^ 1]
    expect(Buffer.from(twin.split('.')[2] ?? '', 'base64url')).toEqual(
      Buffer.from(signature ?? '', 'base64url'),
    )
    expect(reasonOf(twin)).toBe('TOKEN_MALFORMED')
  })

  it('while the original token is valid', () => {
    expect(reasonOf(good)).toBe('accepted')
  })
})
