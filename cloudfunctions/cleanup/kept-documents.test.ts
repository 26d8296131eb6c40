import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ExportAccountData } from '../../contract/account.ts'
import type { Answer } from '../../contract/answer.ts'
import type { ListTripsData } from '../../contract/app/trips.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit, succeeded } from '../../test/support/cloud-kit.ts'
import { newPad } from '../../test/support/export-pad.ts'
import { fileExists, PNG, uploadFile } from '../../test/support/storage-files.ts'
import { TestUser } from '../../test/support/test-user.ts'

let kit: CloudKit
let openid: string
let userId: string
let token: string
let people = 0

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000

beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())
beforeEach(async () => {
  people += 1
  openid = `oKeeps-${people}`
  const login = await kit.loginWithCode(openid, '13800138000')
  userId = login.userInfo.id
  token = login.token
})
afterEach(() => {
  kit.cloud.faults.clear()
  vi.restoreAllMocks()
  for (const name of ['users', 'trips', 'audit_logs', 'avatars']) {
    for (const { _id } of kit.documents(name)) kit.cloud.database.removeDocument(name, _id)
  }
})

type Done = Record<string, number>
async function run(): Promise<Done> {
  const { result } = (await kit.control.post('timer', { function: 'cleanup' })) as { result: Answer<Done> }
  return succeeded(result)
}
/** As often as it takes for every stretch of a small collection to have its turn. */
async function runForHours(hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour++) {
    await run()
    await kit.control.post('clock', { advanceSeconds: 60 * 60 })
  }
}
const put = (name: string, document: object) => kit.cloud.database.putDocument(name, { ...document })
const userOf = (id: string) => kit.users().find(({ _id }) => _id === id) ?? {}
const ago = (days: number) => new Date(kit.cloud.clock.now() - days * DAY_MILLISECONDS)
const logged = async () => (await kit.lastCall()).logs.map(({ text }) => text).join('\n')
const saveTrip = async (key: string, city = '杭州') =>
  succeeded(await kit.call('trips', openid, { token, action: 'save', key, city, days: 3 }))
const cities = async () => {
  const answer = await kit.call<ListTripsData>('trips', openid, { token, action: 'list' })
  return succeeded(answer)
    .trips.map(({ city }) => city)
    .sort()
}
const exported = async () =>
  succeeded(await new TestUser(kit, openid, token).account<ExportAccountData>('export', { pad: newPad() }))

describe('a user whose document cannot be read', () => {
  it.each([
    ['createdAt', '2026-01-01'],
    ['sessions', 'none'],
    ['consent', null],
  ])('(%s is %j) keeps trips and records', async (field, value) => {
    await saveTrip('first-trip')
    const before = [kit.documents('trips'), kit.documents('audit_logs')]
    put('users', { ...userOf(userId), [field]: value })
    await kit.control.post('clock', { advanceSeconds: 60 * 60 })
    await runForHours(2)
    expect([kit.documents('trips'), kit.documents('audit_logs')]).toEqual(before)
  })
})

