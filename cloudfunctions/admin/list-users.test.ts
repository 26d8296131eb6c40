import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AdminUser, ListUsersData } from '../../contract/admin-look.ts'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { CloudKit, succeeded, verdict } from '../../test/support/cloud-kit.ts'

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
const START = Date.parse('2026-01-01T00:00:00Z')
const MODELS = ['iPhone 15 Pro<iPhone16,1>', 'Mi 14', 'HUAWEI Mate 60']
const NICKNAMES = ['微信用户', '小明', '小明明', '小红', 'Xiaoming', '']
const PEOPLE = 300

let kit: CloudKit

beforeAll(async () => {
  kit = await CloudKit.start()
  const { userInfo } = await kit.loginWithCode('oTemplate')
  const [template] = kit.users({ _id: userInfo.id })
  kit.cloud.database.removeDocument('users', userInfo.id)
  for (let number = 0; number < PEOPLE; number++)
    kit.cloud.database.putDocument('users', person(template ?? {}, number))
})
afterAll(() => kit.stop())
beforeEach(() => kit.cloud.faults.clear())

const idOf = (number: number) => `u_${String(number).padStart(22, '0')}`

/** Several have the same nickname, and several came in the same millisecond. */
function person(template: object, number: number) {
  const at = new Date(START + Math.floor(number / 3) * DAY_MILLISECONDS)
  const [session] = (template as { sessions: object[] }).sessions
  const models = number % 5 === 0 ? MODELS.slice(0, 2) : [MODELS[number % 3] ?? '']
  const sessions = models.map((model, place) => ({
    ...session,
    id: `s${place}`,
    device: { model, platform: 'x' },
  }))
  return {
    ...template,
    _id: idOf(number),
    openid: `oPerson-${number}`,
    nickname: NICKNAMES[number % NICKNAMES.length],
    status: number % 50 === 7 ? 'disabled' : 'active',
    sessions: number % 4 === 3 ? [] : sessions,
    createdAt: at,
    ...(number % 10 === 9
      ? { lastLoginAt: undefined }
      : { lastLoginAt: new Date(at.getTime() + 1000 * number) }),
  }
}

const token = () => makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now(), ['look'])
const list = (fields: object) =>
  kit.call<ListUsersData>('admin', undefined, { token: token(), action: 'list', ...fields })

async function all(filters: object, limit = 40): Promise<AdminUser[]> {
  const found: AdminUser[] = []
  let next: { cursor?: string } = {}
  do {
    const { users, nextCursor } = succeeded(await list({ ...filters, limit, ...next }))
    found.push(...users)
    expect(users.length).toBeLessThanOrEqual(limit)
    next = nextCursor === undefined ? {} : { cursor: nextCursor }
  } while (next.cursor !== undefined)
  return found
}

const iso = (day: number) => new Date(START + day * DAY_MILLISECONDS).toISOString()
const everybody = () => Array.from({ length: PEOPLE }, (_, number) => number)

const FILTERS: readonly (readonly [filters: object, matches: (number: number) => boolean])[] = [
  [{}, () => true],
  [{ nickname: '小明' }, (n) => n % 6 === 1 || n % 6 === 2],
  [{ nickname: '小' }, (n) => [1, 2, 3].includes(n % 6)],
  [{ nickname: '微信用户' }, (n) => n % 6 === 0],
  [{ nickname: 'xiao' }, () => false],
  [{ status: 'disabled' }, (n) => n % 50 === 7],
  [{ status: 'active' }, (n) => n % 50 !== 7],
  [{ device: MODELS[1] }, (n) => n % 4 !== 3 && (n % 5 === 0 || n % 3 === 1)],
  [{ createdFrom: iso(10), createdBefore: iso(12) }, (n) => n >= 30 && n < 36],
  [{ lastLoginFrom: iso(50) }, (n) => n % 10 !== 9 && Math.floor(n / 3) * 86_400 + n >= 50 * 86_400],
  [{ lastLoginBefore: iso(5) }, (n) => n % 10 !== 9 && Math.floor(n / 3) * 86_400 + n < 5 * 86_400],
  [{ nickname: '小', status: 'disabled' }, (n) => n % 50 === 7 && [1, 2, 3].includes(n % 6)],
  [{ device: MODELS[0], nickname: 'X' }, (n) => n % 4 !== 3 && (n % 5 === 0 || n % 3 === 0) && n % 6 === 4],
  [{ status: 'active', lastLoginFrom: iso(90) }, (n) => n >= 270 && n % 50 !== 7 && n % 10 !== 9],
  [{ status: 'disabled', lastLoginFrom: iso(0), createdFrom: iso(20) }, (n) => n % 50 === 7 && n >= 60],
]

