import { beforeEach, describe, expect, it } from 'vitest'
import type { FindUserData } from '../../contract/admin.ts'
import type { AdminUser } from '../../contract/admin-look.ts'
import type { ImportUsersData } from '../../contract/import-users.ts'
import { makeAdminToken, openSealedPhone } from '../../scripts/lib/admin/admin-token.ts'
import { oldIdOf, oldPerson, openidOf, phoneOf } from '../../test/import/old-people.ts'
import { CONSENT, succeeded, verdict } from '../../test/support/cloud-kit.ts'
import { useCloud } from '../../test/support/use-cloud.ts'

const FROM = 'old_users'
const APPID = 'wx0000000000local'
const consent = { version: CONSENT }
const cloud = useCloud()

beforeEach(() => {
  const { database } = cloud.kit.cloud
  if (!database.collections().some(({ name }) => name === FROM)) database.createCollection(FROM, 'PRIVATE')
  for (const name of ['users', 'audit_logs', 'closed_accounts', FROM]) {
    for (const { _id } of database.documents(name, { limit: 1000 })) database.removeDocument(name, _id)
  }
})

const put = (document: object) => cloud.kit.cloud.database.putDocument(FROM, { ...document })
const admin = <Data>(fields: object) => {
  const token = makeAdminToken(cloud.kit.variables, 'alice', cloud.kit.cloud.clock.now())
  return cloud.kit.call<Data>('admin', undefined, { token, ...fields })
}
const request = (fields: object = {}) =>
  admin<ImportUsersData>({ action: 'import', from: FROM, appid: APPID, reason: '迁移旧用户', ...fields })
const importAll = async (fields: object = {}) => succeeded(await request(fields))
const userOf = (number: number) => cloud.kit.users().find(({ openid }) => openid === openidOf(number))

