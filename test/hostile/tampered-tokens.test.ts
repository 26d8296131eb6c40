import { createHmac, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { encrypt } from '../../cloudfunctions/shared/crypto/encryption.ts'
import { deriveKeys, type Keys } from '../../cloudfunctions/shared/crypto/keys.ts'
import { readSecrets } from '../../cloudfunctions/shared/crypto/secrets.ts'
import { CONSENT, verdict } from '../support/cloud-kit.ts'
import { newPad } from '../support/export-pad.ts'
import { APP_OPERATIONS } from '../support/operations/app.ts'
import { SOMEONE } from '../support/operations/operation.ts'
import { ALICE, AttackFixture, CONSOLE, runs, TIMEOUT_MILLISECONDS } from './attack-fixture.ts'
import { hostileValue, type Tampering, tamperRequest } from './hostile-values.ts'

const consent = { version: CONSENT }

let fixture: AttackFixture
let keys: Keys
beforeAll(async () => {
  fixture = await AttackFixture.open()
  keys = deriveKeys(readSecrets(fixture.kit.variables))
}, TIMEOUT_MILLISECONDS)
afterAll(async () => {
  console.info(`tampered tokens and tickets: ${fixture.inputs}`)
  await fixture.close()
})

const instead = (...values: readonly unknown[]) =>
  fc.oneof(
    fc.constantFrom(...values).map(
      (value): Tampering =>
        () =>
          value,
    ),
    hostileValue.map(
      (value): Tampering =>
        () =>
          value,
    ),
    fc.constant<Tampering>(() => undefined),
    fc.constant<Tampering>((honest) => [honest]),
    fc.constant<Tampering>((honest) => String(honest)),
  )
const named = (name: string, tampering: fc.Arbitrary<Tampering>) =>
  tampering.map((change) => [name, change] as const)
const headerTampering = fc.oneof(
  named('alg', instead('none', 'None', 'hs256', 'HS512', 'HS384', 'RS256', 'ES256', '')),
  named('kid', instead('k0', 'k1 ', 'K1', '__proto__', '../k1', '')),
  named('typ', instead('at+jwt', 'none')),
  named('jku', instead('https://example.com/keys.json')),
  named('jwk', instead({ kty: 'oct', k: 'AAAA' })),
  named('crit', instead(['exp'])),
  named('b64', instead(false)),
)
const seconds = () => Math.floor(fixture.kit.cloud.clock.now() / 1000)
const moment = (ahead: number): Tampering => {
  return () => seconds() + ahead
}
const claimTampering = fc.oneof(
  named('iss', instead('wechat-phone-logi', 'wechat-phone-login ', 'https://example.com')),
  named('aud', instead('admin', 'wxother', '')),
  named('sub', instead('u_0123456789abcdefghijkl', 'admin', '')),
  named('sid', instead('', '0', 'sessions.0')),
  named('iat', fc.oneof(instead(-1, 1e308, 0), fc.integer().map(moment))),
  named('exp', fc.oneof(instead(0, -1, 1e308), fc.integer({ min: -1e9, max: 0 }).map(moment))),
  named('nbf', instead(1e12)),
)
const tampering = fc.tuple(
  fc.array(headerTampering, { maxLength: 2 }),
  fc.array(claimTampering, { maxLength: 3 }),
  fc.constantFrom('ours', 'wrong', 'ticket', 'admin', 'phone', 'none', 'kept'),
  fc.constantFrom('sha256', 'sha256', 'sha384', 'sha512'),
)

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (text = '') => JSON.parse(Buffer.from(text, 'base64url').toString())

/** A token of the shape of `good`, tampered and signed again. */
function forge(good: string, ours: Buffer, [header, claims, signer, hash]: Forgery): string {
  const [goodHeader, goodClaims, signature = ''] = good.split('.')
  const body = `${encode(tamperRequest(decode(goodHeader), header))}.${encode(tamperRequest(decode(goodClaims), claims))}`
  if (signer === 'kept') return `${body}.${signature}`
  if (signer === 'none') return `${body}.`
  const others: Record<string, Buffer> = {
    ours,
    ticket: keys.ticket[0].key.export(),
    admin: keys.admin[0].key.export(),
    phone: keys.phone[0].key.export(),
  }
  const key = others[signer] ?? randomBytes(32)
  return `${body}.${createHmac(hash, key).update(body).digest('base64url')}`
}
type Forgery = Parameters<typeof forgeryOf>[0]
const forgeryOf = (forgery: typeof tampering extends fc.Arbitrary<infer Value> ? Value : never) => forgery

/** Whether the fields of a token that decide are unchanged; all other fields are ignored. */
function saysTheSame(good: string, token: string, fields: readonly string[]): boolean {
  const [[header, claims], [goodHeader, goodClaims]] = [token, good].map((text) =>
    text.split('.').slice(0, 2).map(decode),
  ) as [[Fields, Fields], [Fields, Fields]]
  const isSigned = header['alg'] === 'HS256' && header['kid'] === goodHeader['kid']
  return isSigned && fields.every((name) => claims[name] === goodClaims[name])
}
type Fields = Record<string, unknown>

it(
  'a tampered token is refused, unless it still says all that counts and is signed with our key',
  () =>
    fc.assert(
      fc.asyncProperty(tampering, async (forgery) => {
        const ours = keys.token[0].key.export()
        const token = forge(fixture.token, ours, forgery)
        const answer = await fixture.send('checkToken', { token }, ALICE)
        expect(fixture.stored.isUnchanged()).toBe(true)
        if (verdict(answer) !== '200') {
          expect(verdict(answer)).toMatch(/TOKEN|SESSION|ACCOUNT|BAD_REQUEST/)
          return
        }
        // A token of our own making may end or begin at another time: nobody else can make one.
        expect(token === fixture.token || forgery[2] === 'ours').toBe(true)
        expect(saysTheSame(fixture.token, token, ['iss', 'aud', 'sub', 'sid'])).toBe(true)
      }),
      runs(1200),
    ),
  TIMEOUT_MILLISECONDS,
)

it(
  'a tampered admin token is refused likewise, and so is a user’s, signed with the admin key',
  () =>
    fc.assert(
      fc.asyncProperty(tampering, fc.boolean(), async (forgery, isUsers) => {
        const ours = keys.admin[0].key.export()
        const good = fixture.adminToken()
        const token = forge(isUsers ? fixture.token : good, ours, forgery)
        const answer = await fixture.send('admin', { token, action: 'find', userId: fixture.userId }, CONSOLE)
        if (verdict(answer) !== '200') {
          expect(verdict(answer)).toMatch(/ADMIN_DENIED|BAD_REQUEST/)
          return
        }
        fixture.stored.restore()
        expect(isUsers).toBe(false)
        expect(['ours', 'admin', 'kept']).toContain(forgery[2])
        expect(saysTheSame(good, token, ['iss', 'aud'])).toBe(true)
      }),
      runs(500),
    ),
  TIMEOUT_MILLISECONDS,
)

it(
  'the text of a token, cut, doubled or mixed up, is refused',
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.nat(),
        fc.constantFrom('cut', 'swap', 'insert', 'flip', 'case'),
        async (one, other, kind) => {
          const token = mangle(fixture.token, one, other, kind)
          const answer = await fixture.send('checkToken', { token }, ALICE)
          expect(answer.code === 200).toBe(token === fixture.token)
        },
      ),
      runs(400),
    ),
  TIMEOUT_MILLISECONDS,
)

