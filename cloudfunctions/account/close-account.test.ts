import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { type CloudKit, CONSENT, succeeded, verdict } from '../../test/support/cloud-kit.ts'
import { fileExists } from '../../test/support/storage-files.ts'
import { TestUser } from '../../test/support/test-user.ts'
import { useCloud } from '../../test/support/use-cloud.ts'

let kit: CloudKit
let openid: string
let token: string
let userId: string
let account: TestUser
const cloud = useCloud()
beforeEach(async () => {
  ;({ kit, openid } = cloud.newUser())
  const login = await kit.loginWithCode(openid, '13800138000')
  token = login.token
  userId = login.userInfo.id
  account = new TestUser(kit, openid, token)
})
afterEach(() => {
  kit.cloud.faults.clear()
  kit.cloud.files.clear()
  vi.restoreAllMocks()
})

const close = () => account.account('close', { confirmed: true })
const saveTrip = (key: string, bearer = token) =>
  kit.call('trips', openid, { token: bearer, action: 'save', key, city: '杭州', days: 3 })

/** The collections of all documents that say this anywhere. */
function everyTrace(text: string): string[] {
  return kit.cloud.database.collections().flatMap(({ name }) =>
    kit
      .documents(name)
      .filter((document) => JSON.stringify(document).includes(text))
      .map(() => name),
  )
}

/** Those that go with the closing. The records lose the identity by the timer, which `closed_accounts` tells to. */
function traces(text: string): string[] {
  return everyTrace(text).filter((name) => name !== 'audit_logs' && name !== 'closed_accounts')
}

const runCleanup = () => kit.control.post('timer', { function: 'cleanup' })
const pass = (hours: number) => kit.control.post('clock', { advanceSeconds: hours * 60 * 60 })

it('deletes user, trips, picture and sessions at once, and the timer anonymizes the audit entries', async () => {
  await saveTrip('first-trip')
  const avatar = await account.setAvatar()
  await account.upload()
  const rows = kit.documents('audit_logs').length
  expect(verdict(await close())).toBe('200')
  expect(traces(userId)).toEqual([])
  expect(traces(openid)).toEqual([])
  expect(fileExists(kit, avatar)).toBe(false)
  expect(new Set(everyTrace(userId))).toEqual(new Set(['audit_logs', 'closed_accounts']))
  await runCleanup()
  expect(everyTrace(userId)).toEqual(['closed_accounts'])
  const nobodys = kit.documents('audit_logs').filter((row) => row['userId'] === undefined)
  expect(nobodys.filter((row) => 'device' in row)).toEqual([])
  await pass(3)
  await runCleanup()
  expect(everyTrace(userId)).toEqual([])
  expect(kit.documents('avatars')).toEqual([])
  expect(kit.documents('audit_logs')).toHaveLength(rows + 1)
  expect(
    JSON.stringify(kit.documents('audit_logs').filter(({ act }) => act === 'account.close')),
  ).not.toContain('127.0.0.1')
})

it('keeps administrator, action and time of an administrator’s audit entry, and nothing that names the user', async () => {
  const token = makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now())
  const reason = `来电 ${openid} 核实`
  for (const action of ['find', 'reveal', 'disable', 'enable']) {
    succeeded(await kit.call('admin', undefined, { token, action, userId, reason }))
  }
  const acts = () => kit.documents('audit_logs').filter(({ by }) => by === 'admin:alice')
  const kept = ({ _id, act, at, by, requestId, outcome }: Record<string, unknown>) => {
    return { _id, act, at, by, requestId, outcome }
  }
  const before = acts()
  expect(before.map(({ act }) => act).sort()).toEqual([
    'admin.disable',
    'admin.enable',
    'admin.find',
    'admin.reveal',
  ])
  account = new TestUser(kit, openid, succeeded(await kit.login(openid, {})).token)
  expect(verdict(await close())).toBe('200')
  await runCleanup()
  expect(acts()).toEqual(before.map(kept))
  expect(everyTrace(userId)).toEqual(['closed_accounts'])
  expect(everyTrace(openid)).toEqual([])
})

it('needs a yes', async () => {
  expect(verdict(await account.account('close'))).toBe('400 BAD_REQUEST')
  expect(verdict(await account.account('close', { confirmed: 'true' }))).toBe('400 BAD_REQUEST')
  expect(verdict(await kit.checkToken(openid, { token }))).toBe('200')
})

