import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Failure } from '../../contract/answer.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit, CONSENT, succeeded, verdict } from '../../test/support/cloud-kit.ts'
import { useCloud } from '../../test/support/use-cloud.ts'
import { decrypt } from '../shared/crypto/encryption.ts'
import { deriveKeys } from '../shared/crypto/keys.ts'
import { readSecrets } from '../shared/crypto/secrets.ts'
import { makeTicket } from '../shared/phone/ticket.ts'

let kit: CloudKit
let openid: string
const cloud = useCloud()
beforeEach(() => {
  ;({ kit, openid } = cloud.newUser())
})

const documentOf = (person: string) => kit.users().find((user) => user['openid'] === person)
const consent = { version: CONSENT }

describe('the first login with a phone code', () => {
  it('creates a user, starts a session and answers with a token and a masked number', async () => {
    const phoneCode = await kit.phoneCode(openid, '13800138000')
    const device = { model: 'iPhone 15', platform: 'ios' }
    const data = succeeded(await kit.login(openid, { phoneCode, consent, device }))
    expect(data.isNewUser).toBe(true)
    expect(data.userInfo).toEqual({
      id: data.userInfo.id,
      phone: '138****8000',
      phoneVerifiedAt: Number(documentOf(openid)?.['phoneVerifiedAt']),
      nickname: '旅行者',
      avatar: '',
    })
    expect(data.userInfo.id).toMatch(/^u_[\w-]{22}$/)
    expect(verdict(await kit.checkToken(openid, { token: data.token }))).toBe('200')
  })

  it('starts a session with an id of 128 random bits', async () => {
    await kit.loginWithCode(openid)
    expect(documentOf(openid)?.['sessions']).toMatchObject([{ id: expect.stringMatching(/^[\w-]{22}$/) }])
  })

  it('stores a document that an administrator can read, without the number', async () => {
    await kit.loginWithCode(openid, '13912345678')
    const document = documentOf(openid)
    expect(document).toMatchObject({
      _id: expect.stringMatching(/^u_/),
      phoneMasked: '139****5678',
      countryCode: '86',
      status: 'active',
      nickname: '旅行者',
      loginCount: 1,
      consent: { version: CONSENT, at: expect.any(Date) },
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
      lastLoginAt: expect.any(Date),
      sessions: [{ device: { model: '未知设备', platform: '' }, expiresAt: expect.any(Date) }],
    })
    expect(JSON.stringify(document)).not.toContain('13912345678')
    expect(Object.keys(document ?? {})).not.toContain('_openid')
  })

  it('keeps a foreign number with its country', async () => {
    const data = await kit.loginWithCode(openid, '+85291234567')
    expect(data.userInfo.phone).toBe('+852 91****67')
    expect(documentOf(openid)).toMatchObject({ countryCode: '852' })
  })

  it('costs three sequential round trips: count and read at once, then the exchange, then one write', async () => {
    expect(await kit.sequentialRoundTrips(() => kit.loginWithCode(openid))).toBe(3)
    expect(await kit.lastCall()).toMatchObject({
      roundTrips: [
        { action: 'database.getDocument', target: 'users' },
        { action: 'database.insertDocument', target: 'rate_limits' },
        { action: 'database.modifyDocument', target: 'rate_limits' },
        { action: 'wx.openApi', target: 'phonenumber.getPhoneNumber' },
        { action: 'database.insertDocument', target: 'users' },
        { action: 'database.insertDocument', target: 'audit_logs' },
        { action: 'database.modifyDocument', target: 'daily_counts' },
        { action: 'database.getDocument', target: 'users' },
      ],
    })
  })

  it('needs consent, and does not spend the code without it', async () => {
    const phoneCode = await kit.phoneCode(openid)
    expect(verdict(await kit.login(openid, { phoneCode }))).toBe('400 CONSENT_REQUIRED')
    const old = { phoneCode, consent: { version: '2020-01-01' } }
    expect(verdict(await kit.login(openid, old))).toBe('400 CONSENT_REQUIRED')
    expect(documentOf(openid)).toBeUndefined()
    expect(verdict(await kit.login(openid, { phoneCode, consent }))).toBe('200')
  })
})

