import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeAdminToken } from '../../scripts/admin-token.ts'
import { AccountKit, fileExists } from '../../test/account-kit.ts'
import { CloudKit, succeeded, verdict } from '../../test/cloud-kit.ts'

let kit: CloudKit
let openid: string
let token: string
let userId: string
let account: AccountKit
let people = 0

beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())
beforeEach(async () => {
  people += 1
  openid = `oPerson-${people}`
  const login = await kit.loginWithCode(openid, '13800138000')
  token = login.token
  userId = login.userInfo.id
  account = new AccountKit(kit, openid, token)
})
afterEach(() => kit.cloud.faults.clear())

const close = () => account.call('close', { confirmed: true })
const saveTrip = (key: string, bearer = token) =>
  kit.call('trips', openid, { token: bearer, action: 'save', key, city: '杭州', days: 3 })

/** Every document of the database and its collection, that says this anywhere. */
function traces(text: string): string[] {
  return kit.cloud.database.collections().flatMap(({ name }) =>
    kit
      .documents(name)
      .filter((document) => JSON.stringify(document).includes(text))
      .map(() => name),
  )
}

it('deletes user, trips, picture and sessions, and takes the identity out of the records', async () => {
  await saveTrip('first-trip')
  const avatar = await account.setAvatar()
  await account.upload()
  const rows = kit.documents('audit_logs').length
  expect(verdict(await close())).toBe('200')
  expect(traces(userId)).toEqual([])
  expect(traces(openid)).toEqual([])
  expect(fileExists(kit, avatar)).toBe(false)
  expect(kit.documents('audit_logs')).toHaveLength(rows + 1)
  expect(
    JSON.stringify(kit.documents('audit_logs').filter(({ act }) => act === 'account.close')),
  ).not.toContain('127.0.0.1')
})

it('keeps who did what when in the acts of administrators, and nothing that names the user', async () => {
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
  account = new AccountKit(kit, openid, succeeded(await kit.login(openid, {})).token)
  expect(verdict(await close())).toBe('200')
  expect(acts()).toEqual(before.map(kept))
  expect(traces(userId)).toEqual([])
  expect(traces(openid)).toEqual([])
})

it('needs a yes', async () => {
  expect(verdict(await account.call('close'))).toBe('400 BAD_REQUEST')
  expect(verdict(await account.call('close', { confirmed: 'true' }))).toBe('400 BAD_REQUEST')
  expect(verdict(await kit.checkToken(openid, { token }))).toBe('200')
})

it('kills every older token at the next call, and lets the person register again at once, as new', async () => {
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
  { action: 'database.modifyDocument', target: 'audit_logs' },
  { action: 'storage.batchDeleteFile' },
  { action: 'database.removeDocument', target: 'avatars' },
  { action: 'database.removeDocument', target: 'users' },
]

it.each(STEPS)(
  'that breaks off at $action $target is dead at once, and a second call finishes it',
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
  'that breaks off at $action $target is finished by the next login, as somebody new',
  async (step) => {
    await saveTrip('first-trip')
    const avatar = await account.setAvatar()
    kit.cloud.faults.add({ ...step, answer: { kind: 'reset' }, times: 1 })
    await close()
    const again = await kit.loginWithCode(openid)
    expect(again.isNewUser).toBe(true)
    expect(fileExists(kit, avatar)).toBe(false)
    expect(traces(userId).filter((name) => name !== 'users' && name !== 'audit_logs')).toEqual([])
    expect(await kit.acts(openid)).toEqual(['login', 'consent'])
  },
)

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

it('asked for twice at once is done once and harms nothing', async () => {
  await saveTrip('first-trip')
  const verdicts = (await Promise.all([close(), close()])).map(verdict)
  expect(verdicts).toContain('200')
  expect(traces(userId)).toEqual([])
})