it('rejects every older token on its next call, and lets the person register again at once as a new user', async () => {
  const tablet = await kit.loginWithCode(openid)
  await saveTrip('first-trip')
  await kit.control.post('clock', { advanceSeconds: 3 })
  expect(verdict(await close())).toBe('200')
  for (const dead of [token, tablet.token]) {
    expect(verdict(await kit.checkToken(openid, { token: dead }))).toBe('403 ACCOUNT_CLOSED')
  }
  expect(verdict(await kit.login(openid, {}))).toBe('404 PHONE_REQUIRED')
  await kit.control.post('clock', { advanceSeconds: 3 })
  const again = await kit.loginWithCode(openid, '13900139000')
  expect(again).toMatchObject({ isNewUser: true, userInfo: { phone: '139****9000', nickname: '旅行者' } })
  for (const dead of [token, tablet.token]) {
    expect(verdict(await kit.checkToken(openid, { token: dead }))).toBe('403 ACCOUNT_CLOSED')
  }
  expect(verdict(await close())).toBe('403 ACCOUNT_CLOSED')
  const trips = await kit.call<{ trips: unknown[] }>('trips', openid, { token: again.token, action: 'list' })
  expect(succeeded(trips).trips).toEqual([])
})

const STEPS = [
  { action: 'database.removeDocument', target: 'trips' },
  { action: 'database.insertDocument', target: 'closed_accounts' },
  { action: 'storage.batchDeleteFile' },
  { action: 'database.removeDocument', target: 'avatars' },
  { action: 'database.removeDocument', target: 'users' },
]

it.each(STEPS)(
  'that breaks off at $action $target ends every session, and a second call finishes it',
  async (step) => {
    await saveTrip('first-trip')
    const avatar = await account.setAvatar()
    kit.cloud.faults.add({ ...step, answer: { kind: 'reset' }, times: 1 })
    expect(verdict(await close())).toMatch(/^503 /)
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('403 ACCOUNT_CLOSED')
    expect(verdict(await saveTrip('second-trip'))).toBe('403 ACCOUNT_CLOSED')
    expect(verdict(await close())).toBe('200')
    expect(traces(userId)).toEqual([])
    expect(fileExists(kit, avatar)).toBe(false)
    expect(verdict(await close())).toBe('403 ACCOUNT_CLOSED')
  },
)

it.each(STEPS)(
  'that breaks off at $action $target is finished by the next login, as a new user',
  async (step) => {
    await saveTrip('first-trip')
    const avatar = await account.setAvatar()
    kit.cloud.faults.add({ ...step, answer: { kind: 'reset' }, times: 1 })
    await close()
    const again = await kit.loginWithCode(openid)
    expect(again.isNewUser).toBe(true)
    expect(fileExists(kit, avatar)).toBe(false)
    expect(traces(userId)).toEqual(['users'])
    await runCleanup()
    expect(await kit.acts(openid)).toEqual(['login', 'consent'])
  },
)

it('that broke off does not spend the code of a login without consent: the new account needs consent', async () => {
  kit.cloud.faults.add({
    action: 'database.removeDocument',
    target: 'users',
    answer: { kind: 'reset' },
    times: 1,
  })
  await close()
  const phoneCode = await kit.phoneCode(openid)
  const refused = await kit.login(openid, { phoneCode })
  expect(verdict(refused)).toBe('400 CONSENT_REQUIRED')
  expect(refused).not.toHaveProperty('ticket')
  expect(verdict(await kit.login(openid, { phoneCode, consent: { version: CONSENT } }))).toBe('200')
})

it('deletes trips in several batches until none is left', async () => {
  const createdAt = new Date(kit.cloud.clock.now())
  for (let number = 0; number < 501; number++) {
    const trip = { _id: `${userId}.trip-${number}`, userId, city: '杭州', days: 1, createdAt }
    kit.cloud.database.putDocument('trips', trip)
  }
  expect(verdict(await close())).toBe('200')
  expect(traces(userId)).toEqual([])
})

it('deletes pictures in several batches until none is left', async () => {
  const createdAt = new Date(kit.cloud.clock.now())
  for (let number = 0; number < 51; number++) {
    const row = { _id: `avatars/${userId}-${number}.png`, userId, createdAt, touchedAt: createdAt }
    kit.cloud.database.putDocument('avatars', { ...row, settled: false })
  }
  expect(verdict(await close())).toBe('200')
  expect(kit.documents('avatars').filter((row) => row['userId'] === userId)).toEqual([])
  for (const { _id } of kit.documents('avatars')) kit.cloud.database.removeDocument('avatars', _id)
})