describe('a later login with a phone code', () => {
  it('adds a session, stores a new number and leaves the rest', async () => {
    const first = await kit.loginWithCode(openid, '13800138000')
    const second = await kit.loginWithCode(openid, '13700137000')
    expect(second).toMatchObject({
      isNewUser: false,
      userInfo: { id: first.userInfo.id, phone: '137****7000' },
    })
    expect(documentOf(openid)).toMatchObject({ loginCount: 2, phoneMasked: '137****7000' })
    expect(documentOf(openid)?.['sessions']).toHaveLength(2)
    expect(verdict(await kit.checkToken(openid, { token: first.token }))).toBe('200')
  })

  it('needs no consent again while the version stands, and costs three round trips without it', async () => {
    await kit.loginWithCode(openid)
    const phoneCode = await kit.phoneCode(openid)
    const call = async () => expect(verdict(await kit.login(openid, { phoneCode }))).toBe('200')
    expect(await kit.sequentialRoundTrips(call)).toBe(3)
  })

  it('costs three sequential round trips with consent, too', async () => {
    await kit.loginWithCode(openid)
    expect(await kit.sequentialRoundTrips(() => kit.loginWithCode(openid))).toBe(3)
  })

  it('ends the oldest session when it is the eleventh', async () => {
    const tokens: string[] = []
    for (let device = 0; device < 11; device++) tokens.push((await kit.loginWithCode(openid)).token)
    expect(documentOf(openid)?.['sessions']).toHaveLength(10)
    const verdicts = await Promise.all(
      tokens.map(async (token) => verdict(await kit.checkToken(openid, { token }))),
    )
    expect(verdicts).toEqual(['403 SESSION_REVOKED', ...Array(10).fill('200')])
  })
})

describe('a phone code', () => {
  const refused = async (phoneCode: string, person = openid) => {
    const before = JSON.stringify(kit.users())
    const answer = verdict(await kit.login(person, { phoneCode, consent }))
    expect(JSON.stringify(kit.users())).toBe(before)
    return answer
  }

  it('that was used is refused', async () => {
    const phoneCode = await kit.phoneCode(openid)
    await kit.login(openid, { phoneCode, consent })
    expect(await refused(phoneCode)).toBe('400 PHONE_CODE_INVALID')
  })

  it('that is older than five minutes is refused', async () => {
    const phoneCode = await kit.phoneCode(openid)
    await kit.control.post('clock', { advanceSeconds: 301 })
    expect(await refused(phoneCode)).toBe('400 PHONE_CODE_INVALID')
  })

  it('of another user is refused, and stays valid for its owner', async () => {
    const phoneCode = await kit.phoneCode(`${openid}-friend`)
    expect(await refused(phoneCode)).toBe('400 PHONE_CODE_INVALID')
    expect(verdict(await kit.login(`${openid}-friend`, { phoneCode, consent }))).toBe('200')
  })

  it('of another kind (a wx.login code) is refused', async () => {
    expect(await refused('0a1bBc000PkXbT1Hmd100aBcDe0bBc0x')).toBe('400 PHONE_CODE_INVALID')
  })

  it('of another mini-program is answered MISCONFIGURED', async () => {
    const { code } = await kit.control.post('phone-code', { openid, appid: 'wxother' })
    expect(await refused(code)).toBe('500 MISCONFIGURED')
    expect((await kit.lastCall()).logs.map((line) => line.text).join()).toContain('appid')
  })
})

