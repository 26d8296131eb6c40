import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../emulator/cloud/faults.ts'
import { COLLECTIONS } from '../scripts/ensure-collections.ts'
import { makeSecrets } from '../scripts/make-secrets.ts'
import { CloudKit, CONSENT, verdict } from './cloud-kit.ts'

let kit: CloudKit
let openid: string
let people = 0
const consent = { version: CONSENT }

beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())
beforeEach(() => {
  people += 1
  openid = `oPerson-${people}`
})
afterEach(() => kit.cloud.faults.clear())

const logOf = async () => (await kit.lastCall()).logs.map((line) => line.text).join('\n')
const openapiFault = (errcode: number): Fault => ({
  action: 'wx.openApi',
  answer: { kind: 'openapi', errcode, errmsg: 'refused' },
})
const databaseFault = (code: string, message = 'refused'): Fault => ({
  target: 'users',
  answer: { kind: 'error', code, message },
})

describe('what WeChat answers to a phone code becomes a reason:', () => {
  it.each<[number, string, number | undefined]>([
    [40029, '400 PHONE_CODE_INVALID', undefined],
    [40163, '400 PHONE_CODE_INVALID', undefined],
    [40003, '400 PHONE_CODE_INVALID', undefined],
    [-1, '503 WECHAT_BUSY', 2],
    [45011, '503 WECHAT_BUSY', 60],
    [45009, '503 WECHAT_QUOTA', undefined],
    [40013, '500 MISCONFIGURED', undefined],
    [40001, '500 MISCONFIGURED', undefined],
    [48001, '500 MISCONFIGURED', undefined],
    [99999, '503 WECHAT_BUSY', 2],
  ])('%d is %s', async (errcode, expected, retryAfterSeconds) => {
    kit.cloud.faults.add(openapiFault(errcode))
    const answer = await kit.login(openid, { phoneCode: 'a-code', consent })
    expect(verdict(answer)).toBe(expected)
    expect(answer).toHaveProperty('message')
    expect('retryAfterSeconds' in answer ? answer.retryAfterSeconds : undefined).toBe(retryAfterSeconds)
    expect(kit.users().some((user) => user['openid'] === openid)).toBe(false)
  })

  it.each<[number, string, string]>([
    [-604100, '500 MISCONFIGURED', 'wx-server-sdk'],
    [-604101, '500 MISCONFIGURED', 'config.json'],
    [-604102, '503 WECHAT_BUSY', '-604102'],
    [-604103, '503 WECHAT_BUSY', '-604103'],
    [-604104, '500 MISCONFIGURED', 'openapi calls from where'],
  ])('%d is %s, and the log says what to do', async (errorCode, expected, hint) => {
    kit.cloud.faults.add({ action: 'wx.openApi', answer: { kind: 'openapi-system', errorCode } })
    expect(verdict(await kit.login(openid, { phoneCode: 'a-code', consent }))).toBe(expected)
    expect(await logOf()).toContain(hint)
  })

  it('no answer is 503 TIMEOUT, before the platform would kill the function', async () => {
    kit.cloud.faults.add({ action: 'wx.openApi', answer: { kind: 'hang' } })
    expect(verdict(await kit.login(openid, { phoneCode: 'a-code', consent }))).toBe('503 TIMEOUT')
  })

  it('a connection that is cut is 503 WECHAT_BUSY', async () => {
    kit.cloud.faults.add({ action: 'wx.openApi', answer: { kind: 'reset' } })
    expect(verdict(await kit.login(openid, { phoneCode: 'a-code', consent }))).toBe('503 WECHAT_BUSY')
  })

  it('a number in a shape nobody knows is 503 WECHAT_BUSY and stored nowhere', async () => {
    kit.cloud.faults.add(openapiFault(0))
    expect(verdict(await kit.login(openid, { phoneCode: 'a-code', consent }))).toBe('503 WECHAT_BUSY')
    expect(kit.users().some((user) => user['openid'] === openid)).toBe(false)
  })
})