describe('trips that are older than their user', () => {
  const given = { city: '苏州', days: 2, createdAt: new Date('2020-01-01') }

  it('assigned by an administrator, with the generation of another user, stay, are listed and exported', async () => {
    const former = await kit.loginWithCode('oFormer')
    await kit.call('trips', 'oFormer', {
      token: former.token,
      action: 'save',
      key: 'old-trip',
      city: '苏州',
      days: 2,
    })
    const [trip] = kit.documents('trips')
    put('trips', { ...trip, ...given, userId })
    succeeded(await new TestUser(kit, 'oFormer', former.token).account('close', { confirmed: true }))
    await runForHours(4)
    expect(await cities()).toEqual(['苏州'])
    expect((await exported()).collections['trips']).toEqual([
      { ...given, createdAt: '2020-01-01T00:00:00.000Z' },
    ])
  })

  it('imported, without a generation, stay and are listed', async () => {
    put('trips', { _id: `${userId}.imported`, userId, ...given })
    await saveTrip('first-trip')
    await runForHours(3)
    expect(await cities()).toEqual(['杭州', '苏州'])
  })

  it('because the user’s createdAt was edited, stay and are listed; so do audit entries and the session', async () => {
    await saveTrip('first-trip')
    put('users', { ...userOf(userId), createdAt: new Date(kit.cloud.clock.now() + DAY_MILLISECONDS) })
    await runForHours(3)
    expect(await cities()).toEqual(['杭州'])
    expect((await exported()).records.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['login', 'consent']),
    )
    await kit.call('logout', openid, { token })
    const answer = await kit.checkToken(openid, { token })
    expect(answer.code === 200 ? '' : answer.reason).toBe('SESSION_REVOKED')
  })

  it('restored for a person who closed the account long ago and registered again, stay', async () => {
    await saveTrip('first-trip')
    const trips = kit.documents('trips')
    succeeded(await new TestUser(kit, openid, token).account('close', { confirmed: true }))
    await runForHours(4)
    token = (await kit.loginWithCode(openid)).token
    for (const trip of trips) put('trips', trip)
    await runForHours(3)
    expect(await cities()).toEqual(['杭州'])
  })

  it('are deleted when their user closes the account', async () => {
    put('trips', { _id: 'imported', userId, ...given })
    put('trips', { _id: 'given', userId, generation: 'mark.of-another', ...given })
    await saveTrip('first-trip')
    succeeded(await new TestUser(kit, openid, token).account('close', { confirmed: true }))
    expect(kit.documents('trips')).toEqual([])
  })
})

it('a trip that was saved after its account was closed is not shown to the person who registered again, and is deleted', async () => {
  await saveTrip('late-trip')
  const late = kit.documents('trips')
  succeeded(await new TestUser(kit, openid, token).account('close', { confirmed: true }))
  for (const trip of late) put('trips', trip)
  await kit.control.post('clock', { advanceSeconds: 3 })
  token = (await kit.loginWithCode(openid)).token
  await saveTrip('new-trip', '成都')
  expect(await cities()).toEqual(['成都'])
  expect((await exported()).collections['trips']).toHaveLength(1)
  await run()
  expect(kit.documents('trips').map(({ city }) => city)).toEqual(['成都'])
  expect(await kit.acts(openid)).toEqual(['login', 'consent', 'account.export'])
})

it('a damaged trip stays, is logged, and does not hide the others', async () => {
  await saveTrip('first-trip')
  put('trips', { _id: `${userId}.damaged`, userId, city: '苏州', days: 'two', createdAt: ago(1) })
  expect(await cities()).toEqual(['杭州'])
  expect(await logged()).toContain(`${userId}.damaged`)
})

