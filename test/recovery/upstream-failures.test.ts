import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from 'wechat-cloud-emulator/control'
import { GLOBAL_OPENAPI_ERRORS } from '../../cloudfunctions/shared/core/openapi-errors.ts'
import { COLLECTIONS } from '../../scripts/lib/cloud/collections.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit, CONSENT, verdict } from '../support/cloud-kit.ts'

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
const systemFault = (errorCode: number): Fault => ({
  action: 'wx.openApi',
  answer: { kind: 'openapi-system', errorCode },
})
const databaseFault = (code: string, message = 'refused'): Fault => ({
  target: 'users',
  answer: { kind: 'error', code, message },
})

type Row = [errcode: number, expected: string, hint: string, retryAfterSeconds?: number]

/** Every number of WeChat's global table, and those that mean something else to a phone code. */
const PHONE_CODE_ROWS: readonly Row[] = [
  [40029, '400 PHONE_CODE_INVALID', '40029'],
  [40163, '400 PHONE_CODE_INVALID', '40163'],
  [40003, '400 PHONE_CODE_INVALID', '40003'],
  [-1, '503 WECHAT_BUSY', 'busy', 2],
  [40001, '500 MISCONFIGURED', 'open the environment once in WeChat DevTools'],
  [40013, '500 MISCONFIGURED', 'another mini-program'],
  [40014, '500 MISCONFIGURED', 'open the environment once in WeChat DevTools'],
  [40066, '500 MISCONFIGURED', 'update wx-server-sdk'],
  [40097, '500 INTERNAL', 'argument'],
  [40164, '500 MISCONFIGURED', 'IP 白名单'],
  [41001, '500 MISCONFIGURED', 'open the environment once in WeChat DevTools'],
  [41002, '500 MISCONFIGURED', 'update wx-server-sdk'],
  [42001, '503 WECHAT_BUSY', 'renews it itself', 2],
  [43001, '500 MISCONFIGURED', 'update wx-server-sdk'],
  [43002, '500 MISCONFIGURED', 'update wx-server-sdk'],
  [43003, '500 MISCONFIGURED', 'update wx-server-sdk'],
  [43101, '500 INTERNAL', 'subscription messages'],
  [44002, '500 INTERNAL', 'empty request'],
  [45002, '500 INTERNAL', 'too long'],
  [45009, '503 WECHAT_QUOTA', '接口设置'],
  [45011, '503 WECHAT_BUSY', 'this minute', 60],
  [45035, '500 MISCONFIGURED', 'IP 白名单'],
  [47001, '500 MISCONFIGURED', 'PHONE_CODE_OPENID=off'],
  [48001, '500 MISCONFIGURED', 'verified, non-personal'],
  [48004, '500 MISCONFIGURED', '通知中心'],
  [50001, '500 MISCONFIGURED', 'authorized'],
  [50002, '500 MISCONFIGURED', '通知中心'],
  [61003, '500 MISCONFIGURED', '第三方平台'],
  [61004, '500 MISCONFIGURED', 'IP 白名单'],
  [61007, '500 MISCONFIGURED', '第三方平台'],
  [61016, '500 MISCONFIGURED', '第三方平台'],
  [61023, '500 MISCONFIGURED', '第三方平台'],
  [89501, '500 MISCONFIGURED', 'administrator’s phone'],
  [89503, '500 MISCONFIGURED', 'administrator’s phone'],
  [89506, '500 MISCONFIGURED', '24 hours'],
  [89507, '500 MISCONFIGURED', 'an hour'],
  [99999, '503 WECHAT_BUSY', '99999', 2],
  [-604100, '500 MISCONFIGURED', 'wx-server-sdk'],
  [-604101, '500 MISCONFIGURED', 'config.json'],
  [-604102, '503 WECHAT_BUSY', '-604102', 2],
  [-604103, '503 WECHAT_BUSY', '-604103', 2],
  [-604104, '500 MISCONFIGURED', 'openapi calls from where'],
]