describe('a silent login', () => {
  it('logs a known user in with one sequential round trip and no paid call', async () => {
    const first = await kit.loginWithCode(openid, '13800138000')
    const silent = succeeded(await kit.login(openid, {}))
    expect(silent).toMatchObject({ isNewUser: false, userInfo: first.userInfo })
    expect(silent.token).not.toBe(first.token)
    expect(await kit.sequentialRoundTrips(() => kit.login(openid, {}))).toBe(1)
    const call = await kit.lastCall()
    expect(call.roundTrips.map((trip) => trip.action)).not.toContain('wx.openApi')
    expect(documentOf(openid)).toMatchObject({ loginCount: 3 })
  })

  it('of an unknown user asks for the phone number and writes nothing', async () => {
    expect(verdict(await kit.login(openid, {}))).toBe('404 PHONE_REQUIRED')
    expect(documentOf(openid)).toBeUndefined()
  })

  it('of a user without a number on file asks for it', async () => {
    await kit.loginWithCode(openid)
    const document = documentOf(openid)
    kit.cloud.database.putDocument('users', { ...document, phoneHash: '', phoneMasked: '', phoneCipher: '' })
    expect(verdict(await kit.login(openid, {}))).toBe('404 PHONE_REQUIRED')
    expect(documentOf(openid)?.['sessions']).toHaveLength(1)
  })

  it('after a new version of the agreement asks for consent once', async () => {
    await kit.loginWithCode(openid)
    const outdated = { version: '2020-01-01', at: new Date(0) }
    kit.cloud.database.putDocument('users', { ...documentOf(openid), consent: outdated })
    expect(verdict(await kit.login(openid, {}))).toBe('400 CONSENT_REQUIRED')
    expect(verdict(await kit.login(openid, { consent }))).toBe('200')
    expect(documentOf(openid)).toMatchObject({ consent })
    expect(verdict(await kit.login(openid, {}))).toBe('200')
  })

  it('after 30 days without use still works', async () => {
    const { token } = await kit.loginWithCode(openid)
    await kit.control.post('clock', { advanceSeconds: 31 * 24 * 60 * 60 })
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('403 TOKEN_EXPIRED')
    expect(verdict(await kit.login(openid, {}))).toBe('200')
  })
})

describe('who may not log in', () => {
  it('a disabled user, with a code or without', async () => {
    await kit.loginWithCode(openid)
    kit.cloud.database.putDocument('users', { ...documentOf(openid), status: 'disabled' })
    const before = documentOf(openid)
    expect(verdict(await kit.login(openid, {}))).toBe('403 ACCOUNT_DISABLED')
    const phoneCode = await kit.phoneCode(openid)
    expect(verdict(await kit.login(openid, { phoneCode }))).toBe('403 ACCOUNT_DISABLED')
    expect(verdict(await kit.login(openid, { phoneCode, consent }))).toBe('403 ACCOUNT_DISABLED')
    const number = { countryCode: '86', purePhoneNumber: '13900139000', verifiedAt: kit.cloud.clock.now() }
    const ring = deriveKeys(readSecrets(kit.variables)).ticket
    const ticket = makeTicket(ring, String(before?.['_id']), number)
    const refused = await kit.login(openid, { ticket, consent })
    expect(verdict(refused)).toBe('403 ACCOUNT_DISABLED')
    expect(refused).not.toHaveProperty('ticket')
    expect(documentOf(openid)).toEqual(before)
  })

  it('nobody: the console, or another function', async () => {
    const phoneCode = await kit.phoneCode(openid)
    const answer = await kit.login(undefined, { phoneCode, consent, openid })
    expect(verdict(answer)).toBe('401 CALLER_UNKNOWN')
    expect(answer.message).toBe('请在微信小程序中使用')
    const { functions, appid } = kit.cloud
    for (const caller of [
      { source: 'wx_trigger', appid },
      { source: 'wx_client', appid, openid: '' },
    ]) {
      const end = await functions.invoke('login', {}, caller)
      if (end.failure) throw end.failure
      expect(verdict(JSON.parse(end.json))).toBe('401 CALLER_UNKNOWN')
    }
  })

  it('a caller with an openid of digits, which the SDK turns into a number that may be another user’s', async () => {
    const phoneCode = await kit.phoneCode('12345678901234567890')
    const answer = await kit.login('12345678901234567890', { phoneCode, consent })
    expect(verdict(answer)).toBe('401 CALLER_UNKNOWN')
  })

  it('a person whose document a client wrote', async () => {
    await kit.loginWithCode(openid)
    kit.cloud.database.putDocument('users', { ...documentOf(openid), _openid: openid })
    const before = documentOf(openid)
    expect(verdict(await kit.login(openid, {}))).toBe('500 MISCONFIGURED')
    expect(documentOf(openid)).toEqual(before)
    expect((await kit.lastCall()).logs.map((line) => line.text).join()).toContain('仅管理员可读写')
  })
})

