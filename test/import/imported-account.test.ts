import { afterEach, expect, it } from 'vitest'
import type { FindUserData, StatsData } from '../../contract/admin.ts'
import { CONSENT, succeeded, verdict } from '../support/cloud-kit.ts'
import { TestUser } from '../support/test-user.ts'
import { useCloud } from '../support/use-cloud.ts'
import { oldIdOf, oldPerson, openidOf, phoneOf } from './old-people.ts'

const FROM = 'old_users'
const cloud = useCloud()
let people = 0

/** Somebody who was imported, in the cloud of the file. */
async function importedUser(change: object = {}): Promise<TestUser> {
  const { kit } = cloud
  const { database } = kit.cloud
  people += 1
  if (people === 1) database.createCollection(FROM, 'PRIVATE')
  database.putDocument(FROM, oldPerson(people, { ...change }))
  const user = new TestUser(kit, openidOf(people))
  const request = { action: 'import', from: FROM, appid: kit.cloud.appid, reason: '迁移旧用户' }
  await user.asAdmin({ ...request, token: user.adminToken() })
  return user
}
afterEach(() => {
  for (const { _id } of cloud.kit.documents(FROM)) cloud.kit.cloud.database.removeDocument(FROM, _id)
})

async function agree(user: TestUser): Promise<void> {
  user.token = succeeded(await cloud.kit.login(user.openid, { consent: { version: CONSENT } })).token
}

const cleanup = () => cloud.kit.control.post('timer', { function: 'cleanup' })

it('the timer leaves people who have never logged in as they are', async () => {
  const user = await importedUser()
  const before = user.document()
  for (let hour = 0; hour < 3; hour++) {
    const { result } = await cleanup()
    expect(result).toMatchObject({ code: 200 })
    await cloud.kit.control.post('clock', { advanceSeconds: 60 * 60 })
  }
  expect(user.document()).toEqual(before)
})

it('an administrator finds, counts, disables and enables them', async () => {
  const user = await importedUser()
  const { userId } = user
  const admin = async <Data>(fields: object) =>
    succeeded(await user.call<Data>('admin', { token: user.adminToken(), ...fields }, { by: 'console' }))
  const { users } = await admin<FindUserData>({ action: 'find', phone: phoneOf(people) })
  expect(users).toMatchObject([{ userId, imported: true, sessions: 0, loginCount: 0 }])
  expect(users[0]).not.toHaveProperty('phoneVerifiedAt')
  expect(await admin<StatsData>({ action: 'stats' })).toMatchObject({ users: people, loggedIn: { month: 0 } })
  await admin({ action: 'disable', userId, reason: '核实' })
  expect(verdict(await cloud.kit.login(user.openid, { consent: { version: CONSENT } }))).toBe(
    '403 ACCOUNT_DISABLED',
  )
  await admin({ action: 'enable', userId, reason: '核实' })
  await agree(user)
})

it('somebody whom the old app had locked out is disabled', async () => {
  const { kit } = cloud
  const user = await importedUser()
  kit.cloud.database.removeDocument('users', user.userId)
  kit.cloud.database.putDocument(FROM, oldPerson(people, { blocked: true }))
  const request = { action: 'import', from: FROM, appid: kit.cloud.appid, reason: '迁移旧用户' }
  await user.asAdmin({ ...request, fields: { disabled: 'blocked' }, token: user.adminToken() })
  expect(verdict(await kit.login(user.openid, {}))).toBe('403 ACCOUNT_DISABLED')
})

it('they export their data, change the number, which is verified then, and close the account', async () => {
  const user = await importedUser()
  await agree(user)
  const exported = await user.export()
  expect(exported.uncovered).toMatchObject({ openid: user.openid, phone: `+86${phoneOf(people)}` })
  expect(exported.account).not.toHaveProperty('phoneVerifiedAt')
  expect(exported.omitted).toContainEqual(expect.objectContaining({ what: '旧版账号的编号和更新时间' }))
  expect(JSON.stringify(exported.omitted)).not.toContain('importedFrom')
  const phoneCode = user.newPhoneCode()
  const { userInfo } = succeeded(await user.account<{ userInfo: object }>('changePhone', { phoneCode }))
  expect(userInfo).toMatchObject({ phone: '139****9000', phoneVerifiedAt: expect.any(Number) })
  succeeded(await user.account('close', { confirmed: true }))
  expect(user.documents()).toEqual([])
  expect(verdict(await cloud.kit.login(user.openid, {}))).toBe('404 PHONE_REQUIRED')
})

it('their tokens are checked like anybody’s: an ended session is refused', async () => {
  const user = await importedUser()
  await agree(user)
  const { token } = user
  expect(verdict(await cloud.kit.checkToken(user.openid, { token }))).toBe('200')
  succeeded(await user.call('logout', { token, scope: 'all' }))
  expect(verdict(await cloud.kit.checkToken(user.openid, { token }))).toBe('403 SESSION_REVOKED')
})

it('what has moved to one of them stays when the import is run again, and old ids lead there', async () => {
  const { kit } = cloud
  const old = await importedUser()
  const oldId = oldIdOf(people)
  old.phoneNumber = '13800138000'
  await old.logIn()
  const next = await importedUser()
  const admin = (fields: object) =>
    next.asAdmin({ ...fields, reason: '本人换微信号', token: next.adminToken() })
  await admin({ action: 'transfer', from: old.userId, to: next.userId })
  const before = next.document()
  expect(before).toMatchObject({ phoneMasked: '138****8000', phoneVerifiedAt: expect.any(Date) })
  const newer = { _id: 'newer', mobile: '13700137000', nickName: '别人', createTime: new Date() }
  kit.cloud.database.putDocument(FROM, oldPerson(people, newer))
  await admin({ action: 'import', from: FROM, appid: kit.cloud.appid })
  const { phoneMasked, phoneVerifiedAt, nickname } = before
  expect(next.document()).toMatchObject({ phoneMasked, phoneVerifiedAt, nickname })
  const { users } = succeeded(
    await next.call<FindUserData>(
      'admin',
      { action: 'find', oldId, token: next.adminToken() },
      { by: 'console' },
    ),
  )
  expect(users.map(({ userId }) => userId)).toEqual([next.userId])
})