function mangle(text: string, one: number, other: number, kind: string): string {
  const [place, length] = [one % text.length, 1 + (other % 8)]
  const [before, part, after] = [
    text.slice(0, place),
    text.slice(place, place + length),
    text.slice(place + length),
  ]
  switch (kind) {
    case 'cut':
      return before + after
    case 'swap':
      return before + [...part].reverse().join('') + after
    case 'insert':
      return `${before}${part}${part}${after}`
    case 'case':
      return before + part.toUpperCase() + after
    default:
      return before + String.fromCharCode(part.charCodeAt(0) ^ 1) + part.slice(1) + after
  }
}

/** A segment of a token: what is JSON and what is not, of any shape, in base64url. */
const encoded = (content: string | Uint8Array) => Buffer.from(content).toString('base64url')
const HEADERS = ['{"typ":"JWT"}', '{"typ":"JWT","alg":"HS256","kid":"k1"}', '{"alg":"none"}', 'null', '[]']
const segment = fc
  .oneof(
    fc.constantFrom('{', '', 'null', '[]', '7', '"x"', '{}', '{"exp":1}', ...HEADERS),
    fc.json({ maxDepth: 2 }),
    fc.string(),
    fc.uint8Array({ maxLength: 40 }),
  )
  .map(encoded)
const segments = fc.oneof(
  fc.tuple(fc.constantFrom(...HEADERS).map(encoded), segment, segment),
  fc.array(segment, { minLength: 1, maxLength: 4 }),
)