describe('an import', () => {
  it('adds users whom a login would find, with an unverified number and without consent', async () => {
    put(oldPerson(1))
    expect(await importAll()).toMatchObject({ read: 1, added: 1, existing: 0, unreadable: 0 })
    const user = userOf(1)
    expect(user).toMatchObject({
      phoneMasked: '139****0001',
      nickname: '游客1',
      status: 'active',
      consent: { version: '' },
      sessions: [],
      createdAt: new Date(Date.UTC(2023, 0, 1, 0, 1)),
      importedFrom: [oldIdOf(1)],
    })
    expect(user).not.toHaveProperty('phoneVerifiedAt')
    expect(user).not.toHaveProperty('generation')
    expect(JSON.stringify(user)).not.toContain(phoneOf(1))
    const { login } = cloud.kit
    expect(verdict(await login.call(cloud.kit, openidOf(1), {}))).toBe('400 CONSENT_REQUIRED')
    const { userInfo, isNewUser } = succeeded(await cloud.kit.login(openidOf(1), { consent }))
    expect({ userInfo, isNewUser }).toEqual({
      userInfo: { id: user?.['_id'], phone: '139****0001', nickname: '游客1', avatar: expect.any(String) },
      isNewUser: false,
    })
    expect(verdict(await cloud.kit.login(openidOf(1), {}))).toBe('200')
  })

  it('leaves a user who has logged in since as they are, however often it is run', async () => {
    put(oldPerson(1))
    put(oldPerson(2))
    await cloud.kit.loginWithCode(openidOf(2), '13800138000')
    await importAll()
    succeeded(await cloud.kit.login(openidOf(1), { consent }))
    put(oldPerson(1, { mobile: '13700137000', nickName: '别人', createTime: new Date() }))
    const before = cloud.kit.users()
    expect(await importAll()).toMatchObject({ read: 2, added: 0, existing: 2, older: 0 })
    expect(cloud.kit.users()).toEqual(before)
    expect(userOf(2)).toMatchObject({ phoneMasked: '138****8000', nickname: '旅行者' })
  })

  it('becomes a verified number with the next authorization', async () => {
    put(oldPerson(1))
    await importAll()
    const phoneCode = await cloud.kit.phoneCode(openidOf(1), phoneOf(1))
    const { userInfo } = succeeded(await cloud.kit.login(openidOf(1), { phoneCode, consent }))
    expect(userInfo.phoneVerifiedAt).toEqual(expect.any(Number))
    const { users } = succeeded(await admin<FindUserData>({ action: 'find', phone: phoneOf(1) }))
    expect(users).toMatchObject([{ phoneVerifiedAt: expect.any(String), imported: true }])
  })

  it('takes the newer of two documents of one person and keeps both ids, in one call or two', async () => {
    const older = oldPerson(1, { _id: 'a1', createTime: new Date('2023-01-01'), nickName: '旧' })
    const newer = oldPerson(1, {
      _id: 'b1',
      createTime: new Date('2024-01-01'),
      nickName: '新',
      mobile: '13700137000',
    })
    put(older)
    put(newer)
    expect(await importAll()).toMatchObject({ read: 2, added: 1, older: 1 })
    const both = { nickname: '新', phoneMasked: '137****7000', importedFrom: ['a1', 'b1'] }
    expect(userOf(1)).toMatchObject(both)
    cloud.kit.cloud.database.removeDocument('users', userOf(1)?.['_id'])
    cloud.kit.cloud.database.removeDocument(FROM, 'b1')
    await importAll()
    expect(userOf(1)).toMatchObject({ nickname: '旧', importedFrom: ['a1'] })
    put(newer)
    expect(await importAll()).toMatchObject({ read: 2, added: 0, existing: 0, older: 2 })
    expect(userOf(1)).toMatchObject(both)
    const before = userOf(1)
    expect(await importAll()).toMatchObject({ existing: 1, older: 1 })
    expect(userOf(1)).toEqual(before)
  })

  it('goes on page by page to the end, and a dry run writes nothing', async () => {
    for (let number = 1; number <= 130; number++) put(oldPerson(number))
    put(oldPerson(131, { _id: 7 }))
    put({ _id: 'zz', nickName: '没有 openid' })
    let sum = { read: 0, added: 0, unreadable: 0 }
    let after: { after?: string } = {}
    let calls = 0
    const walk = async (fields: object) => {
      sum = { read: 0, added: 0, unreadable: 0 }
      after = {}
      do {
        const { read, added, unreadable, next } = await importAll({ ...fields, ...after })
        sum = { read: sum.read + read, added: sum.added + added, unreadable: sum.unreadable + unreadable }
        after = next === undefined ? {} : { after: next }
        calls += 1
        if (next !== undefined) expect(next).not.toContain('c0ffee')
      } while (after.after !== undefined)
      return sum
    }
    // So slow that one call does not read them all.
    await cloud.kit.control.post('latency', { milliseconds: 600 })
    expect(await walk({ dryRun: true })).toEqual({ read: 132, added: 131, unreadable: 1 })
    expect(calls).toBeGreaterThan(1)
    await cloud.kit.control.post('latency', { milliseconds: 0 })
    expect(cloud.kit.users()).toEqual([])
    expect(await walk({})).toEqual({ read: 132, added: 131, unreadable: 1 })
    expect(cloud.kit.cloud.database.documents('users', { limit: 1000 })).toHaveLength(131)
    expect(await walk({})).toEqual({ read: 132, added: 0, unreadable: 1 })
  })

  it('that breaks off at any request is finished by running it again', async () => {
    for (let number = 1; number <= 3; number++) put(oldPerson(number))
    put(oldPerson(4, { _id: 'd4', _openid: openidOf(3), createTime: new Date('2024-01-01') }))
    await importAll()
    const { roundTrips } = await cloud.kit.lastCall()
    const byId = () => new Map(cloud.kit.users().map((user) => [user['_id'], user]))
    const whole = byId()
    expect(whole.size).toBe(3)
    const { database, faults } = cloud.kit.cloud
    for (const kind of ['reset', 'reset-after'] as const) {
      for (const [place, { action, target }] of roundTrips.entries()) {
        for (const { _id } of cloud.kit.users()) database.removeDocument('users', _id)
        const operation = roundTrips
          .slice(0, place + 1)
          .filter((trip) => trip.action === action && trip.target === target).length
        faults.add({ action, target, operation, answer: { kind }, times: 1 })
        await request()
        faults.clear()
        await importAll()
        expect(byId()).toEqual(whole)
      }
    }
  })

  it('does not bring back a person who has just closed their account', async () => {
    put(oldPerson(1))
    const { token } = await cloud.kit.loginWithCode(openidOf(1))
    succeeded(await cloud.kit.call('account', openidOf(1), { token, action: 'close', confirmed: true }))
    expect(await importAll()).toMatchObject({ read: 1, added: 0, closed: 1 })
    expect(userOf(1)).toBeUndefined()
  })

  it('records who imported what', async () => {
    put(oldPerson(1))
    await importAll()
    expect(cloud.kit.documents('audit_logs')).toMatchObject([
      {
        act: 'admin.import',
        by: 'admin:alice',
        detail: 'old_users: 1 added of 1',
        reason: '迁移旧用户',
        outcome: 'done',
      },
    ])
  })

  it('answers and logs no number, openid and id that may be one', async () => {
    put(oldPerson(1, { _id: '13900000001' }))
    put({ _id: openidOf(2), mobile: phoneOf(2) })
    put(oldPerson(3, { _openid: '没有' }))
    put(oldPerson(4, { _id: `user_${phoneOf(4)}` }))
    const printed = cloud.kit.printedFromNow()
    const answer = succeeded(await request())
    expect(answer).toMatchObject({ added: 2, unreadable: 2 })
    const said = JSON.stringify([answer, printed, cloud.kit.documents('audit_logs')])
    for (const text of [phoneOf(1), phoneOf(2), openidOf(1), openidOf(2), '没有'])
      expect(said).not.toContain(text)
    expect(answer.unreadableDocuments).toEqual([
      { id: expect.stringMatching(/^(hmac:|c0ffee)/), reason: 'OPENID_INVALID' },
      { id: expect.stringMatching(/^hmac:/), reason: 'OPENID_MISSING' },
    ])
    for (const [number, oldId] of [
      [1, phoneOf(1)],
      [4, `user_${phoneOf(4)}`],
    ] as const) {
      expect(JSON.stringify(userOf(number))).not.toContain(phoneOf(number))
      const { users } = succeeded(await admin<FindUserData>({ action: 'find', oldId }))
      expect(users.map(({ userId }: AdminUser) => userId)).toEqual([userOf(number)?.['_id']])
    }
  })

  it('stores the number encrypted for the user', async () => {
    put(oldPerson(1))
    await importAll()
    const reveal = { action: 'reveal', userId: userOf(1)?.['_id'], reason: '核实' }
    const { sealedPhone } = succeeded(await admin<{ sealedPhone: string }>(reveal))
    expect(openSealedPhone(cloud.kit.variables, sealedPhone)).toBe(`+86${phoneOf(1)}`)
  })
})

