import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AuditRecord, RecordsData, ShowUserData } from '../../contract/admin-look.ts'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { CloudKit, succeeded, verdict } from '../../test/support/cloud-kit.ts'
import { TestUser } from '../../test/support/test-user.ts'

const PHONE = '13800138000'
const OPENID = 'oPerson-of-the-records'
const IP = '203.0.113.77'
let kit: CloudKit
let userId: string
let user: TestUser

beforeAll(async () => {
  kit = await CloudKit.start()
  const login = await kit.loginWithCode(OPENID, PHONE)
  userId = login.userInfo.id
  user = new TestUser(kit, OPENID, login.token)
})
afterAll(() => kit.stop())
beforeEach(() => kit.cloud.faults.clear())

const token = () => makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now(), ['look'])
const admin = <Data>(fields: object) => kit.call<Data>('admin', undefined, { token: token(), ...fields })
const show = (fields: object = {}) => admin<ShowUserData>({ action: 'show', userId, ...fields })
const records = (fields: object) => admin<RecordsData>({ action: 'records', ...fields })

async function all(filters: object): Promise<AuditRecord[]> {
  const found: AuditRecord[] = []
  let next: { cursor?: string } = {}
  do {
    const page = succeeded(await records({ ...filters, ...next }))
    found.push(...page.records)
    next = page.nextCursor === undefined ? {} : { cursor: page.nextCursor }
  } while (next.cursor !== undefined)
  return found
}

describe('show', () => {
  it('has sessions, records and files of a person, and no number, openid or address', async () => {
    await user.setAvatar()
    await user.upload()
    kit.cloud.database.putDocument('audit_logs', {
      _id: 'with-address',
      at: new Date(kit.cloud.clock.now()),
      act: 'session.end',
      userId,
      by: 'user',
      from: { source: 'wx_client', ip: IP },
      outcome: 'done',
    })
    const answer = await show()
    const { user: shown, sessions, records: entries, files } = succeeded(answer)
    expect(shown).toMatchObject({ userId, phone: '138****8000', sessions: 1 })
    expect(sessions).toMatchObject([{ model: expect.any(String), expiresAt: expect.stringMatching(/Z$/) }])
    expect(entries.map(({ act }) => act)).toEqual(expect.arrayContaining(['login', 'consent', 'session.end']))
    expect(files.filter(({ isProfilePicture }) => isProfilePicture)).toHaveLength(1)
    expect(files.length).toBeGreaterThan(1)
    for (const secret of [PHONE, OPENID, IP]) expect(JSON.stringify(answer)).not.toContain(secret)
  })

  it('is recorded under the person, and not answered without a record', async () => {
    await show({ reason: '用户来电' })
    const rows = kit.documents('audit_logs').filter(({ act }) => act === 'admin.show')
    expect(rows.at(-1)).toMatchObject({ by: 'admin:alice', userId, reason: '用户来电', outcome: 'done' })
    const write = {
      action: 'database.insertDocument',
      target: 'audit_logs',
      answer: { kind: 'reset' },
    } as const
    kit.cloud.faults.add({ ...write, times: 1 })
    expect(verdict(await show())).toBe('503 DATABASE_UNAVAILABLE')
  })

  it('knows nobody by an unknown id', async () => {
    expect(verdict(await show({ userId: `u_${'x'.repeat(22)}` }))).toBe('404 NOT_FOUND')
  })
})

