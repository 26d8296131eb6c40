import { createSecretKey } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeStatusData, FindUserData, RevealPhoneData, StatsData } from '../../contract/admin.ts'
import { makeAdminToken, openSealedPhone } from '../../scripts/lib/admin/admin-token.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit, succeeded, verdict } from '../../test/support/cloud-kit.ts'
import { deriveKeys } from '../shared/crypto/keys.ts'
import { readSecrets } from '../shared/crypto/secrets.ts'

let kit: CloudKit
let openid: string
let userId: string
let userToken: string
let people = 0

beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())
beforeEach(async () => {
  people += 1
  openid = `oPerson-${people}`
  const login = await kit.loginWithCode(openid, `138001380${10 + people}`)
  userId = login.userInfo.id
  userToken = login.token
})
afterEach(() => kit.cloud.faults.clear())

const adminToken = (name = 'alice') => makeAdminToken(kit.variables, name, kit.cloud.clock.now())
/** As in 云端测试, whose context is empty. */
const admin = <Data>(fields: object, token: unknown = adminToken()) =>
  kit.call<Data>('admin', undefined, { token, ...fields })
const rows = (act: string) => kit.documents('audit_logs').filter((row) => row['act'] === act)

describe('an administrator', () => {
  it.each([['138001380N'], ['138 0013 80N'], ['+86 138-0013-80N'], ['0086138001380N']])(
    'finds a user by the full number, written %s',
    async (written) => {
      const phone = written.replace('N', String(10 + people))
      const { users } = succeeded(await admin<FindUserData>({ action: 'find', phone }))
      expect(users).toEqual([
        expect.objectContaining({ userId, phone: `138****80${10 + people}`, status: 'active', sessions: 1 }),
      ])
      expect(JSON.stringify(users)).not.toContain(openid)
      expect(rows('admin.find').at(-1)).toMatchObject({ by: 'admin:alice', userId, outcome: 'done' })
      expect(JSON.stringify(kit.documents('audit_logs'))).not.toContain(`138001380${10 + people}`)
    },
  )

  it('finds a user by id, and none for an unknown id', async () => {
    expect(succeeded(await admin<FindUserData>({ action: 'find', userId })).users).toHaveLength(1)
    expect(succeeded(await admin<FindUserData>({ action: 'find', phone: '13000000000' })).users).toEqual([])
    expect(verdict(await admin({ action: 'find', phone: '138****8000' }))).toBe('400 BAD_REQUEST')
    expect(verdict(await admin({ action: 'find', phone: { $ne: '' } }))).toBe('400 BAD_REQUEST')
  })

  it('sees a number only with a reason, and only once it is recorded', async () => {
    const reveal = (reason?: unknown) => admin<RevealPhoneData>({ action: 'reveal', userId, reason })
    expect(verdict(await reveal())).toBe('400 BAD_REQUEST')
    expect(verdict(await reveal(' '))).toBe('400 BAD_REQUEST')
    kit.cloud.faults.add({ target: 'audit_logs', answer: { kind: 'reset' }, times: 1 })
    const refused = await reveal('用户来电核实')
    expect(verdict(refused)).toBe('503 DATABASE_UNAVAILABLE')
    const { sealedPhone } = succeeded(await reveal('用户来电核实'))
    expect(openSealedPhone(kit.variables, sealedPhone)).toBe(`+86138001380${10 + people}`)
    expect(rows('admin.reveal').filter((row) => row['userId'] === userId)).toEqual([
      expect.objectContaining({ by: 'admin:alice', reason: '用户来电核实', outcome: 'done' }),
    ])
  })

  it('receives a number that only the secrets of the token decrypt, and no other answer contains one', async () => {
    const number = `138001380${10 + people}`
    const answer = await admin<RevealPhoneData>({ action: 'reveal', userId, reason: '用户来电核实' })
    expect(JSON.stringify(answer)).not.toContain(number)
    const { sealedPhone } = succeeded(answer)
    expect(openSealedPhone({ ...makeSecrets() }, sealedPhone)).toBeUndefined()
    // The first part is an argument of a command: no shell and no command takes it for an option.
    expect(sealedPhone).toMatch(/^k1\.[\w-]{22}\.[\w-]{40,}$/)
    const [keyId, , body] = sealedPhone.split('.')
    expect(openSealedPhone(kit.variables, [keyId, 'x'.repeat(22), body].join('.'))).toBeUndefined()
    expect(openSealedPhone(kit.variables, `${sealedPhone}.${body}`)).toBeUndefined()
    for (const broken of ['', '.', 'k1.x', sealedPhone.slice(0, -1), `${sealedPhone}x`]) {
      expect(openSealedPhone(kit.variables, broken)).toBeUndefined()
    }
    const second = succeeded(
      await admin<RevealPhoneData>({ action: 'reveal', userId, reason: '用户来电核实' }),
    )
    expect(second.sealedPhone).not.toBe(sealedPhone)
    for (const fields of [
      { action: 'find', phone: number },
      { action: 'find', userId },
      { action: 'disable', userId, reason: '发布违法内容' },
      { action: 'enable', userId, reason: '申诉成立' },
      { action: 'stats' },
    ]) {
      const text = JSON.stringify(await admin(fields))
      expect(text).not.toContain(number)
      expect(text).not.toContain(openid)
    }
  })

  it('receives a number encrypted with the secret of the token, also while another secret is current', async () => {
    const { LOGIN_SECRETS: first = '', ...others } = kit.variables
    const next = makeSecrets().LOGIN_SECRETS.replace('k1:', 'k2:')
    const both = await CloudKit.start({ variables: { ...others, LOGIN_SECRETS: `${next},${first}` } })
    try {
      const person = await both.loginWithCode('oSomebody-else', '13900139000')
      const token = makeAdminToken(kit.variables, 'alice', both.cloud.clock.now())
      const reveal = { action: 'reveal', userId: person.userInfo.id, reason: '用户来电核实', token }
      const { sealedPhone } = succeeded(await both.call<RevealPhoneData>('admin', undefined, reveal))
      expect(openSealedPhone(kit.variables, sealedPhone)).toBe('+8613900139000')
    } finally {
      await both.stop()
    }
  })

  it('learns when there are more users of a number than the answer contains', async () => {
    const phone = '13600136000'
    const find = async () => succeeded(await admin<FindUserData>({ action: 'find', phone }))
    for (let count = 0; count < 20; count++) await kit.loginWithCode(`oShared-${count}`, phone)
    expect(await find()).toMatchObject({ hasMore: false, users: { length: 20 } })
    await kit.loginWithCode('oShared-20', phone)
    expect(await find()).toMatchObject({ hasMore: true, users: { length: 20 } })
  })

  it('disables an account: its next call and every login are refused until it is enabled', async () => {
    const disable = await admin<ChangeStatusData>({ action: 'disable', userId, reason: '发布违法内容' })
    expect(succeeded(disable).user).toMatchObject({ status: 'disabled', statusReason: '发布违法内容' })
    expect(verdict(await kit.checkToken(openid, { token: userToken }))).toBe('403 ACCOUNT_DISABLED')
    expect(verdict(await kit.login(openid, {}))).toBe('403 ACCOUNT_DISABLED')
    const phoneCode = await kit.phoneCode(openid)
    expect(verdict(await kit.login(openid, { phoneCode }))).toBe('403 ACCOUNT_DISABLED')
    succeeded(await admin({ action: 'enable', userId, reason: '申诉成立' }))
    expect(verdict(await kit.checkToken(openid, { token: userToken }))).toBe('403 SESSION_REVOKED')
    expect(verdict(await kit.login(openid, {}))).toBe('200')
    expect(rows('admin.disable').at(-1)).toMatchObject({ userId, reason: '发布违法内容', outcome: 'done' })
    expect(rows('admin.enable').at(-1)).toMatchObject({ userId, reason: '申诉成立', outcome: 'done' })
  })

  it('changes a status only from the status it expects', async () => {
    const documentOf = () => kit.users().find(({ _id }) => _id === userId)
    const before = documentOf()
    succeeded(await admin({ action: 'enable', userId, reason: '申诉成立' }))
    expect(documentOf()).toEqual(before)
    succeeded(await admin({ action: 'disable', userId, reason: '发布违法内容' }))
    succeeded(await admin({ action: 'disable', userId, reason: '又一个理由' }))
    expect(documentOf()).toMatchObject({ status: 'disabled', statusReason: '发布违法内容' })
  })

  it('changes and records nothing of an account that is being closed', async () => {
    const user = kit.users().find(({ _id }) => _id === userId)
    kit.cloud.database.putDocument('users', { ...user, status: 'closing' })
    for (const action of ['disable', 'enable']) {
      expect(verdict(await admin({ action, userId, reason: '用户来电核实' }))).toBe('404 NOT_FOUND')
      expect(rows(`admin.${action}`).filter((row) => row['userId'] === userId)).toEqual([])
    }
    kit.cloud.database.putDocument('users', { ...user })
  })

  it('leaves an audit entry with the outcome begun when the action then fails', async () => {
    const fault = { action: 'database.modifyDocument', target: 'users', answer: { kind: 'reset' } } as const
    kit.cloud.faults.add({ ...fault, times: 1 })
    const answer = await admin({ action: 'disable', userId, reason: '发布违法内容' })
    expect(verdict(answer)).toBe('503 DATABASE_UNAVAILABLE')
    expect(rows('admin.disable').at(-1)).toMatchObject({ userId, outcome: 'begun' })
  })

  it('sees figures', async () => {
    const stats = succeeded(await admin<StatsData>({ action: 'stats' }))
    expect(stats.users).toBe(kit.users().length)
    expect(stats.newUsers.day).toBe(stats.users)
    expect(stats.withoutPhone).toBe(0)
    expect(stats.numbersByKey).toBeUndefined()
    expect(rows('admin.stats').at(-1)).toMatchObject({ by: 'admin:alice', outcome: 'done' })
  })

  it('receives NOT_FOUND for an unknown id', async () => {
    const nobody = `u_${'x'.repeat(22)}`
    for (const action of ['reveal', 'disable', 'enable']) {
      const answer = await admin({ action, userId: nobody, reason: '用户来电核实' })
      expect(verdict(answer)).toBe('404 NOT_FOUND')
    }
  })
})

