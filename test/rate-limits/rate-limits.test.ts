import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Answer, Failure } from '../../contract/answer.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit, CONSENT, succeeded, verdict } from '../support/cloud-kit.ts'
import { newPad } from '../support/export-pad.ts'
import { TestUser } from '../support/test-user.ts'

const LOGIN_LIMIT = 5
const LIMIT = 3
const BURST = 24
const TIMEOUT_MILLISECONDS = 120_000
const consent = { version: CONSENT }

let kit: CloudKit
let openid: string
let people = 0
beforeAll(async () => {
  const limits = ['update', 'avatarUpload', 'logout', 'export'].map((kind) => `${kind}:${LIMIT}`)
  const variables = { ...makeSecrets(), LOGIN_LIMIT: String(LOGIN_LIMIT), RATE_LIMITS: limits.join(',') }
  kit = await CloudKit.start({ variables })
})
afterAll(() => kit.stop())
beforeEach(() => {
  people += 1
  openid = `oOften-${people}`
})
afterEach(() => kit.cloud.faults.clear())

/** How often WeChat has been asked so far. */
function askedOfWechat(): number {
  const trips = kit.cloud.callLog.list(1000).flatMap(({ roundTrips }) => roundTrips)
  return trips.filter(({ action }) => action === 'wx.openApi').length
}
const tryCode = (phoneCode = 'a-code') => kit.login(openid, { phoneCode, consent })
const advance = (seconds = 0) => kit.control.post('clock', { advanceSeconds: seconds })
const times = <Result>(count: number, make: () => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, make))
const limited = (answers: readonly Answer<unknown>[]) =>
  answers.filter((answer): answer is Failure => answer.code === 429)

describe('wrong phone codes', () => {
  it(
    `of somebody unknown, ${BURST} at once: WeChat is asked ${LOGIN_LIMIT} times, in any three minutes`,
    async () => {
      await times(8, () => kit.login('oSomebodyElse', {}))
      const before = askedOfWechat()
      const answers = await times(BURST, tryCode)
      const refused = limited(answers)
      expect(askedOfWechat() - before).toBe(LOGIN_LIMIT)
      expect(answers.map(verdict).filter((text) => text === '400 PHONE_CODE_INVALID')).toHaveLength(
        LOGIN_LIMIT,
      )
      expect(refused).toHaveLength(BURST - LOGIN_LIMIT)
      for (const { reason, retryAfterSeconds = 0, ticket } of refused) {
        expect([reason, ticket]).toEqual(['RATE_LIMITED', undefined])
        expect(retryAfterSeconds).toBeGreaterThan(0)
        expect(retryAfterSeconds).toBeLessThanOrEqual(180)
      }
      await kit.loginWithCode('oSomebodyElse')

      // Refused, it was not spent, and it outlives the wait.
      const phoneCode = await kit.phoneCode(openid)
      const [{ retryAfterSeconds = 0 }] = limited([await tryCode(phoneCode)]) as [Failure]
      await advance(retryAfterSeconds)
      expect(verdict(await tryCode(phoneCode))).toBe('200')
    },
    TIMEOUT_MILLISECONDS,
  )

  it('count for a change of number as for a login', async () => {
    const { token } = await kit.loginWithCode(openid)
    const account = new TestUser(kit, openid, token)
    const change = (phoneCode: string) => account.account('changePhone', { phoneCode })
    for (let count = 1; count < LOGIN_LIMIT; count++) {
      expect(verdict(await change('a-code'))).toBe('400 PHONE_CODE_INVALID')
    }
    const phoneCode = await kit.phoneCode(openid, '13900139000')
    const [{ retryAfterSeconds }] = limited([await change(phoneCode)]) as [Failure]
    expect(verdict(await tryCode(phoneCode))).toBe('429 RATE_LIMITED')
    expect(verdict(await kit.login(openid, {}))).toBe('200')
    await advance(retryAfterSeconds)
    expect(verdict(await change(phoneCode))).toBe('200')
  })
})

