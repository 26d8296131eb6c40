import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeSecrets } from '../../scripts/make-secrets.ts'
import { AccountKit, fileExists, PNG, uploadFile } from '../../test/account-kit.ts'
import { CloudKit, succeeded, verdict } from '../../test/cloud-kit.ts'

let kit: CloudKit
let openid: string
let people = 0

beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())
beforeEach(() => {
  people += 1
  openid = `oPerson-${people}`
})
afterEach(() => kit.cloud.faults.clear())

type Done = Record<string, number>
const run = async (): Promise<Done> => {
  const { result } = await kit.control.post<{ result: { code: number; data: Done } }>('timer', {
    function: 'cleanup',
  })
  expect(result.code).toBe(200)
  return result.data
}
const documentOf = (person: string) => kit.users().find((user) => user['openid'] === person)
const pass = (hours: number) => kit.control.post('clock', { advanceSeconds: hours * 60 * 60 })

it('runs for its timer, and for nobody who says to be one', async () => {
  const event = { Type: 'Timer', TriggerName: 'hourly', source: 'wx_trigger', SOURCE: 'wx_trigger' }
  for (const caller of [undefined, 'oMallory']) {
    expect(verdict(await kit.call('cleanup', caller, event))).toBe('403 TIMER_ONLY')
  }
  await run()
})

it('takes sessions past their end out of documents, and leaves the others', async () => {
  await kit.loginWithCode(openid)
  await pass(20 * 24)
  await kit.loginWithCode(openid)
  await pass(11 * 24)
  expect((await run())['expiredSessions']).toBeGreaterThanOrEqual(1)
  expect(documentOf(openid)?.['sessions']).toHaveLength(1)
  expect((await run())['expiredSessions']).toBe(0)
})

it('removes records past 180 days, batch after batch', async () => {
  const at = new Date(kit.cloud.clock.now() - 181 * 24 * 60 * 60 * 1000)
  for (let row = 0; row < 250; row++) {
    kit.cloud.database.putDocument('audit_logs', { _id: `old-${row}`, at, act: 'login', by: 'user' })
  }
  const young = { _id: 'young', at: new Date(kit.cloud.clock.now()), act: 'admin.stats', by: 'admin:a' }
  kit.cloud.database.putDocument('audit_logs', young)
  const nearly = new Date(kit.cloud.clock.now() - 179.5 * 24 * 60 * 60 * 1000)
  kit.cloud.database.putDocument('audit_logs', { ...young, _id: 'nearly-old', at: nearly })
  expect((await run())['oldRecords']).toBe(250)
  const kept = kit.documents('audit_logs').map(({ _id }) => _id)
  expect(kept).toContain('young')
  expect(kept).toContain('nearly-old')
})

describe('pictures', () => {
  it('that were uploaded and never taken go; those in use stay', async () => {
    const { token } = await kit.loginWithCode(openid)
    const account = new AccountKit(kit, openid, token)
    const used = await account.setAvatar()
    const forgotten = await account.upload()
    await run()
    expect(fileExists(kit, forgotten)).toBe(true)
    await pass(1.9)
    await run()
    expect(fileExists(kit, forgotten)).toBe(true)
    await pass(1.1)
    await run()
    expect([fileExists(kit, used), fileExists(kit, forgotten)]).toEqual([true, false])
    expect(documentOf(openid)).toMatchObject({ avatar: used })
  })

  it('that were replaced and could not be deleted then go later', async () => {
    const { token } = await kit.loginWithCode(openid)
    const account = new AccountKit(kit, openid, token)
    const first = await account.setAvatar()
    kit.cloud.faults.add({ action: 'storage.batchDeleteFile', answer: { kind: 'reset' }, times: 1 })
    const second = await account.setAvatar()
    expect(fileExists(kit, first)).toBe(true)
    await pass(3)
    await run()
    expect([fileExists(kit, first), fileExists(kit, second)]).toEqual([false, true])
  })

  it('that arrive after the account was closed go', async () => {
    const { token } = await kit.loginWithCode(openid)
    const account = new AccountKit(kit, openid, token)
    const late = await account.upload()
    kit.cloud.files.remove(late.split('/').slice(3).join('/'))
    succeeded(await account.call('close', { confirmed: true }))
    await uploadFile(kit, late.split('/').slice(3).join('/'), PNG)
    await pass(3)
    await run()
    expect(fileExists(kit, late)).toBe(false)
  })
})