describe('nobody is an administrator', () => {
  const find = () => ({ action: 'find', userId })

  it('without an openid alone, or with a token of another kind', async () => {
    for (const token of [undefined, '', 'x', {}, userToken]) {
      expect(verdict(await admin(find(), token ?? null))).toBe('403 ADMIN_DENIED')
    }
  })

  it('ten minutes later', async () => {
    const token = adminToken()
    expect(verdict(await admin(find(), token))).toBe('200')
    await kit.control.post('clock', { advanceSeconds: 601 })
    expect(verdict(await admin(find(), token))).toBe('403 ADMIN_DENIED')
  })

  it('from a mini-program, even with a valid token', async () => {
    const answer = await kit.call('admin', openid, { ...find(), token: adminToken() })
    expect(verdict(answer)).toBe('403 ADMIN_DENIED')
  })

  it('by a token that is unsigned, signed with another key, of no known role, for longer, or from the future', async () => {
    const now = Math.floor(kit.cloud.clock.now() / 1000)
    const options = { issuer: 'wechat-phone-login', audience: 'admin', subject: 'mallory', keyid: 'k1' }
    const claims = { iat: now, exp: now + 600, may: ['look'] }
    const other = createSecretKey(Buffer.alloc(32, 7))
    const key = deriveKeys(readSecrets(kit.variables)).admin[0].key
    const sign = (life: number, may: unknown = ['look']) =>
      jwt.sign({ iat: now, exp: now + life, may }, key, { ...options, algorithm: 'HS256' })
    expect(verdict(await admin(find(), sign(600)))).toBe('200')
    const good = adminToken()
    const [header, payload] = good.split('.')
    const tampered = [
      sign(601),
      ...[[], ['boss'], ['look', 'boss'], 'look', null, ['look', 'act', 'reveal', 'look']].map((may) =>
        sign(600, may),
      ),
      jwt.sign({ iat: now, exp: now + 600 }, key, { ...options, algorithm: 'HS256' }),
      jwt.sign(claims, other, { ...options, algorithm: 'HS256' }),
      `${header}.${payload}.`,
      `${Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url')}.${payload}.`,
      good.slice(0, -2),
      makeAdminToken(kit.variables, 'mallory', kit.cloud.clock.now() + 3_600_000),
    ]
    for (const token of tampered) expect(verdict(await admin(find(), token))).toBe('403 ADMIN_DENIED')
  })

  it.each([
    ['JWT, and no JSON after it', 'eyJ0eXAiOiJKV1QifQ.ew.'],
    ['JWT, and nothing after it', 'eyJ0eXAiOiJKV1QifQ..'],
    ['null', 'bnVsbA.e30.'],
    ['a list', 'W10.W10.W10'],
  ])('by a text whose header says %s', async (_name, token) => {
    for (const action of ['find', 'reveal', 'disable', 'enable', 'stats']) {
      const answer = await admin({ action, userId, reason: '用户来电核实' }, token)
      expect(verdict(answer)).toBe('403 ADMIN_DENIED')
    }
  })
})
