import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit, succeeded, verdict } from '../../test/support/cloud-kit.ts'
import { fileExists, PNG, uploadFile } from '../../test/support/storage-files.ts'
import { TestUser } from '../../test/support/test-user.ts'
import { useCloud } from '../../test/support/use-cloud.ts'

let kit: CloudKit
let openid: string
const cloud = useCloud()
beforeEach(() => {
  ;({ kit, openid } = cloud.newUser())
})
afterEach(() => kit.cloud.faults.clear())

type Done = Record<string, number>
const run = async (): Promise<Done> => {
  const { result } = (await kit.control.post('timer', {
    function: 'cleanup',
  })) as { result: { code: number; data: Done } }
  expect(result.code).toBe(200)
  return result.data
}
const documentOf = (person: string) => kit.users().find((user) => user['openid'] === person)
const pass = (hours: number) => kit.control.post('clock', { advanceSeconds: hours * 60 * 60 })

it('runs for its timer, and rejects an event that pretends to be one', async () => {
  const event = { Type: 'Timer', TriggerName: 'hourly', source: 'wx_trigger', SOURCE: 'wx_trigger' }
  for (const caller of [undefined, 'oMallory']) {
    expect(verdict(await kit.call('cleanup', caller, event))).toBe('403 TIMER_ONLY')
  }
  await run()
})

it('removes expired sessions, and leaves the others', async () => {
  await kit.loginWithCode(openid)
  await pass(20 * 24)
  await kit.loginWithCode(openid)
  await pass(11 * 24)
  expect((await run())['expiredSessions']).toBeGreaterThanOrEqual(1)
  expect(documentOf(openid)?.['sessions']).toHaveLength(1)
  expect((await run())['expiredSessions']).toBe(0)
})

it('removes audit entries older than 180 days, in batches', async () => {
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
  it('that were uploaded and never used are deleted; those in use stay', async () => {
    const { token } = await kit.loginWithCode(openid)
    const account = new TestUser(kit, openid, token)
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

  it('that could not be deleted when they were replaced are deleted later', async () => {
    const { token } = await kit.loginWithCode(openid)
    const account = new TestUser(kit, openid, token)
    const first = await account.setAvatar()
    kit.cloud.faults.add({ action: 'storage.batchDeleteFile', answer: { kind: 'reset' }, times: 1 })
    const second = await account.setAvatar()
    expect(fileExists(kit, first)).toBe(true)
    await pass(3)
    await run()
    expect([fileExists(kit, first), fileExists(kit, second)]).toEqual([false, true])
  })

  it.each([
    ['and were never seen', false],
    ['at a path that was a picture once', true],
  ])('that arrive after the account was closed are deleted: %s', async (_name, isSeen) => {
    const { token } = await kit.loginWithCode(openid)
    const account = new TestUser(kit, openid, token)
    const late = await account.upload()
    if (isSeen) {
      const row = kit.documents('avatars').find(({ _id }) => late.endsWith(String(_id)))
      kit.cloud.database.putDocument('avatars', { ...row, fileId: late })
    }
    kit.cloud.files.remove(late.split('/').slice(3).join('/'))
    succeeded(await account.account('close', { confirmed: true }))
    await uploadFile(kit, late.split('/').slice(3).join('/'), PNG)
    await pass(3)
    await run()
    expect(fileExists(kit, late)).toBe(false)
  })
})

it('finishes account deletions that broke off', async () => {
  const { token, userInfo } = await kit.loginWithCode(openid)
  const fault = { action: 'database.removeDocument', target: 'users', answer: { kind: 'reset' } } as const
  kit.cloud.faults.add({ ...fault, times: 1 })
  await new TestUser(kit, openid, token).account('close', { confirmed: true })
  expect(documentOf(openid)).toMatchObject({ status: 'closing' })
  await run()
  expect(documentOf(openid)).toMatchObject({ status: 'closing' })
  await pass(1)
  await run()
  expect(documentOf(openid)).toBeUndefined()
  await run()
  expect(JSON.stringify(kit.documents('audit_logs'))).not.toContain(userInfo.id)
})

it('removes documents that were written after their account was closed, and none of other users', async () => {
  const gone = await kit.loginWithCode(openid)
  const userId = gone.userInfo.id
  await new TestUser(kit, openid, gone.token).account('close', { confirmed: true })
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

it('does everything once when it runs twice at once', async () => {
  const at = new Date(kit.cloud.clock.now() - 181 * 24 * 60 * 60 * 1000)
  for (let row = 0; row < 120; row++)
    kit.cloud.database.putDocument('audit_logs', { _id: `old-${row}`, at, act: 'login' })
  await Promise.all([run(), run()])
  expect(kit.documents('audit_logs').filter(({ _id }) => String(_id).startsWith('old-'))).toEqual([])
})

it('runs the other tasks when one fails, and logs it', async () => {
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

  it('every user stays logged in, numbers are encrypted with the new key, and k1 can be removed', async () => {
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
    const { uncovered } = await new TestUser(later, 'oAlice', fresh).export()
    expect(uncovered.phone).toBe('+8613800138000')
    await later.stop()
  })

  it('a key k1 that was removed too early is logged, and nothing is lost', async () => {
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
