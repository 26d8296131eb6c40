import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Fault } from 'wechat-cloud-emulator/control'
import { CloudKit } from '../../test/support/cloud-kit.ts'
import { isExhaustive, shardOfAll } from '../../test/support/exhaustive.ts'
import { fileExists } from '../../test/support/storage-files.ts'
import { TestUser } from '../../test/support/test-user.ts'

const TIMEOUT_MILLISECONDS = isExhaustive ? 1_800_000 : 300_000
const MAXIMUM_RUNS = 3
const HOUR_MILLISECONDS = 60 * 60 * 1000
const KINDS: readonly Fault['answer'][] = [
  { kind: 'error', code: 'SYS_ERR', message: 'down' },
  { kind: 'reset-after' },
  { kind: 'kill-after' },
  { kind: 'reset' },
  { kind: 'garbage' },
  { kind: 'http-error', status: 500 },
  { kind: 'slow', milliseconds: 200 },
  { kind: 'kill' },
]

interface RequestFault {
  /** Of which request of the run, counted from one. */
  operation: number
  answer: Fault['answer']
}

/** Every kind for every request if this run is exhaustive; otherwise one, the next in turn, for every second request. */
function faultsFor(requests: number): RequestFault[] {
  const operations = Array.from({ length: requests }, (_, number) => number + 1)
  if (isExhaustive)
    return shardOfAll(operations.flatMap((operation) => KINDS.map((answer) => ({ operation, answer }))))
  return operations
    .filter((operation) => operation % 2 === 0)
    .flatMap((operation) =>
      KINDS.slice((operation / 2) % KINDS.length)
        .slice(0, 1)
        .map((answer) => ({ operation, answer })),
    )
}

let kit: CloudKit
let orphan: string
beforeAll(async () => {
  // Long enough for every task to finish on a busy machine.
  kit = await CloudKit.start({ functions: { cleanup: { timeoutSeconds: 20 } } })
})
afterAll(() => kit.stop())

/** Something to do for every chore. */
async function makeWork(): Promise<void> {
  const { database, clock } = kit.cloud
  for (const name of ['users', 'trips', 'audit_logs', 'avatars', 'rate_limits', 'daily_counts']) {
    for (const { _id } of kit.documents(name)) database.removeDocument(name, _id)
  }
  const { token, userInfo } = await kit.loginWithCode('oStays')
  orphan = await new TestUser(kit, 'oStays', token).upload()
  const ago = (hours: number) => new Date(clock.now() - hours * HOUR_MILLISECONDS)
  for (const row of kit.documents('avatars')) database.putDocument('avatars', { ...row, touchedAt: ago(3) })
  const [user] = kit.users()
  const expired = {
    id: 'over',
    device: { model: '', platform: '' },
    createdAt: ago(900),
    lastSeenAt: ago(900),
  }
  const sessions = [{ ...expired, expiresAt: ago(1) }, ...((user?.['sessions'] ?? []) as object[])]
  database.putDocument('users', { ...user, createdAt: ago(900), sessions })
  const closing = {
    ...user,
    _id: 'u_closing',
    openid: 'oCloses',
    status: 'closing',
    closingAt: ago(1),
    sessions: [],
  }
  database.putDocument('users', closing)
  const trip = { userId: 'u_closing', createdAt: ago(2), city: '杭州', days: 1 }
  database.putDocument('trips', { _id: 'u_closing.trip', ...trip })
  database.putDocument('trips', { _id: 'u_gone.trip', ...trip, userId: 'u_gone' })
  database.putDocument('audit_logs', { _id: 'old', at: ago(181 * 24), act: 'login', userId: userInfo.id })
  database.putDocument('rate_limits', { _id: 'u_gone.code', at: [ago(2)], updatedAt: ago(2) })
  // A picture that was seen tells what the bucket is called.
  const seen = {
    _id: 'avatars/seen.png',
    userId: userInfo.id,
    createdAt: ago(5),
    touchedAt: ago(1),
    settled: true,
  }
  database.putDocument('avatars', { ...seen, fileId: orphan.replace(/avatars\/.*$/, seen._id) })
}

function whatIsLeft(): string[] {
  const users = kit.users()
  const sessions = users.flatMap((user) => (user['sessions'] as { id: string }[]).map(({ id }) => id))
  return [
    ...(users.some(({ _id }) => _id === 'u_closing') ? ['the closing'] : []),
    ...(sessions.includes('over') ? ['the session'] : []),
    ...kit.documents('trips').map(({ _id }) => `the trip ${_id}`),
    ...(kit.documents('audit_logs').some(({ _id }) => _id === 'old') ? ['the record'] : []),
    ...(fileExists(kit, orphan) ? ['the picture'] : []),
    ...(kit.documents('rate_limits').some(({ _id }) => _id === 'u_gone.code') ? ['the count'] : []),
  ]
}

const run = () => kit.control.post('timer', { function: 'cleanup' }) as Promise<{ result?: { code: number } }>

/**
 * One run finishes, unless the machine is so busy that a task's share of the time is over first: then the one after it.
 * @returns what is left
 */
async function finish(): Promise<string[]> {
  for (let runs = 1; runs <= MAXIMUM_RUNS; runs++) {
    await run()
    if (whatIsLeft().length === 0) return []
  }
  return whatIsLeft()
}

it(
  'a run answers after any fault in any of its requests, and the next run finishes',
  async () => {
    // The first run starts the instance as well, which takes time from the tasks.
    await run()
    await makeWork()
    expect(whatIsLeft()).toHaveLength(7)
    expect((await run()).result?.code).toBe(200)
    expect(whatIsLeft()).toEqual([])
    const requests = (await kit.lastCall()).roundTrips.length
    const wrong: string[] = []
    const faults = faultsFor(requests)
    for (const { operation, answer } of faults) {
      await makeWork()
      const switchOff = kit.cloud.faults.add({ operation, answer, times: 1 })
      const { result } = await run()
      switchOff()
      const isKilled = answer.kind === 'kill' || answer.kind === 'kill-after'
      if (result?.code !== (isKilled ? undefined : 200)) wrong.push(`${operation} ${answer.kind}: no answer`)
      const left = await finish()
      if (left.length > 0) wrong.push(`${operation} ${answer.kind}: ${left.join(', ')}`)
    }
    console.info(`cleanup: ${requests} requests, ${faults.length} faults`)
    expect(wrong).toEqual([])
  },
  TIMEOUT_MILLISECONDS,
)