it('finishes closings that broke off', async () => {
  const { token, userInfo } = await kit.loginWithCode(openid)
  const fault = { action: 'database.removeDocument', target: 'users', answer: { kind: 'reset' } } as const
  kit.cloud.faults.add({ ...fault, times: 1 })
  await new AccountKit(kit, openid, token).call('close', { confirmed: true })
  expect(documentOf(openid)).toMatchObject({ status: 'closing' })
  await run()
  expect(documentOf(openid)).toMatchObject({ status: 'closing' })
  await pass(1)
  await run()
  expect(documentOf(openid)).toBeUndefined()
  await run()
  expect(JSON.stringify(kit.documents('audit_logs'))).not.toContain(userInfo.id)
})

it('removes what landed after its account was closed, and nothing of anybody else', async () => {
  const gone = await kit.loginWithCode(openid)
  const userId = gone.userInfo.id
  await new AccountKit(kit, openid, gone.token).call('close', { confirmed: true })
  const stays = await kit.loginWithCode('oStays')
  await kit.call('trips', 'oStays', {
    token: stays.token,
    action: 'save',
    key: 'my-own-trip',
    city: '苏州',
    days: 1,
  })
  const at = new Date(kit.cloud.clock.now())
  kit.cloud.database.putDocument('trips', {
    _id: `${userId}.late-trip`,
    userId,
    city: '杭州',
    days: 1,
    createdAt: at,
  })
  kit.cloud.database.putDocument('audit_logs', {
    _id: 'late-row',
    userId,
    at,
    act: 'login',
    by: 'user',
    from: { ip: '127.0.0.1' },
  })
  await run()
  expect(JSON.stringify(kit.documents('trips'))).toContain(userId)
  await pass(1)
  expect((await run())['strayDocuments']).toBeGreaterThanOrEqual(1)
  expect(JSON.stringify([kit.documents('trips'), kit.documents('audit_logs')])).not.toContain(userId)
  expect(kit.documents('audit_logs').find(({ _id }) => _id === 'late-row')).toEqual({
    _id: 'late-row',
    at,
    act: 'login',
    by: 'user',
  })
  expect(kit.documents('trips').map(({ city }) => city)).toContain('苏州')
  expect(await kit.acts('oStays')).toEqual(['login', 'consent'])
})

it('run twice at once does everything once', async () => {
  const at = new Date(kit.cloud.clock.now() - 181 * 24 * 60 * 60 * 1000)
  for (let row = 0; row < 120; row++)
    kit.cloud.database.putDocument('audit_logs', { _id: `old-${row}`, at, act: 'login' })
  await Promise.all([run(), run()])
  expect(kit.documents('audit_logs').filter(({ _id }) => String(_id).startsWith('old-'))).toEqual([])
})

it('does the rest when one kind fails, and says so in the log', async () => {
  kit.cloud.faults.add({ target: 'avatars', answer: { kind: 'reset' } })
  await kit.loginWithCode(openid)
  await pass(31 * 24)
  expect((await run())['expiredSessions']).toBeGreaterThanOrEqual(1)
  expect((await kit.lastCall()).logs.map(({ text }) => text).join()).toContain('orphanedAvatars')
})

describe('after the first key has changed', () => {
  const first = makeSecrets()
  const [k1] = first.LOGIN_SECRETS.split(',')
  const k2 = makeSecrets().LOGIN_SECRETS.replace(/^k1:/, 'k2:')

  it('nobody is logged out, numbers stay readable and are encrypted anew, and k1 can go', async () => {
    const before = await CloudKit.start({ variables: { ...first } })
    const { directory } = before
    const { token } = await before.loginWithCode('oAlice', '13800138000')
    await before.cloud.close()

    const both = await CloudKit.start({
      variables: { ...first, LOGIN_SECRETS: `${k2},${k1}` },
      dataDirectory: directory,
    })
    expect(verdict(await both.checkToken('oAlice', { token }))).toBe('200')
    await both.control.post('timer', { function: 'cleanup' })
    expect(both.users()[0]?.['phoneCipher']).toMatch(/^k2\./)
    await both.cloud.close()

    const later = await CloudKit.start({
      variables: { ...first, LOGIN_SECRETS: k2 },
      dataDirectory: directory,
    })
    const { token: fresh } = succeeded(await later.login('oAlice', {}))
    const { uncovered } = await new AccountKit(later, 'oAlice', fresh).export()
    expect(uncovered.phone).toBe('+8613800138000')
    await later.stop()
  })

  it('k1 gone too early is said in the log, and nothing is lost', async () => {
    const before = await CloudKit.start({ variables: { ...first } })
    await before.loginWithCode('oAlice', '13800138000')
    await before.cloud.close()
    const early = await CloudKit.start({
      variables: { ...first, LOGIN_SECRETS: k2 },
      dataDirectory: before.directory,
    })
    await early.control.post('timer', { function: 'cleanup' })
    expect((await early.lastCall()).logs.map(({ text }) => text).join()).toContain('key k1')
    expect(early.users()[0]?.['phoneCipher']).toMatch(/^k1\./)
    await early.stop()
  })
})
