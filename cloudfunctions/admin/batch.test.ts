import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BatchData, EndSessionsData } from '../../contract/admin.ts'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { CloudKit, succeeded, verdict } from '../../test/support/cloud-kit.ts'

const reason = '活动作弊，工单 1024'
const NOBODY = `u_${'x'.repeat(22)}`
let kit: CloudKit
let round = 0
let people: { openid: string; userId: string; token: string }[]

beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())
beforeEach(async () => {
  kit.cloud.faults.clear()
  round += 1
  people = []
  for (let number = 0; number < 4; number++) {
    const openid = `oPerson-${round}-${number}`
    const login = await kit.loginWithCode(openid, `1380013${round}0${number}`.padEnd(11, '0'))
    people.push({ openid, userId: login.userInfo.id, token: login.token })
  }
})

const admin = <Data>(fields: object) => {
  const token = makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now())
  return kit.call<Data>('admin', undefined, { token, reason, ...fields })
}
const ids = () => people.map(({ userId }) => userId)
const batch = (fields: object) => admin<BatchData>({ action: 'batch', userIds: ids(), ...fields })
const rows = (act: string, userId?: string) =>
  kit
    .documents('audit_logs')
    .filter((row) => row['act'] === act && (userId === undefined || row['userId'] === userId))
const checks = () =>
  Promise.all(people.map(async ({ openid, token }) => verdict(await kit.checkToken(openid, { token }))))
const resultsOf = ({ results }: BatchData) => results.map(({ result }) => result)

describe('endSessions', () => {
  it('logs a person out everywhere, with a record before it is done', async () => {
    const [{ userId, openid, token } = { userId: '', openid: '', token: '' }] = people
    const fault = { action: 'database.modifyDocument', target: 'users', answer: { kind: 'reset' } } as const
    kit.cloud.faults.add({ ...fault, times: 1 })
    expect(verdict(await admin({ action: 'endSessions', userId }))).toBe('503 DATABASE_UNAVAILABLE')
    expect(rows('admin.endSessions', userId)).toMatchObject([{ outcome: 'begun', by: 'admin:alice', reason }])
    const { user, ended } = succeeded(await admin<EndSessionsData>({ action: 'endSessions', userId }))
    expect({ ended, sessions: user.sessions, status: user.status }).toEqual({
      ended: 1,
      sessions: 0,
      status: 'active',
    })
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('403 SESSION_REVOKED')
    expect(verdict(await kit.login(openid, {}))).toBe('200')
    expect(rows('admin.endSessions', userId).at(-1)).toMatchObject({ outcome: 'done' })
  })

  it('needs a reason, and a person who is not being closed', async () => {
    const [userId] = ids()
    expect(verdict(await admin({ action: 'endSessions', userId, reason: ' ' }))).toBe('400 BAD_REQUEST')
    expect(verdict(await admin({ action: 'endSessions', userId: NOBODY }))).toBe('404 NOT_FOUND')
    const [user] = kit.users({ _id: userId })
    kit.cloud.database.putDocument('users', { ...user, _id: userId, status: 'closing' })
    expect(verdict(await admin({ action: 'endSessions', userId }))).toBe('404 NOT_FOUND')
    expect(rows('admin.endSessions', userId)).toEqual([])
  })
})

