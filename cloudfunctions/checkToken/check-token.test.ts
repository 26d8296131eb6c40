import { createHmac } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { type CloudKit, succeeded, verdict } from '../../test/support/cloud-kit.ts'
import { useCloud } from '../../test/support/use-cloud.ts'

const DAY_SECONDS = 24 * 60 * 60

let kit: CloudKit
let openid: string
const cloud = useCloud()
beforeEach(() => {
  ;({ kit, openid } = cloud.newUser())
})

const documentOf = (person: string) => kit.users().find((user) => user['openid'] === person)
const change = (person: string, fields: object) =>
  kit.cloud.database.putDocument('users', { ...documentOf(person), ...fields })
const sessionsOf = (person: string) => documentOf(person)?.['sessions'] as { id: string; expiresAt: Date }[]

/** When a token says it ends, in milliseconds since 1970. */
function endOf(token = ''): number {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')).exp * 1000
}

describe('a good token', () => {
  it('is answered with fresh user info and its remaining life, in one round trip', async () => {
    const { token } = await kit.loginWithCode(openid, '13800138000')
    await kit.control.post('clock', { advanceSeconds: 3 * DAY_SECONDS })
    change(openid, { nickname: '小明' })
    const data = succeeded(await kit.checkToken(openid, { token }))
    expect(await kit.sequentialRoundTrips(() => kit.checkToken(openid, { token }))).toBe(1)
    expect(data).toEqual({
      userInfo: expect.objectContaining({ nickname: '小明', phone: '138****8000' }),
      expiresInSeconds: expect.any(Number),
    })
    // In whole seconds, and never more than there are.
    expect(data.expiresInSeconds % 1).toBe(0)
    expect(data.expiresInSeconds).toBeLessThanOrEqual(27 * DAY_SECONDS)
    expect(data.expiresInSeconds).toBeGreaterThan(27 * DAY_SECONDS - 60)
  })

  it('is renewed once less than half of its life is left, in two round trips', async () => {
    const { token } = await kit.loginWithCode(openid)
    const before = endOf(token)
    await kit.control.post('clock', { advanceSeconds: 14 * DAY_SECONDS })
    expect(succeeded(await kit.checkToken(openid, { token })).token).toBeUndefined()
    await kit.control.post('clock', { advanceSeconds: 2 * DAY_SECONDS })
    const renewed = succeeded(await kit.checkToken(openid, { token }))
    expect(endOf(renewed.token) - before).toBeGreaterThanOrEqual(16 * DAY_SECONDS * 1000)
    expect(renewed.expiresInSeconds).toBeGreaterThan(30 * DAY_SECONDS - 60)
    expect(renewed.expiresInSeconds).toBeLessThanOrEqual(30 * DAY_SECONDS)
    expect(sessionsOf(openid)).toHaveLength(1)
    expect(sessionsOf(openid)[0]?.expiresAt.getTime()).toBe(endOf(renewed.token))
    expect(await kit.sequentialRoundTrips(() => kit.checkToken(openid, { token }))).toBe(2)

    await kit.control.post('clock', { advanceSeconds: 15 * DAY_SECONDS })
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('403 TOKEN_EXPIRED')
    expect(verdict(await kit.checkToken(openid, { token: renewed.token }))).toBe('200')
  })

  it('renews its own session and no other', async () => {
    const tokens = [
      await kit.loginWithCode(openid),
      await kit.loginWithCode(openid),
      await kit.loginWithCode(openid),
    ]
    const before = sessionsOf(openid).map((session) => session.expiresAt.getTime())
    await kit.control.post('clock', { advanceSeconds: 20 * DAY_SECONDS })
    const renewed = succeeded(await kit.checkToken(openid, { token: tokens[1]?.token }))
    const after = sessionsOf(openid).map((session) => session.expiresAt.getTime())
    expect(after).toEqual([before[0], endOf(renewed.token), before[2]])
  })
})

describe('a token is refused', () => {
  it.each([{}, { token: '' }])('when it is missing: %j', async (data) => {
    expect(verdict(await kit.checkToken(openid, data))).toBe('401 TOKEN_MISSING')
  })

  it.each([[null], [7], [{ $ne: '' }], [['a']], ['x'.repeat(3000)]])(
    'when it is not a text: %j',
    async (token) => {
      const answer = await kit.checkToken(openid, { token })
      expect(verdict(answer)).toBe('400 BAD_REQUEST')
      expect(answer.message).toBe('请求参数有误：token')
    },
  )

  it('when another WeChat account sends it', async () => {
    const { token } = await kit.loginWithCode(openid)
    await kit.loginWithCode(`${openid}-thief`)
    expect(verdict(await kit.checkToken(`${openid}-thief`, { token }))).toBe('403 TOKEN_FOREIGN')
    expect((await kit.lastCall()).roundTrips).toEqual([])
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('200')
  })

  it('on the next call after its session was ended', async () => {
    const { token } = await kit.loginWithCode(openid)
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('200')
    change(openid, { sessions: [] })
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('403 SESSION_REVOKED')
  })

  it('on the next call after the account was disabled', async () => {
    const { token } = await kit.loginWithCode(openid)
    change(openid, { status: 'disabled' })
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('403 ACCOUNT_DISABLED')
  })

  it('on the next call after the account was removed, and after the person registered again', async () => {
    const { token, userInfo } = await kit.loginWithCode(openid)
    kit.cloud.database.removeDocument('users', userInfo.id)
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('403 ACCOUNT_CLOSED')
    await kit.control.post('clock', { advanceSeconds: 2 })
    await kit.loginWithCode(openid)
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('403 ACCOUNT_CLOSED')
  })

  it('when it is changed, unsigned, signed with another algorithm, or garbled', async () => {
    const { token } = await kit.loginWithCode(openid)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
    const forged = createHmac('sha256', 'secret').update(`${header}.${payload}`).digest('base64url')
    const verdicts = await Promise.all(
      [`${none}.${payload}.`, `${header}.${payload}.${forged}`, `${header}.${signature}.${payload}`, 'x'].map(
        async (tampered) => verdict(await kit.checkToken(openid, { token: tampered })),
      ),
    )
    expect(verdicts).toEqual([
      '403 TOKEN_ALGORITHM',
      '403 TOKEN_SIGNATURE',
      '403 TOKEN_SIGNATURE',
      '403 TOKEN_MALFORMED',
    ])
  })

  it('when it is sent from the console, without a caller', async () => {
    const { token } = await kit.loginWithCode(openid)
    expect(verdict(await kit.checkToken(undefined, { token }))).toBe('401 CALLER_UNKNOWN')
  })
})

describe('what happens around a renewal', () => {
  it('a session that has moved up in the list meanwhile is renewed at its new index', async () => {
    await kit.loginWithCode(openid)
    const { token } = await kit.loginWithCode(openid)
    await kit.control.post('clock', { advanceSeconds: 20 * DAY_SECONDS })
    // On a slow network, the first session is ended while the renewal is on its way.
    await kit.control.post('latency', { milliseconds: 500 })
    const checking = kit.checkToken(openid, { token })
    await expect.poll(async () => (await kit.lastCall()).roundTrips.length, { timeout: 5000 }).toBe(2)
    change(openid, { sessions: sessionsOf(openid).slice(1) })
    const renewed = succeeded(await checking)
    await kit.control.post('latency', { milliseconds: 0 })
    expect(sessionsOf(openid).map((session) => session.expiresAt.getTime())).toEqual([endOf(renewed.token)])
  })
})