it('deletes the row of a picture whose file is gone already', async () => {
  const avatar = await account.setAvatar()
  kit.cloud.files.remove(avatar.split('/').slice(3).join('/'))
  expect(verdict(await close())).toBe('200')
  expect(kit.documents('avatars').filter(({ fileId }) => fileId === avatar)).toEqual([])
})

it('that broke off is finished by a silent login, which then asks for a number', async () => {
  kit.cloud.faults.add({
    action: 'database.removeDocument',
    target: 'users',
    answer: { kind: 'reset' },
    times: 1,
  })
  await close()
  expect(verdict(await kit.login(openid, {}))).toBe('404 PHONE_REQUIRED')
  expect(traces(userId)).toEqual([])
})

it('is done once when two calls request it at once', async () => {
  await saveTrip('first-trip')
  const verdicts = (await Promise.all([close(), close()])).map(verdict)
  expect(verdicts).toContain('200')
  expect(traces(userId)).toEqual([])
})

it('never waits for the audit entries, and neither does a later login', async () => {
  kit.cloud.faults.add({ action: 'database.modifyDocument', target: 'audit_logs', answer: { kind: 'hang' } })
  expect(verdict(await close())).toBe('200')
  expect((await kit.loginWithCode(openid)).isNewUser).toBe(true)
  expect(verdict(await kit.login(openid, {}))).toBe('200')
})

it('anonymizes more audit entries than one batch contains, and none of other users', async () => {
  const at = new Date(kit.cloud.clock.now() - 1000)
  for (let number = 0; number < 350; number++) {
    kit.cloud.database.putDocument('audit_logs', {
      _id: `many-${number}`,
      at,
      act: 'login',
      by: 'user',
      userId,
    })
  }
  const stays = await kit.loginWithCode('oStays')
  expect(verdict(await close())).toBe('200')
  for (let run = 0; run < 3; run++) await runCleanup()
  expect(everyTrace(userId)).toEqual(['closed_accounts'])
  expect(kit.documents('audit_logs').filter((row) => row['userId'] === stays.userInfo.id)).toHaveLength(2)
})

/** Storage that refuses these files, each by itself, in an answer that is else good. */
function refuse(isRefused: (fileId: string) => boolean) {
  const { storage } = kit.cloud
  const remove = storage.delete.bind(storage)
  return vi.spyOn(storage, 'delete').mockImplementation((list, ...rest) => {
    const fileIds = list as string[]
    return fileIds.flatMap((fileID) =>
      isRefused(fileID) ? [{ fileID, code: 'STORAGE_REQUEST_FAIL' }] : remove([fileID], ...rest),
    )
  })
}

describe('a picture that storage refuses to delete', () => {
  it('does not stop the deletion of the account, and is tried again until it is gone', async () => {
    const avatar = await account.setAvatar()
    const refusing = refuse((fileId) => fileId === avatar)
    expect(verdict(await close())).toBe('200')
    expect(traces(userId)).toEqual([])
    expect(fileExists(kit, avatar)).toBe(true)
    for (let run = 0; run < 2; run++) await runCleanup()
    expect(kit.documents('avatars')).toMatchObject([{ fileId: avatar }])
    refusing.mockRestore()
    await runCleanup()
    expect(fileExists(kit, avatar)).toBe(false)
    expect(kit.documents('avatars')).toEqual([])
  })

  it('when it was replaced goes later, and so does an upload', async () => {
    const first = await account.setAvatar()
    const upload = await account.upload()
    const refusing = refuse(() => true)
    const second = succeeded(await account.update({ avatar: upload }))['userInfo'].avatar
    refusing.mockRestore()
    await pass(3)
    await runCleanup()
    expect([first, upload, second].map((file) => fileExists(kit, file))).toEqual([false, false, true])
  })
})

it('leaves no upload behind when no stored file id contains the bucket’s name', async () => {
  for (const { _id } of kit.documents('avatars')) kit.cloud.database.removeDocument('avatars', _id)
  const upload = await account.upload()
  expect(verdict(await close())).toBe('200')
  await pass(3)
  await runCleanup()
  expect(fileExists(kit, upload)).toBe(false)
  expect(kit.cloud.files.list().map(({ path }) => path)).toEqual([])
})