describe('documents that cannot be processed', () => {
  it('do not stop other account deletions, and are logged', async () => {
    const closing = { ...userOf(userId), status: 'closing', sessions: [] }
    for (let number = 0; number < 25; number++) {
      put('users', { ...closing, _id: `u_0damaged-${number}`, closingAt: '2026-01-01' })
    }
    put('users', { ...closing, closingAt: ago(1) })
    await run()
    expect(userOf(userId)).toEqual({})
    expect(kit.users()).toHaveLength(25)
    expect(await logged()).toContain('u_0damaged-7')
  })

  it('do not stop other numbers from being encrypted again, and are logged', async () => {
    // A document of `users` with a number of an older key that nothing opens stands before all others.
    const newer = makeSecrets().LOGIN_SECRETS.replace(/^k1:/, 'k2:')
    const LOGIN_SECRETS = `${newer},${kit.variables['LOGIN_SECRETS']}`
    const later = await CloudKit.start({ variables: { ...kit.variables, LOGIN_SECRETS } })
    const user = userOf(userId)
    for (let number = 0; number < 30; number++) {
      const document = {
        ...user,
        _id: `u_damaged-${number}`,
        phoneCipher: `k1.${String(number).padStart(4, '0')}`,
      }
      later.cloud.database.putDocument('users', document)
    }
    later.cloud.database.putDocument('users', { ...user })
    await later.control.post('timer', { function: 'cleanup' })
    expect(later.users().find(({ _id }) => _id === userId)?.['phoneCipher']).toMatch(/^k2\./)
    expect((await later.lastCall()).logs.map(({ text }) => text).join()).toContain('u_damaged-3')
    await later.stop()
  })

  it('do not stop other orphaned pictures from being deleted: files that storage refuses, a damaged user', async () => {
    const row = { createdAt: ago(1), touchedAt: ago(1), settled: false, userId }
    const path = (number: number) => `avatars/0refused-${String(number).padStart(2, '0')}.png`
    for (let number = 0; number < 55; number++) {
      put('avatars', { ...row, _id: path(number), fileId: await uploadFile(kit, path(number), PNG) })
    }
    const orphan = await uploadFile(kit, 'avatars/orphan.png', PNG)
    put('avatars', { ...row, _id: 'avatars/orphan.png', fileId: orphan })
    put('users', { ...userOf(userId), sessions: 'none' })
    const remove = kit.cloud.files.remove.bind(kit.cloud.files)
    const storage = kit.cloud.storage.delete.bind(kit.cloud.storage)
    const refusing = vi
      .spyOn(kit.cloud.storage, 'delete')
      .mockImplementation((list, ...rest) =>
        (list as string[]).map((fileID) =>
          fileID.includes('refused')
            ? { fileID, code: 'STORAGE_REQUEST_FAIL' }
            : (storage([fileID], ...rest)[0] ?? { fileID, code: '' }),
        ),
      )
    await run()
    expect(fileExists(kit, orphan)).toBe(false)
    expect(kit.documents('avatars')).toHaveLength(55)
    refusing.mockRestore()
    await run()
    expect(kit.documents('avatars')).toEqual([])
    expect(kit.cloud.files.find(path(3))).toBeUndefined()
    for (let number = 0; number < 55; number++) remove(path(number))
  })

  it('are logged without an openid or number', async () => {
    put('users', { ...userOf(userId), _id: 'oABCDEFGHIJKLMNOPQRSTUVWXYZ0', status: 'closing', closingAt: '' })
    put('users', { ...userOf(userId), _id: '13800138000', status: 'closing', closingAt: '' })
    await run()
    expect(await logged()).toContain('sha256:')
    expect(await logged()).not.toMatch(/oABCDEFG|13800138000/)
  })
})

it('a picture that was moved to another user is not orphaned', async () => {
  const avatar = await new TestUser(kit, openid, token).setAvatar()
  const heir = await kit.loginWithCode('oHeir')
  const stored = String(userOf(userId)['avatar'] ?? avatar)
  put('users', { ...userOf(heir.userInfo.id), avatar: stored })
  put('users', { ...userOf(userId), avatar: '' })
  await kit.control.post('clock', { advanceSeconds: 3 * 60 * 60 })
  await run()
  expect(fileExists(kit, stored)).toBe(true)
})

it('a task that never receives an answer does not stop the others, whichever is first', async () => {
  // The first of the tasks, which asks `users` as the next ones do, is first in an hour that their number divides.
  const { figures: _last, due: _backlog, ...inTurn } = await run()
  const tasks = Object.keys(inTurn).length
  const hour = Math.floor(kit.cloud.clock.now() / (60 * 60 * 1000))
  await kit.control.post('clock', { advanceSeconds: ((tasks - (hour % tasks)) % tasks) * 60 * 60 })
  for (const target of ['users', 'avatars', 'trips', 'audit_logs']) {
    kit.cloud.faults.clear()
    kit.cloud.faults.add({ target, answer: { kind: 'hang' } })
    put('audit_logs', { _id: 'old', at: ago(181), act: 'login', by: 'user' })
    const orphan = await uploadFile(kit, 'avatars/orphan.png', PNG)
    put('avatars', {
      _id: 'avatars/orphan.png',
      createdAt: ago(1),
      touchedAt: ago(1),
      settled: false,
      fileId: orphan,
    })
    await run()
    if (target !== 'audit_logs') {
      expect(kit.documents('audit_logs').map(({ _id }) => _id)).not.toContain('old')
    }
    if (target === 'trips' || target === 'audit_logs') expect(fileExists(kit, orphan)).toBe(false)
    await kit.control.post('clock', { advanceSeconds: 60 * 60 })
  }
})