describe('bad input', () => {
  const values: [string, unknown][] = [
    ['null', null],
    ['a number', 7],
    ['a boolean', true],
    ['an empty text', ''],
    ['a huge text', 'x'.repeat(5000)],
    ['an object', { $gt: '' }],
    ['a list', ['a']],
    ['half a character', 'a\ud800'],
  ]
  it.each(values)('%s for a phone code is named and refused', async (_name, phoneCode) => {
    const answer = await kit.login(openid, { phoneCode, consent })
    expect(verdict(answer)).toBe('400 BAD_REQUEST')
    expect(answer.message).toBe('请求参数有误：phoneCode')
    expect((await kit.lastCall()).roundTrips).toEqual([])
  })

  it.each([
    ['consent', { consent: 'yes' }, 'consent'],
    ['consent.version', { consent: { version: { $ne: null } } }, 'consent.version'],
    ['a missing version', { consent: {} }, 'consent.version'],
    ['device', { device: 'iPhone' }, 'device'],
    ['device.model', { device: { model: 1, platform: 'ios' } }, 'device.model'],
    ['device.platform', { device: { model: 'x', platform: 'x'.repeat(99) } }, 'device.platform'],
  ])('%s is named and refused', async (_name, data, field) => {
    const answer = await kit.login(openid, data)
    expect(verdict(answer)).toBe('400 BAD_REQUEST')
    expect(answer.message).toBe(`请求参数有误：${field}`)
  })

  it.each([[null], ['text'], [[]], [42]])(
    '%j as the whole event is refused or treated as empty',
    async (data) => {
      expect(verdict(await kit.login(openid, data))).toMatch(/^(400 BAD_REQUEST|404 PHONE_REQUIRED)$/)
    },
  )

  it('fields outside the schema are ignored', async () => {
    const phoneCode = await kit.phoneCode(openid)
    const data = { phoneCode, consent, openid: 'oOther', userInfo: { openId: 'oOther' }, status: 'admin' }
    expect(verdict(await kit.login(openid, data))).toBe('200')
    expect(documentOf('oOther')).toBeUndefined()
    expect(documentOf(openid)).toMatchObject({ status: 'active' })
  })
})

describe('an account without a number', () => {
  it('is refused unless the functions allow it', async () => {
    expect(verdict(await kit.login(openid, { withoutPhone: true, consent }))).toBe('404 PHONE_REQUIRED')
    expect(documentOf(openid)).toBeUndefined()
  })

  it('is created with consent where PHONE_REQUIRED=false, and accepts a number later', async () => {
    const open = await CloudKit.start({ variables: { ...makeSecrets(), PHONE_REQUIRED: 'false' } })
    try {
      expect(verdict(await open.login(openid, { withoutPhone: true }))).toBe('400 CONSENT_REQUIRED')
      const first = succeeded(await open.login(openid, { withoutPhone: true, consent }))
      expect(first).toMatchObject({ isNewUser: true, userInfo: { phone: '' } })
      expect(succeeded(await open.login(openid, { withoutPhone: true }))).toMatchObject({ isNewUser: false })
      expect(succeeded(await open.login(openid, {}))).toMatchObject({ isNewUser: false })
      const withNumber = await open.loginWithCode(openid, '13800138000')
      expect(withNumber).toMatchObject({
        isNewUser: false,
        userInfo: { id: first.userInfo.id, phone: '138****8000' },
      })
    } finally {
      await open.stop()
    }
  })

  it.each([[false], ['yes'], [1]])('withoutPhone: %j is rejected', async (withoutPhone) => {
    expect(verdict(await kit.login(openid, { withoutPhone, consent }))).toBe('400 BAD_REQUEST')
  })
})

