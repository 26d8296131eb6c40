import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CloudKit } from '../../test/support/cloud-kit.ts'

const HOUR_MILLISECONDS = 60 * 60 * 1000

let kit: CloudKit
beforeEach(async () => {
  // Long enough for every task to finish on a busy machine.
  kit = await CloudKit.start({ functions: { cleanup: { timeoutSeconds: 30 } } })
})
afterEach(() => kit.stop())

interface Answer {
  due: Record<string, number>
  oldRecords: number
  forgottenAccounts: number
}

/** Runs the timer. @returns what it answers, and the alarms in its log */
async function run() {
  const { result } = (await kit.control.post('timer', { function: 'cleanup' })) as {
    result: { code: number; data: Answer }
  }
  expect(result.code).toBe(200)
  const { logs } = await kit.lastCall()
  const texts = logs.map(({ text }) => text).filter((text) => text.startsWith('{'))
  const lines = texts.map((text) => JSON.parse(text) as Record<string, unknown>)
  return { data: result.data, lines, alarms: lines.filter(({ level }) => level === 'alarm') }
}

const hoursAgo = (hours: number) => new Date(kit.cloud.clock.now() - hours * HOUR_MILLISECONDS)
const EXPIRED_HOURS = 180 * 24

function putEntries(count: number, hoursOverdue: number): void {
  const entry = { at: hoursAgo(EXPIRED_HOURS + hoursOverdue), act: 'login', by: 'user', userId: 'u_somebody' }
  for (let n = 0; n < count; n++)
    kit.cloud.database.putDocument('audit_logs', { ...entry, _id: `entry-${hoursOverdue}-${n}` })
}

/** Rows of accounts that the timer cannot read, so that they stay. */
function putDamagedAccounts(count: number): void {
  for (let n = 0; n < count; n++)
    kit.cloud.database.putDocument('closed_accounts', { _id: `damaged-${n}`, dueAt: hoursAgo(1) })
}

const stopRemoval = () =>
  kit.cloud.faults.add({ action: 'database.removeDocument', target: 'audit_logs', answer: { kind: 'reset' } })

describe('the answer and the log of a run', () => {
  it('say that nothing is left, and raise no alarm, after all was handled', async () => {
    putEntries(300, 100)
    const { data, lines, alarms } = await run()
    expect(data.oldRecords).toBe(300)
    expect(data.due).toMatchObject({ oldRecords: 0, oldCounts: 0, expiredSessions: 0, forgottenAccounts: 0 })
    expect(lines.at(-1)).toMatchObject({ level: 'info', oldRecords: 300, due: data.due })
    expect(alarms).toEqual([])
  })

  it.each([
    [1, 1],
    [99, 1],
    [100, 100],
    [1100, 1000],
  ])('say of %i documents that are left: at least %i', async (count, due) => {
    putEntries(count, 1)
    stopRemoval()
    const { data, alarms } = await run()
    expect(data.due).toMatchObject({ oldRecords: due, oldCounts: 0 })
    expect(alarms).toEqual([])
  })

  it('raise BACKLOG for a document that has waited for more than six hours', async () => {
    putEntries(1, 7)
    stopRemoval()
    const { data, alarms } = await run()
    expect(data.due['oldRecords']).toBe(1)
    expect(alarms).toMatchObject([{ alarm: 'BACKLOG', due: { oldRecords: 1 } }])
    expect(alarms[0]?.['detail']).toContain('oldRecords')
    expect(JSON.stringify(alarms)).not.toContain('u_somebody')
  })

  it.each([
    [99, []],
    [100, [{ alarm: 'BACKLOG', due: { forgottenAccounts: 100 } }]],
  ])('with %i left that are not late, after a run that handled 1: %j', async (count, expected) => {
    putDamagedAccounts(count)
    const times = { closedAt: hoursAgo(3), dueAt: hoursAgo(1) }
    kit.cloud.database.putDocument('closed_accounts', { _id: 'closed', userId: 'u_gone', ...times })
    const entry = { _id: 'of-closed', userId: 'u_gone', at: hoursAgo(4), act: 'login', by: 'user' }
    kit.cloud.database.putDocument('audit_logs', entry)
    // Somebody who has registered again, so that the entry is no orphan.
    kit.cloud.database.putDocument('users', { _id: 'u_gone', generation: 'mark.another' })
    const { data, alarms } = await run()
    expect(data.forgottenAccounts).toBe(1)
    expect(alarms).toMatchObject(expected)
    expect(alarms).toHaveLength(expected.length)
  })

  it('have the other figures where the database does not give one', async () => {
    putEntries(1, 7)
    stopRemoval()
    kit.cloud.faults.add({ target: 'rate_limits', answer: { kind: 'reset' } })
    const { data, lines, alarms } = await run()
    expect(data.due).toMatchObject({ oldRecords: 1, expiredSessions: 0 })
    expect(data.due).not.toHaveProperty('oldCounts')
    expect(alarms).toMatchObject([{ alarm: 'BACKLOG' }])
    expect(lines).toContainEqual(expect.objectContaining({ detail: expect.stringContaining('backlog') }))
  })
})

it('documents of one time are all handled, more than a batch of them, after some that cannot be', async () => {
  putDamagedAccounts(25)
  const times = { closedAt: hoursAgo(3), dueAt: hoursAgo(1) }
  for (let n = 0; n < 25; n++)
    kit.cloud.database.putDocument('closed_accounts', { _id: `row-${n}`, userId: `u_gone-${n}`, ...times })
  const later = { closedAt: hoursAgo(3), dueAt: hoursAgo(0.5) }
  kit.cloud.database.putDocument('closed_accounts', { _id: 'later', userId: 'u_later', ...later })
  await run()
  const left = kit.documents('closed_accounts').map(({ _id }) => String(_id))
  expect(left.filter((id) => !id.startsWith('damaged-'))).toEqual([])
  expect(left).toHaveLength(25)
})

it('more old entries than one batch are removed in one run, and none that is younger', async () => {
  putEntries(1200, 2)
  putEntries(3, -1)
  expect((await run()).data.oldRecords).toBe(1200)
  expect(kit.documents('audit_logs')).toHaveLength(3)
})