describe('a code is not spent', () => {
  const notSpent = async (reason: string, data: object = {}) => {
    const phoneCode = await kit.phoneCode(openid)
    const before = askedOfWechat()
    const answer = await kit.login(openid, { phoneCode, consent, ...data })
    expect(verdict(answer)).toContain(reason)
    expect(answer).not.toHaveProperty('ticket')
    expect(askedOfWechat()).toBe(before)
    return phoneCode
  }
  const documentOf = () => kit.users().find((user) => user['openid'] === openid)

  it('for a person whose account is disabled', async () => {
    await kit.loginWithCode(openid)
    kit.cloud.database.putDocument('users', { ...documentOf(), status: 'disabled' })
    const phoneCode = await notSpent('403 ACCOUNT_DISABLED')
    kit.cloud.database.putDocument('users', { ...documentOf(), status: 'active' })
    expect(verdict(await tryCode(phoneCode))).toBe('200')
  })

  it('for a person who has logged in too often', async () => {
    await kit.loginWithCode(openid)
    for (let count = 1; count < LOGIN_LIMIT; count++) succeeded(await kit.login(openid, {}))
    const phoneCode = await notSpent('429 RATE_LIMITED')
    await advance(150)
    expect(verdict(await kit.login(openid, {}))).toBe('429 RATE_LIMITED')
    await advance(30)
    expect(verdict(await tryCode(phoneCode))).toBe('200')
  })

  it.each(['users', 'rate_limits'])('while `%s` cannot be asked', async (target) => {
    kit.cloud.faults.add({ target, answer: { kind: 'reset' } })
    const phoneCode = await notSpent('503 DATABASE_UNAVAILABLE')
    kit.cloud.faults.clear()
    expect(verdict(await tryCode(phoneCode))).toBe('200')
  })

  it('while a count is a client’s own', async () => {
    const { userInfo } = await kit.loginWithCode(openid)
    const _id = `${userInfo.id}.code`
    kit.cloud.database.putDocument('rate_limits', { _id, at: [], updatedAt: new Date(), _openid: openid })
    await notSpent('500 MISCONFIGURED')
    const { logs } = await kit.lastCall()
    expect(logs.map(({ text }) => text).join()).toContain('rate_limits')
    kit.cloud.database.removeDocument('rate_limits', _id)
  })
})

describe.each([
  ['a nickname', 'account', { action: 'update', nickname: '小明' }],
  ['a place for a picture', 'account', { action: 'avatarUpload', type: 'png' }],
  ['an export', 'account', { action: 'export', pad: newPad() }],
  ['an end of other sessions', 'logout', { scope: 'others' }],
  ['an end of one session', 'logout', { sessionId: 'none' }],
] as const)('%s', (_name, functionName, data) => {
  it(
    `is done ${LIMIT} times an hour for one person, also of ${BURST} at once`,
    async () => {
      const { token } = await kit.loginWithCode(openid)
      const ask = () => kit.call(functionName, openid, { token, ...data })
      const rows = kit.documents('audit_logs').length
      const before = askedOfWechat()
      const answers = await times(BURST, ask)
      const done = answers.filter(({ code }) => code === 200).length
      // A machine that is busy otherwise may lose an answer: that one may have counted.
      const lost = answers.filter(({ code }) => code === 503).length
      expect(done).toBeLessThanOrEqual(LIMIT)
      expect(done + lost).toBeGreaterThanOrEqual(LIMIT)
      expect(done + lost + limited(answers).length).toBe(BURST)
      expect(limited(answers).length).toBeGreaterThan(0)
      expect(kit.documents('audit_logs').length).toBeLessThanOrEqual(rows + LIMIT)
      expect(askedOfWechat() - before).toBeLessThanOrEqual(LIMIT)
      const waits = limited(answers).map(({ retryAfterSeconds = 0 }) => retryAfterSeconds)
      // An hour from the burst, which has just begun.
      expect(Math.min(...waits)).toBeGreaterThan(3600 - 300)
      expect(Math.max(...waits)).toBeLessThanOrEqual(3600)
      const [first] = limited(answers)
      expect(first?.message).toBe('操作太频繁了，请稍后再试')
      await advance(Math.min(...waits) - 60)
      expect(verdict(await ask())).toBe('429 RATE_LIMITED')
      await advance(Math.max(...waits))
      expect(verdict(await ask())).toBe('200')
    },
    TIMEOUT_MILLISECONDS,
  )
})

it('ending all sessions is counted with ending others, and ending this one is always done', async () => {
  const { token } = await kit.loginWithCode(openid)
  for (let count = 0; count < LIMIT; count++) {
    succeeded(await kit.call('logout', openid, { token, scope: 'others' }))
  }
  expect(verdict(await kit.call('logout', openid, { token, scope: 'all' }))).toBe('429 RATE_LIMITED')
  expect(verdict(await kit.call('logout', openid, { token }))).toBe('200')
})

it('the counts go with the account, and otherwise after their time', async () => {
  const { token, userInfo } = await kit.loginWithCode(openid)
  const countsOfUser = () =>
    kit.documents('rate_limits').filter(({ _id }) => String(_id).startsWith(userInfo.id)).length
  succeeded(await kit.call('account', openid, { token, action: 'update', nickname: '小明' }))
  expect(countsOfUser()).toBe(2)
  succeeded(await kit.call('account', openid, { token, action: 'close', confirmed: true }))
  expect(countsOfUser()).toBe(0)
  expect(JSON.stringify(kit.documents('rate_limits'))).not.toContain(userInfo.id)

  await kit.loginWithCode(openid)
  expect(countsOfUser()).toBe(1)
  await kit.control.post('timer', { function: 'cleanup' })
  expect(countsOfUser()).toBe(1)
  await advance(3601)
  await kit.control.post('timer', { function: 'cleanup' })
  expect(kit.documents('rate_limits')).toEqual([])
})