describe('a batch', () => {
  it('does the same to everybody, each with a record', async () => {
    const done = succeeded(await batch({ act: 'disable' }))
    expect(resultsOf(done)).toEqual(Array(4).fill('changed'))
    expect(done.results.map(({ userId, user }) => [userId, user?.status])).toEqual(
      ids().map((id) => [id, 'disabled']),
    )
    expect(await checks()).toEqual(Array(4).fill('403 ACCOUNT_DISABLED'))
    for (const userId of ids()) {
      expect(rows('admin.disable', userId)).toMatchObject([{ by: 'admin:alice', reason, outcome: 'done' }])
    }
    expect(resultsOf(succeeded(await batch({ act: 'disable' })))).toEqual(Array(4).fill('unchanged'))
    expect(resultsOf(succeeded(await batch({ act: 'enable' })))).toEqual(Array(4).fill('changed'))
    expect(kit.users().filter(({ status }) => status === 'disabled')).toEqual([])
  })

  it('ends the sessions of everybody', async () => {
    expect(resultsOf(succeeded(await batch({ act: 'endSessions' })))).toEqual(Array(4).fill('changed'))
    expect(await checks()).toEqual(Array(4).fill('403 SESSION_REVOKED'))
    expect(resultsOf(succeeded(await batch({ act: 'endSessions' })))).toEqual(Array(4).fill('unchanged'))
  })

  it('of a dry run changes nothing, and is recorded for each person', async () => {
    const before = kit.documents('users')
    const [first] = ids()
    const plan = succeeded(await batch({ act: 'disable', dryRun: true, userIds: [...ids(), NOBODY] }))
    expect(resultsOf(plan)).toEqual([...Array(4).fill('changed'), 'refused'])
    expect(plan.results[0]?.user).toMatchObject({ status: 'active', phone: expect.stringContaining('****') })
    expect(kit.documents('users')).toEqual(before)
    expect(rows('admin.disable', first)).toEqual([])
    expect(rows('admin.find', first)).toMatchObject([{ detail: 'batch disable', reason }])
  })

  it('does the others when one person is unknown, damaged, or the database fails for one', async () => {
    const [first = '', second = ''] = ids()
    const [user] = kit.users({ _id: first })
    kit.cloud.database.putDocument('users', { ...user, _id: first, createdAt: 'yesterday' })
    kit.cloud.faults.add({
      action: 'database.modifyDocument',
      target: 'users',
      answer: { kind: 'reset' },
      times: 1,
    })
    const { results, left } = succeeded(await batch({ act: 'endSessions', userIds: [NOBODY, ...ids()] }))
    expect(results[0]).toEqual({ userId: NOBODY, result: 'refused', reason: 'NOT_FOUND' })
    expect(results[1]).toEqual({ userId: first, result: 'failed', reason: 'INTERNAL' })
    const failed = results.filter(({ reason: why }) => why === 'DATABASE_UNAVAILABLE')
    expect(failed).toMatchObject([{ result: 'failed' }])
    expect(results.filter(({ result }) => result === 'changed')).toHaveLength(2)
    expect(left).toEqual([])
    expect(second).not.toBe('')
    const { logs } = await kit.lastCall()
    expect(logs.map(({ text }) => text).join()).toContain('is damaged: createdAt')
  })

  it('answers before its time is over, and names whom it has not reached', async () => {
    const slow = { action: 'database.getDocument', target: 'users' } as const
    kit.cloud.faults.add({ ...slow, answer: { kind: 'slow', milliseconds: 1700 }, times: 50 })
    const userIds = Array.from({ length: 12 }, (_, number) => `u_${String(number).padStart(22, 'z')}`)
    const { results, left } = succeeded(await batch({ act: 'endSessions', userIds }))
    expect(left.length).toBeGreaterThan(0)
    expect(results.length).toBeGreaterThan(0)
    expect([...results.map(({ userId }) => userId), ...left].toSorted()).toEqual(userIds.toSorted())
  })

  it.each([
    [{ userIds: [] }],
    [{ userIds: ['u_short'] }],
    [{ userIds: [NOBODY, NOBODY] }],
    [{ userIds: Array.from({ length: 51 }, (_, number) => `u_${String(number).padStart(22, '0')}`) }],
    [{ userIds: { length: 1 } }],
    [{ act: 'reveal' }],
    [{ act: 'constructor' }],
    [{ reason: 'x' }],
    [{ dryRun: 'yes' }],
  ])('refuses %j', async (fields) => {
    expect(verdict(await batch({ act: 'disable', ...fields }))).toBe('400 BAD_REQUEST')
    expect(kit.users().every(({ status }) => status !== 'disabled')).toBe(true)
  })
})
