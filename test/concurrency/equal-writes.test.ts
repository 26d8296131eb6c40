import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseEjson } from 'wechat-cloud-emulator/testing'
import type { Answer } from '../../contract/answer.ts'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { CloudKit, CONSENT, succeeded, verdict } from '../support/cloud-kit.ts'
import { TestUser } from '../support/test-user.ts'

/**
 * Whether the service's `updated` counts the documents that a condition matched or those that are different afterwards
 * is not known. So everything whose success is read from it runs with both, twice in the same millisecond.
 */
const COUNTINGS = ['changed', 'matched'] as const

describe.each(COUNTINGS)('where `updated` counts the %s documents', (counting) => {
  let kit: CloudKit
  let openid: string
  let token: string
  let account: TestUser
  let people = 0
  let calls = 0
  beforeAll(async () => {
    kit = await CloudKit.start()
    if (counting === 'matched') countMatched(kit)
  })
  afterAll(() => kit.stop())
  beforeEach(async () => {
    people += 1
    openid = `oEqual-${counting}-${people}`
    token = (await kit.loginWithCode(openid, '13800138000')).token
    account = new TestUser(kit, openid, token)
  })

  /** Two calls that draw other ids than each other, and than all calls before. */
  const seeds = () => {
    calls += 2
    return [`call ${calls}`, `call ${calls + 1}`]
  }
  const documentOf = () => kit.users().find((user) => user['openid'] === openid)

  /** The same call twice, each at the very same moment of the function's clock. */
  async function twice(name: string, data: object, by: 'person' | 'console' = 'person'): Promise<string[]> {
    const { functions, appid, clock } = kit.cloud
    const nowMilliseconds = clock.now()
    const caller = by === 'console' ? { source: 'console', appid } : { source: 'wx_client', appid, openid }
    const verdicts: string[] = []
    for (const seed of seeds()) {
      const end = await functions.invoke(name, data, caller, { pinned: { nowMilliseconds, seed } })
      if (end.failure) throw end.failure
      verdicts.push(verdict(JSON.parse(end.json) as Answer<unknown>))
    }
    return verdicts
  }

  it.each([
    ['a nickname', { action: 'update', nickname: '小明' }],
    ['a picture taken away', { action: 'update', avatar: '' }],
  ])('%s is changed twice in one millisecond', async (_name, fields) => {
    expect(await twice('account', { token, ...fields })).toEqual(['200', '200'])
  })

  it('a picture is taken twice in one millisecond', async () => {
    const avatar = await account.upload()
    expect(await twice('account', { token, action: 'update', avatar })).toEqual(['200', '200'])
  })

  it.each([
    ['the others', { scope: 'others' }],
    ['a session that is not there', { sessionId: 'none' }],
  ])('%s are ended twice in one millisecond', async (_name, fields) => {
    await kit.loginWithCode(openid)
    expect(await twice('logout', { token, ...fields })).toEqual(['200', '200'])
  })

  it('this session is ended twice, and recorded once', async () => {
    expect(await twice('logout', { token })).toEqual(['200', '200'])
    expect((await kit.acts(openid)).filter((act) => act === 'session.end')).toHaveLength(1)
  })

  it('all sessions are ended once', async () => {
    expect(await twice('logout', { token, scope: 'all' })).toEqual(['200', '403 SESSION_REVOKED'])
  })

  it('two silent logins in one millisecond open two sessions', async () => {
    expect(await twice('login', {})).toEqual(['200', '200'])
    expect(documentOf()?.['sessions']).toHaveLength(3)
  })

  it('a token is renewed twice in one millisecond', async () => {
    await kit.control.post('clock', { advanceSeconds: 16 * 24 * 60 * 60 })
    const { functions, appid, clock } = kit.cloud
    const nowMilliseconds = clock.now()
    for (const seed of seeds()) {
      const caller = { source: 'wx_client', appid, openid }
      const end = await functions.invoke('checkToken', { token }, caller, {
        pinned: { nowMilliseconds, seed },
      })
      if (end.failure) throw end.failure
      expect(JSON.parse(end.json)).toMatchObject({ code: 200, data: { token: expect.any(String) } })
    }
  })

  it('a ticket counts once', async () => {
    const fault = { target: 'users', answer: { kind: 'reset' }, times: 1 } as const
    kit.cloud.faults.add({ action: 'database.modifyDocument', ...fault })
    const phoneCode = await kit.phoneCode(openid, '13900139000')
    const consent = { version: CONSENT }
    const { ticket } = (await kit.login(openid, { phoneCode, consent })) as { ticket?: string }
    expect(await twice('login', { ticket, consent })).toEqual(['200', '400 PHONE_CODE_INVALID'])
    expect(documentOf()).toMatchObject({ phoneMasked: '139****9000' })
  })

  it('a person who may not log in is let in by neither', async () => {
    const admin = makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now())
    const disable = { token: admin, action: 'disable', userId: documentOf()?.['_id'], reason: '核实身份' }
    expect(await twice('admin', disable, 'console')).toEqual(['200', '200'])
    expect(await twice('login', {})).toEqual(['403 ACCOUNT_DISABLED', '403 ACCOUNT_DISABLED'])
    expect(await twice('account', { token, action: 'update', nickname: '小明' })).toEqual([
      '403 ACCOUNT_DISABLED',
      '403 ACCOUNT_DISABLED',
    ])
  })

  it('an account is closed once', async () => {
    await account.setAvatar()
    const close = { token, action: 'close', confirmed: true }
    expect(await twice('account', close)).toEqual(['200', '403 ACCOUNT_CLOSED'])
    expect(documentOf()).toBeUndefined()
  })

  it('cleanup ends what is over, and numbers are encrypted again once', async () => {
    await kit.control.post('clock', { advanceSeconds: 31 * 24 * 60 * 60 })
    await kit.control.post('timer', { function: 'cleanup' })
    expect(documentOf()?.['sessions']).toEqual([])
    succeeded(await kit.login(openid, {}))
  })
})

/** From now on `updated` is the number of documents that the condition fits. */
function countMatched({ cloud: { database } }: CloudKit): void {
  const handle = database.handle.bind(database)
  database.handle = async (action, body, onWait) => {
    if (action !== 'database.modifyDocument' || body['upsert'] === true) return handle(action, body, onWait)
    const filter = parseEjson(String(body['query']), { now: 0 }) as Record<string, unknown>
    const limit = body['multi'] === true ? {} : { limit: 1 }
    const matched = database.documents(String(body['collectionName']), { filter, ...limit }).length
    const answer = await handle(action, body, onWait)
    return { ...answer, data: { ...(answer['data'] as object), updated: matched } }
  }
}