describe('what the database answers becomes a reason:', () => {
  it.each([
    ['DATABASE_COLLECTION_NOT_EXIST', '500 MISCONFIGURED', '仅管理员可读写'],
    ['DATABASE_PERMISSION_DENIED', '500 MISCONFIGURED', 'permissions'],
    ['INVALIID_ENV', '500 MISCONFIGURED', 'environment'],
    ['INVALID_REQUEST_SOURCE', '500 MISCONFIGURED', 'source'],
    ['RESOURCE_NOT_INITIAL', '500 MISCONFIGURED', 'not set up'],
    ['DATABASE_REQUEST_FAILED', '500 INTERNAL', '-502001'],
    ['DATABASE_INVALID_OPERRATOR', '500 INTERNAL', '-502002'],
    ['INVALID_PARAM', '500 INTERNAL', '-501007'],
    ['SYS_ERR', '503 DATABASE_UNAVAILABLE', '-501001'],
    ['SERVER_TIMEOUT', '503 DATABASE_UNAVAILABLE', '-501002'],
    ['EXCEED_REQUEST_LIMIT', '503 DATABASE_UNAVAILABLE', '-501003'],
    ['EXCEED_CONCURRENT_REQUEST_LIMIT', '503 DATABASE_UNAVAILABLE', '-501004'],
    ['DATABASE_TIMEOUT', '503 DATABASE_UNAVAILABLE', '-501001'],
    ['DATABASE_TRANSACTION_CONFLICT', '503 DATABASE_UNAVAILABLE', '-501001'],
  ])('%s is %s, and the log has %s', async (code, expected, hint) => {
    const { token } = await kit.loginWithCode(openid)
    kit.cloud.faults.add(databaseFault(code))
    expect(verdict(await kit.checkToken(openid, { token }))).toBe(expected)
    expect(await logOf()).toContain(hint)
    expect(verdict(await kit.login(openid, {}))).toBe(expected)
    kit.cloud.faults.clear()
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('200')
  })

  it.each(['reset', 'reset-after'] as const)('a connection that is cut (%s) is 503', async (kind) => {
    const { token } = await kit.loginWithCode(openid)
    kit.cloud.faults.add({ target: 'users', answer: { kind } })
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('503 DATABASE_UNAVAILABLE')
  })

  it('no answer is 503 TIMEOUT', async () => {
    const { token } = await kit.loginWithCode(openid)
    kit.cloud.faults.add({ target: 'users', answer: { kind: 'hang' } })
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('503 TIMEOUT')
  })

  it('a renewal that fails leaves the token that is still good', async () => {
    const { token } = await kit.loginWithCode(openid)
    await kit.control.post('clock', { advanceSeconds: 20 * 24 * 60 * 60 })
    kit.cloud.faults.add({ ...databaseFault('SYS_ERR'), action: 'database.modifyDocument' })
    const answer = await kit.checkToken(openid, { token })
    const left = answer.code === 200 ? answer.data.expiresInSeconds : 0
    expect(Math.abs(left - 10 * 24 * 60 * 60)).toBeLessThan(60)
    expect(answer).not.toHaveProperty('data.token')
  })
})

describe('a service that is not set up says so, in words to act on:', () => {
  const { LOGIN_SECRETS, INDEX_SECRET } = makeSecrets()
  it.each([
    ['no secrets', {}, 'LOGIN_SECRETS is not set'],
    ['no index secret', { LOGIN_SECRETS }, 'INDEX_SECRET is not set'],
    ['a weak secret', { LOGIN_SECRETS: 'k1:c2VjcmV0', INDEX_SECRET }, 'shorter than 32 bytes'],
  ])('%s', async (_name, variables, hint) => {
    const bare = await CloudKit.start({ variables })
    try {
      const phoneCode = await bare.phoneCode(openid)
      const answer = await bare.login(openid, { phoneCode, consent })
      expect(verdict(answer)).toBe('500 MISCONFIGURED')
      expect(answer.message).toBe('服务配置有误，请联系客服')
      const { logs, roundTrips } = await bare.lastCall()
      expect(roundTrips).toEqual([])
      expect(logs.map((line) => line.text).join()).toContain(hint)
      expect(logs.map((line) => line.text).join()).toContain('npm run secrets')
    } finally {
      await bare.stop()
    }
  })

  it.each(['users', 'trips', 'audit_logs', 'avatars'])(
    'no collection `%s`: the log names it alone',
    async (name) => {
      const bare = await CloudKit.start()
      try {
        const { token } = await bare.loginWithCode(openid)
        bare.cloud.database.dropCollection(name)
        // Records are the only thing that a call does without.
        if (name !== 'audit_logs') {
          const answer = await bare.call('account', openid, { token, action: 'close', confirmed: true })
          expect(verdict(answer)).toBe('500 MISCONFIGURED')
        } else expect(verdict(await bare.login(openid, {}))).toBe('200')
        const text = (await bare.lastCall()).logs.map((line) => line.text).join()
        expect(text).toContain(`create \`${name}\` in the cloud console`)
        for (const other of COLLECTIONS.filter((collection) => collection !== name)) {
          expect(text).not.toContain(`\`${other}\``)
        }
        expect(bare.cloud.database.collections().map((collection) => collection.name)).not.toContain(name)
      } finally {
        await bare.stop()
      }
    },
  )
})

it('nothing that is secret or personal stands in any log line', async () => {
  const phoneNumber = '13987654321'
  const phoneCode = await kit.phoneCode(openid, phoneNumber)
  const { token } = await kit.loginWithCode(openid, phoneNumber)
  await kit.login(openid, { phoneCode, consent })
  await kit.login(openid, { phoneCode, consent })
  await kit.checkToken(openid, { token: `${token}AA` })
  kit.cloud.faults.add(databaseFault('SYS_ERR', `cannot read ${openid} ${phoneNumber}`))
  await kit.checkToken(openid, { token })
  const { calls } = await kit.control.get<{ calls: object[] }>('calls?limit=1000')
  const text = JSON.stringify(calls)
  const { LOGIN_SECRETS = '', INDEX_SECRET = '' } = kit.variables
  const secrets = [LOGIN_SECRETS.split(':')[1] ?? '', INDEX_SECRET]
  for (const secret of [phoneNumber, phoneCode, token, openid, ...secrets]) {
    expect(text.includes(secret)).toBe(false)
  }
})