describe('a number that was paid for', () => {
  const failing = (action: string, kind: 'reset' | 'reset-after') =>
    kit.cloud.faults.add({ action, target: 'users', answer: { kind }, times: 1 })
  afterEach(() => kit.cloud.faults.clear())

  it.each([
    ['creating', 'database.insertDocument', 'reset'],
    ['creating, whose answer is lost,', 'database.insertDocument', 'reset-after'],
  ] as const)('comes by ticket when %s the user fails', async (_name, action, kind) => {
    const phoneCode = await kit.phoneCode(openid, '13800138000')
    failing(action, kind)
    const refused = await kit.login(openid, { phoneCode, consent })
    expect(verdict(refused)).toBe('503 DATABASE_UNAVAILABLE')
    const { ticket } = refused as Failure
    expect(ticket).not.toContain('13800138000')
    const data = succeeded(await kit.login(openid, { ticket, consent }))
    expect(data.userInfo.phone).toBe('138****8000')
    expect(kit.users().filter((user) => user['openid'] === openid)).toHaveLength(1)
  })

  it('is not paid for when reading the user fails: the code is still valid', async () => {
    const phoneCode = await kit.phoneCode(openid, '13800138000')
    failing('database.getDocument', 'reset')
    const refused = await kit.login(openid, { phoneCode, consent })
    expect(verdict(refused)).toBe('503 DATABASE_UNAVAILABLE')
    expect(refused).not.toHaveProperty('ticket')
    expect(succeeded(await kit.login(openid, { phoneCode, consent })).userInfo.phone).toBe('138****8000')
  })

  it.each(['reset', 'reset-after'] as const)(
    'comes by ticket, once, when writing to an existing user fails (%s)',
    async (kind) => {
      await kit.loginWithCode(openid, '13800138000')
      const phoneCode = await kit.phoneCode(openid, '13900139000')
      failing('database.modifyDocument', kind)
      const { ticket } = (await kit.login(openid, { phoneCode, consent })) as Failure
      expect(succeeded(await kit.login(openid, { ticket, consent })).userInfo.phone).toBe('139****9000')
      const used = await kit.login(openid, { ticket, consent })
      expect(verdict(used)).toBe('400 PHONE_CODE_INVALID')
      expect(used).not.toHaveProperty('ticket')
    },
  )

  it('is accepted only in a ticket encrypted with the ticket key', async () => {
    const phoneCode = await kit.phoneCode(openid, '13800138000')
    failing('database.insertDocument', 'reset')
    const { ticket = '' } = (await kit.login(openid, { phoneCode, consent })) as Failure
    const keys = deriveKeys(readSecrets(kit.variables))
    const { userInfo } = succeeded(await kit.login(openid, { ticket, consent }))
    const opening = [keys.ticket, keys.token, keys.phone, keys.admin, keys.reveal].map(
      (ring) => decrypt(ring, userInfo.id, ticket) !== undefined,
    )
    expect(opening).toEqual([true, false, false, false, false])
  })

  it('by ticket is accepted only from the past, except for clock skew', async () => {
    const { userInfo } = await kit.loginWithCode(openid, '13800138000')
    const ring = deriveKeys(readSecrets(kit.variables)).ticket
    const number = { countryCode: '86', purePhoneNumber: '13900139000' }
    const ahead = (milliseconds: number) =>
      makeTicket(ring, userInfo.id, { ...number, verifiedAt: kit.cloud.clock.now() + milliseconds })
    expect(verdict(await kit.login(openid, { ticket: ahead(60_000) }))).toBe('400 PHONE_CODE_INVALID')
    expect(verdict(await kit.login(openid, { ticket: ahead(1500) }))).toBe('200')
  })

  it('by a ticket that is older than the stored number does not replace it', async () => {
    await kit.loginWithCode(openid, '13800138000')
    const phoneCode = await kit.phoneCode(openid, '13900139000')
    failing('database.modifyDocument', 'reset')
    const { ticket } = (await kit.login(openid, { phoneCode, consent })) as Failure
    await kit.control.post('clock', { advanceSeconds: 1 })
    await kit.loginWithCode(openid, '13700137000')
    expect(verdict(await kit.login(openid, { ticket, consent }))).toBe('400 PHONE_CODE_INVALID')
    expect(documentOf(openid)).toMatchObject({ phoneMasked: '137****7000' })
  })

  it('is valid by ticket for five minutes, for this user, and only unchanged', async () => {
    const phoneCode = await kit.phoneCode(openid)
    failing('database.insertDocument', 'reset')
    const { ticket = '' } = (await kit.login(openid, { phoneCode, consent })) as Failure
    expect(verdict(await kit.login('oThief', { ticket, consent }))).toBe('400 PHONE_CODE_INVALID')
    for (const tampered of [ticket.slice(0, -2), `${ticket}x`, 'k1.AAAA', '.', 'x']) {
      expect(verdict(await kit.login(openid, { ticket: tampered, consent }))).toBe('400 PHONE_CODE_INVALID')
    }
    await kit.control.post('clock', { advanceSeconds: 301 })
    expect(verdict(await kit.login(openid, { ticket, consent }))).toBe('400 PHONE_CODE_INVALID')
    expect(documentOf(openid)).toBeUndefined()
  })
})