describe('an import is refused', () => {
  it.each([
    ['400 BAD_REQUEST', { from: 'users' }],
    ['400 BAD_REQUEST', { from: 'trips' }],
    ['400 BAD_REQUEST', { from: 'a b' }],
    ['400 BAD_REQUEST', { appid: '' }],
    ['400 BAD_REQUEST', { reason: undefined }],
    ['400 BAD_REQUEST', { after: 'k1.x.y' }],
    ['400 BAD_REQUEST', { fields: { phone: { $ne: '' } } }],
    ['400 BAD_REQUEST', { fields: { phone: '$where' } }],
    ['400 BAD_REQUEST', { fields: { phone: '.phone' } }],
    ['404 NOT_FOUND', { from: 'nothing_here' }],
  ])('%s for %j', async (expected, fields) => {
    expect(verdict(await request(fields))).toBe(expected)
  })

  it('for an id that no position leads to, which would be left out in silence', async () => {
    for (let number = 1; number <= 51; number++) put(oldPerson(number))
    put(oldPerson(52, { _id: { shop: 1 } }))
    expect(verdict(await request())).toBe('400 BAD_REQUEST')
    expect(cloud.kit.users()).toEqual([])
  })

  it('for an appid that the present users do not have', async () => {
    put(oldPerson(1))
    await cloud.kit.loginWithCode('oSomebody')
    expect(verdict(await request({ appid: 'wx1234567890abcdef' }))).toBe('400 BAD_REQUEST')
    expect(userOf(1)).toBeUndefined()
    expect(await importAll()).toMatchObject({ added: 1 })
  })
})