describe('records', () => {
  const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
  /** Midnight in China. */
  const MIDNIGHT = Date.parse('2026-03-01T00:00:00+08:00')

  beforeAll(() => {
    for (let number = 0; number < 240; number++) {
      kit.cloud.database.putDocument('audit_logs', {
        _id: `made-${number}`,
        // Several of one millisecond.
        at: new Date(MIDNIGHT + Math.floor(number / 4) * (DAY_MILLISECONDS / 20)),
        act: number % 3 === 0 ? 'phone.change' : 'account.export',
        userId: number % 2 === 0 ? userId : `u_${'y'.repeat(22)}`,
        by: 'user',
        outcome: 'done',
      })
    }
  })

  const made = (matches: (number: number) => boolean) =>
    Array.from({ length: 240 }, (_, number) => number)
      .filter(matches)
      .map((number) => `made-${number}`)
      .toSorted()

  it.each([
    [{ act: 'phone.change' }, (n: number) => n % 3 === 0],
    [{ day: '2026-03-01' }, (n: number) => n < 80],
    [{ day: '2026-03-02' }, (n: number) => n >= 80 && n < 160],
    [{ day: '2026-03-04' }, () => false],
    [{ act: 'account.export', day: '2026-03-03' }, (n: number) => n % 3 !== 0 && n >= 160],
  ])('has all of %j, newest first, once', async (filters, matches) => {
    const found = await all(filters)
    expect(found.map(({ id }) => id).toSorted()).toEqual(made(matches))
    const times = found.map(({ at }) => at)
    expect(times).toEqual(times.toSorted().reverse())
  })

  it.each([
    [{}, (n: number) => n % 2 === 0],
    [{ act: 'phone.change' }, (n: number) => n % 6 === 0],
    [{ day: '2026-03-02' }, (n: number) => n % 2 === 0 && n >= 80 && n < 160],
  ])('has all of one person of %j, and goes on where show stopped', async (filters, matches) => {
    const ids = (await all({ ...filters, userId })).map(({ id }) => id)
    expect(ids.filter((id) => id.startsWith('made-')).toSorted()).toEqual(made(matches))
    const { records: first, recordsCursor } = succeeded(await show())
    const rest = await all({ userId, cursor: recordsCursor })
    expect(new Set([...first, ...rest].map(({ id }) => id)).size).toBe(first.length + rest.length)
  })

  it('is recorded with its filters, and not answered without a record', async () => {
    await records({ act: 'login', day: '2026-03-01', userId, reason: '核对' })
    const rows = kit.documents('audit_logs').filter(({ act }) => act === 'admin.records')
    expect(rows.at(-1)).toMatchObject({
      by: 'admin:alice',
      userId,
      detail: 'login 2026-03-01',
      reason: '核对',
    })
    kit.cloud.faults.add({
      action: 'database.insertDocument',
      target: 'audit_logs',
      answer: { kind: 'reset' },
      times: 1,
    })
    expect(verdict(await records({}))).toBe('503 DATABASE_UNAVAILABLE')
  })

  it('entries that clients wrote hide no other one', async () => {
    const later = new Date(kit.cloud.clock.now() + DAY_MILLISECONDS)
    for (let number = 0; number < 120; number++) {
      const forged = {
        _id: `forged-${number}`,
        _openid: 'oMallory',
        act: 'admin.reveal',
        at: later,
        by: 'admin:bob',
      }
      kit.cloud.database.putDocument('audit_logs', forged)
    }
    const { records: none, unreadable, nextCursor } = succeeded(await records({}))
    expect({ none, unreadable }).toEqual({ none: [], unreadable: 50 })
    expect(nextCursor).toBeDefined()
    expect((await all({})).length).toBeGreaterThan(240)
    for (let number = 0; number < 120; number++)
      kit.cloud.database.removeDocument('audit_logs', `forged-${number}`)
  })

  it.each([
    [{ day: '2026-02-30x' }],
    [{ day: '2026-13-01' }],
    [{ act: '$ne' }],
    [{ act: { $ne: '' } }],
    [{ userId: 'u_short' }],
    [{ cursor: 'x' }],
    [{ cursor: '99999999999999999.x' }],
    [{ cursor: { $gt: '' } }],
  ])('refuses %j', async (fields) => {
    expect(verdict(await records(fields))).toBe('400 BAD_REQUEST')
  })
})