describe('too many logins', () => {
  it('of one person in three minutes are refused, until they are below the limit again', async () => {
    const codes = await Promise.all(Array.from({ length: 31 }, () => kit.phoneCode(openid)))
    for (const phoneCode of codes.slice(0, 30)) succeeded(await kit.login(openid, { phoneCode, consent }))
    expect(await kit.sequentialRoundTrips(() => kit.login('oSomebodyElse', {}))).toBeLessThanOrEqual(2)
    const silent = await kit.login(openid, {})
    expect(silent).toMatchObject({ code: 429, reason: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) })
    const paid = (await kit.login(openid, { phoneCode: codes[30], consent })) as Failure
    expect(paid).toMatchObject({ code: 429, reason: 'RATE_LIMITED' })
    expect(paid).not.toHaveProperty('ticket')
    expect(paid.retryAfterSeconds).toBeGreaterThan(0)
    expect(paid.retryAfterSeconds).toBeLessThanOrEqual(180)
    expect(documentOf(openid)).toMatchObject({ loginCount: 30 })
    await kit.control.post('clock', { advanceSeconds: paid.retryAfterSeconds })
    expect(verdict(await kit.login(openid, { phoneCode: codes[30], consent }))).toBe('200')
  })
})

describe('the records of logins', () => {
  it('contain user, action, time and source, without a number or an openid, and cost no round trip', async () => {
    const device = { model: 'iPhone 15', platform: 'ios' }
    const phoneCode = await kit.phoneCode(openid, '13800138000')
    const call = async () => {
      succeeded(await kit.login(openid, { phoneCode, consent, device }))
    }
    expect(await kit.sequentialRoundTrips(call)).toBe(3)
    expect(await kit.sequentialRoundTrips(async () => void succeeded(await kit.login(openid, {})))).toBe(1)
    expect(await kit.acts(openid)).toEqual(['login', 'consent', 'login'])
    const userId = documentOf(openid)?.['_id']
    const rows = kit.documents('audit_logs').filter((row) => row['userId'] === userId)
    expect(rows).toContainEqual({
      _id: expect.any(String),
      act: 'login',
      at: expect.any(Date),
      userId,
      by: 'user',
      from: { source: 'wx_client', ip: '127.0.0.1' },
      device,
      requestId: expect.any(String),
      outcome: 'done',
      detail: 'code',
      newUser: true,
    })
    expect(JSON.stringify(rows)).not.toMatch(/13800138000|oPerson/)
    await kit.loginWithCode(openid, '13900139000')
    expect((await kit.acts(openid)).slice(3)).toEqual(['login', 'consent', 'phone.change'])
  })

  it('do not contain refused logins', async () => {
    expect(verdict(await kit.login(openid, {}))).toBe('404 PHONE_REQUIRED')
    await kit.loginWithCode(openid)
    kit.cloud.database.putDocument('users', { ...documentOf(openid), status: 'disabled' })
    expect(verdict(await kit.login(openid, {}))).toBe('403 ACCOUNT_DISABLED')
    expect(await kit.acts(openid)).toEqual(['login', 'consent'])
  })

  it('that cannot be written do not stop a login, and are logged', async () => {
    kit.cloud.faults.add({ target: 'audit_logs', answer: { kind: 'reset' } })
    await kit.loginWithCode(openid)
    const { logs } = await kit.lastCall()
    expect(logs.map(({ text }) => text).join()).toContain('audit_logs')
    kit.cloud.faults.clear()
  })
})