describe('what WeChat answers to a phone code becomes a reason, and the log says what to do:', () => {
  it('every number of the global table has a row here', () => {
    const numbers = PHONE_CODE_ROWS.map(([errcode]) => errcode)
    expect(numbers).toEqual(expect.arrayContaining(Object.keys(GLOBAL_OPENAPI_ERRORS).map(Number)))
  })

  it.each(PHONE_CODE_ROWS)('%d is %s', async (errcode, expected, hint, retryAfterSeconds) => {
    kit.cloud.faults.add(errcode < -1 ? systemFault(errcode) : openapiFault(errcode))
    const answer = await kit.login(openid, { phoneCode: 'a-code', consent })
    expect(verdict(answer)).toBe(expected)
    expect(answer).toHaveProperty('message')
    expect('retryAfterSeconds' in answer ? answer.retryAfterSeconds : undefined).toBe(retryAfterSeconds)
    expect(await logOf()).toContain(hint)
    expect(kit.users().some((user) => user['openid'] === openid)).toBe(false)
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

describe('whether WeChat is asked to compare a code with its person (PHONE_CODE_OPENID):', () => {
  const withSetting = (value: string) =>
    CloudKit.start({ variables: { ...makeSecrets(), PHONE_CODE_OPENID: value } })

  it('on: a code of another person is refused', async () => {
    const phoneCode = await kit.phoneCode(openid)
    expect(verdict(await kit.login('oAnother', { phoneCode, consent }))).toBe('400 PHONE_CODE_INVALID')
  })

  it('`off`: the code alone is sent, and 47001 no longer advises the setting', async () => {
    const off = await withSetting('off')
    try {
      const phoneCode = await off.phoneCode(openid)
      expect(verdict(await off.login('oAnother', { phoneCode, consent }))).toBe('200')
      off.cloud.faults.add(openapiFault(47001))
      expect(verdict(await off.login(openid, { phoneCode: 'a-code', consent }))).toBe('500 INTERNAL')
      expect((await off.lastCall()).logs.map((line) => line.text).join()).not.toContain('PHONE_CODE_OPENID')
    } finally {
      await off.stop()
    }
  })

  it('a value that is neither `on` nor `off` is MISCONFIGURED, and the code stays unspent', async () => {
    const wrong = await withSetting('false')
    try {
      const phoneCode = await wrong.phoneCode(openid)
      expect(verdict(await wrong.login(openid, { phoneCode, consent }))).toBe('500 MISCONFIGURED')
      const { logs, roundTrips } = await wrong.lastCall()
      expect(roundTrips.map(({ action }) => action)).not.toContain('wx.openApi')
      expect(logs.map((line) => line.text).join()).toContain('PHONE_CODE_OPENID is neither')
    } finally {
      await wrong.stop()
    }
  })
})

describe('an environment in PG mode refuses an SDK that is too old, which is MISCONFIGURED with the words to act on:', () => {
  const fault = (action: string, code: string, message = `${code}: the SDK has to be upgraded`): Fault => ({
    action,
    answer: { kind: 'error', code, message },
  })

  it.each([
    ['the database', fault('database.getDocument', 'SDK_UPGRADE_REQUIRED')],
    ['the database, in Chinese', fault('database.getDocument', 'SDK_UPGRADE_REQUIRED', '当前 SDK 版本过低')],
    ['openapi', fault('wx.openApi', 'SDK_UPGRADE_REQUIRED')],
  ])('%s', async (_service, refusal) => {
    kit.cloud.faults.add(refusal)
    const answer = await kit.login(openid, { phoneCode: 'a-code', consent })
    expect(verdict(answer)).toBe('500 MISCONFIGURED')
    expect(await logOf()).toContain('wx-server-sdk 5.0.1-beta.1 or newer')
  })

  it('the storage', async () => {
    const { token } = await kit.loginWithCode(openid)
    kit.cloud.faults.add(fault('storage.batchGetDownloadUrl', 'STORAGE_NOT_SUPPORTED'))
    const avatar = 'cloud://env.bucket/avatars/a.png'
    expect(verdict(await kit.call('account', openid, { token, action: 'update', avatar }))).toBe(
      '500 MISCONFIGURED',
    )
    expect(await logOf()).toContain('wx-server-sdk 5.0.1-beta.1 or newer')
  })

  it('not where a known number says something else, whatever its message quotes', async () => {
    const { token } = await kit.loginWithCode(openid)
    kit.cloud.faults.add(fault('database.getDocument', 'DATABASE_TIMEOUT', 'timeout'))
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('503 DATABASE_UNAVAILABLE')
    kit.cloud.faults.clear()
    kit.cloud.faults.add(fault('database.getDocument', 'INVALID_PARAM', 'upgrade the SDK'))
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('500 INTERNAL')
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
  const printed = kit.printedFromNow()
  const phoneNumber = '13987654321'
  const phoneCode = await kit.phoneCode(openid, phoneNumber)
  const { token } = await kit.loginWithCode(openid, phoneNumber)
  await kit.login(openid, { phoneCode, consent })
  await kit.login(openid, { phoneCode, consent })
  await kit.checkToken(openid, { token: `${token}AA` })
  kit.cloud.faults.add(databaseFault('SYS_ERR', `cannot read ${openid} ${phoneNumber}`))
  await kit.checkToken(openid, { token })
  const { calls } = await kit.control.get('calls?limit=1000')
  // Whose call it was is for the console to say.
  const text = JSON.stringify([printed, calls.map(({ openid: _openid, ...call }) => call)])
  expect(printed.length).toBeGreaterThan(2)
  const { LOGIN_SECRETS = '', INDEX_SECRET = '' } = kit.variables
  const secrets = [LOGIN_SECRETS.split(':')[1] ?? '', INDEX_SECRET]
  for (const secret of [phoneNumber, phoneCode, token, openid, ...secrets]) {
    expect(text.includes(secret)).toBe(false)
  }
})