describe('a list of users', () => {
  it.each(FILTERS)('has everybody who matches %j, once, over all pages', async (filters, matches) => {
    const found = (await all(filters)).map(({ userId }) => userId)
    expect(found.toSorted()).toEqual(everybody().filter(matches).map(idOf))
    expect((await all(filters, 7)).map(({ userId }) => userId)).toEqual(found)
  })

  it('comes newest first, by nickname, or by the latest login', async () => {
    const times = (users: AdminUser[], field: 'createdAt' | 'lastLoginAt') => users.map((user) => user[field])
    const newest = times(await all({}), 'createdAt')
    expect(newest).toEqual(newest.toSorted().reverse())
    const latest = times(await all({ lastLoginFrom: iso(0) }), 'lastLoginAt')
    expect(latest).toEqual(latest.toSorted().reverse())
    const names = (await all({ nickname: '小' })).map(({ nickname }) => nickname)
    expect(names).toEqual(names.toSorted())
  })

  it('has masked numbers, devices, and no openid', async () => {
    const answer = await list({ nickname: '微信用户', limit: 5 })
    const { users } = succeeded(answer)
    expect(users[0]).toMatchObject({
      phone: expect.stringContaining('****'),
      status: 'active',
      imported: false,
    })
    expect(users.every(({ devices, sessions }) => (devices.length === 0) === (sessions === 0))).toBe(true)
    expect(JSON.stringify(answer)).not.toContain('oPerson')
  })

  it('is recorded with the names of its filters before it is answered, and not answered without a record', async () => {
    await list({ nickname: '小', status: 'active', reason: '核对名单' })
    expect(
      kit
        .documents('audit_logs')
        .filter(({ act }) => act === 'admin.list')
        .at(-1),
    ).toMatchObject({
      by: 'admin:alice',
      detail: 'nickname, status',
      reason: '核对名单',
      outcome: 'done',
    })
    kit.cloud.faults.add({ target: 'audit_logs', answer: { kind: 'reset' }, times: 1 })
    expect(verdict(await list({}))).toBe('503 DATABASE_UNAVAILABLE')
  })

  it('leaves out documents that cannot be read or that a client wrote, and says how many', async () => {
    const { database } = kit.cloud
    const [one] = kit.users({ _id: idOf(0) })
    const late = new Date(START + 9000 * DAY_MILLISECONDS)
    database.putDocument('users', { ...one, _id: 'forged', _openid: 'oMallory', createdAt: late })
    database.putDocument('users', { ...one, _id: 'damaged', status: 'unknown', createdAt: late })
    const { users, unreadable } = succeeded(await list({ limit: 3 }))
    expect(unreadable).toBe(2)
    expect(users).toHaveLength(3)
    expect(await all({})).toHaveLength(PEOPLE)
    for (const id of ['forged', 'damaged']) database.removeDocument('users', id)
  })

  it.each([
    [{ cursor: 'x' }],
    [{ cursor: Buffer.from('["createdAt",{"$gt":0},"u"]').toString('base64url') }],
    [{ cursor: Buffer.from('["createdAt",1,{"$gt":""}]').toString('base64url') }],
    [{ cursor: Buffer.from('["nickname","a","u"]').toString('base64url') }],
    [{ limit: 0 }],
    [{ limit: 201 }],
    [{ nickname: '' }],
    [{ nickname: { $gte: '' } }],
    [{ status: 'gone' }],
    [{ createdFrom: 'yesterday' }],
    [{ lastLoginBefore: 0 }],
  ])('refuses %j', async (fields) => {
    expect(verdict(await list(fields))).toBe('400 BAD_REQUEST')
  })
})