/** Every action that reads a token, with what it needs besides. */
const READERS: readonly (readonly [name: string, fields: object])[] = [
  ['checkToken', {}],
  ['logout', {}],
  ['logout', { scope: 'others' }],
  ['logout', { scope: 'all' }],
  ['logout', { sessionId: 'none' }],
  ...['get', 'sessions'].map((action) => ['account', { action }] as const),
  ['account', { action: 'export', pad: newPad() }],
  ['account', { action: 'update', nickname: '小明' }],
  ['account', { action: 'avatarUpload', type: 'png' }],
  ['account', { action: 'changePhone', phoneCode: 'a-code' }],
  ['account', { action: 'close', confirmed: true }],
  ...APP_OPERATIONS.map(({ function: name, request }) => [name, request(SOMEONE)] as const),
]
const ADMINISTRATION = ['find', 'reveal', 'disable', 'enable', 'stats']

it(
  'three segments of anything are refused by every action that reads a token',
  () =>
    fc.assert(
      fc.asyncProperty(segments, async (parts) => {
        const token = parts.join('.')
        for (const [name, fields] of READERS) {
          expect(verdict(await fixture.send(name, { ...fields, token }, ALICE))).toMatch(/^40[13] TOKEN_/)
        }
        for (const action of ADMINISTRATION) {
          const event = { token, action, userId: fixture.userId, reason: '核实身份' }
          expect(verdict(await fixture.send('admin', event, CONSOLE))).toBe('403 ADMIN_DENIED')
        }
        expect(fixture.stored.isUnchanged()).toBe(true)
      }),
      runs(60),
    ),
  TIMEOUT_MILLISECONDS,
)

const tamperedNumber = fc.record(
  {
    countryCode: fc.oneof(fc.constant('86'), hostileValue),
    purePhoneNumber: fc.oneof(fc.constant('13800138000'), hostileValue),
    verifiedAt: fc.oneof(
      fc.constantFrom(1e308, -1, 0, 2 ** 60, 'now'),
      fc.integer({ min: -1e9, max: -300_001 }).map((ahead) => ({ ahead })),
      fc.integer({ min: 60_000 }).map((ahead) => ({ ahead })),
      hostileValue,
    ),
  },
  { requiredKeys: [] },
)

it(
  'a tampered ticket is refused by login and by a change of number, whatever key it is sealed with',
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(tamperedNumber, hostileValue),
        fc.constantFrom('ticket', 'phone', 'admin', 'wrong', 'other user'),
        fc.constantFrom('', '.x', '=', ' ', '\u0000'),
        async (number, key, tail) => {
          const text = typeof number === 'string' ? number : JSON.stringify(withMoment(number))
          const ring =
            key === 'phone' || key === 'admin' ? keys[key] : key === 'wrong' ? wrongRing() : keys.ticket
          const ticket =
            encrypt(ring, key === 'other user' ? fixture.bystanderId : fixture.userId, text) + tail
          for (const [name, request] of [
            ['login', { ticket, consent }],
            ['account', { action: 'changePhone', ticket, token: fixture.token }],
          ] as const) {
            const answer = await fixture.send(name, request, ALICE)
            expect(verdict(answer)).toMatch(/PHONE_CODE_INVALID|BAD_REQUEST/)
          }
        },
      ),
      runs(200),
    ),
  TIMEOUT_MILLISECONDS,
)

/** Times are said from now, so that a failing case fails again. */
function withMoment(number: unknown): unknown {
  if (typeof number !== 'object' || number === null || !('verifiedAt' in number)) return number
  const { verifiedAt } = number
  if (typeof verifiedAt !== 'object' || verifiedAt === null || !('ahead' in verifiedAt)) return number
  return { ...number, verifiedAt: fixture.kit.cloud.clock.now() + Number(verifiedAt.ahead) }
}

function wrongRing(): Keys['ticket'] {
  return deriveKeys({ login: [{ id: 'k1', bytes: randomBytes(32) }], index: randomBytes(32) }).ticket
}

it('a token of ours that says to live longer ends with its session', async () => {
  const { token } = await fixture.kit.loginWithCode('oCarol')
  const claims = [['exp', () => seconds() + 1e9] as const]
  const long = forge(token, keys.token[0].key.export(), [[], claims, 'ours', 'sha256'])
  expect(verdict(await fixture.kit.checkToken('oCarol', { token: long }))).toBe('200')
  await fixture.kit.control.post('clock', { advanceSeconds: 31 * 24 * 60 * 60 })
  expect(verdict(await fixture.kit.checkToken('oCarol', { token: long }))).toBe('403 TOKEN_EXPIRED')
})
