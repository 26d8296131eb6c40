import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Fault } from '../../emulator/cloud/faults.ts'
import { AccountKit, fileExists } from '../../test/account-kit.ts'
import { CloudKit } from '../../test/cloud-kit.ts'

const TIMEOUT_MILLISECONDS = 300_000
const HOUR_MILLISECONDS = 60 * 60 * 1000
const FEW: readonly Fault['answer'][] = [
  { kind: 'error', code: 'SYS_ERR', message: 'down' },
  { kind: 'reset-after' },
  { kind: 'kill-after' },
]
/** `FAULTS=all npx vitest run cloudfunctions/cleanup` tries these, too. */
const MORE: readonly Fault['answer'][] = [
  { kind: 'reset' },
  { kind: 'garbage' },
  { kind: 'http-error', status: 500 },
  { kind: 'slow', milliseconds: 200 },
  { kind: 'kill' },
]
const KINDS = process.env['FAULTS'] === 'all' ? [...FEW, ...MORE] : FEW

let kit: CloudKit
let orphan: string
beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())

/** Something to do for every chore. */
async function makeWork(): Promise<void> {
  const { database, clock } = kit.cloud
  for (const name of ['users', 'trips', 'audit_logs', 'avatars', 'rate_limits']) {
    for (const { _id } of kit.documents(name)) database.removeDocument(name, _id)
  }
  const { token, userInfo } = await kit.loginWithCode('oStays')
  orphan = await new AccountKit(kit, 'oStays', token).upload()
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
  const theirs = { userId: 'u_closing', createdAt: ago(2), city: '杭州', days: 1 }
  database.putDocument('trips', { _id: 'u_closing.trip', ...theirs })
  database.putDocument('trips', { _id: 'u_gone.trip', ...theirs, userId: 'u_gone' })
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

const run = () => kit.control.post<{ result?: { code: number } }>('timer', { function: 'cleanup' })

it(
  'whatever fails in whichever of its requests, a run answers, and the next one finishes',
  async () => {
    await makeWork()
    expect(whatIsLeft()).toHaveLength(7)
    expect((await run()).result?.code).toBe(200)
    expect(whatIsLeft()).toEqual([])
    const requests = (await kit.lastCall()).roundTrips.length
    const wrong: string[] = []
    for (let operation = 1; operation <= requests; operation++) {
      for (const answer of KINDS) {
        await makeWork()
        const switchOff = kit.cloud.faults.add({ operation, answer, times: 1 })
        const { result } = await run()
        switchOff()
        const isKilled = answer.kind === 'kill' || answer.kind === 'kill-after'
        if (result?.code !== (isKilled ? undefined : 200))
          wrong.push(`${operation} ${answer.kind}: no answer`)
        await run()
        const left = whatIsLeft()
        if (left.length > 0) wrong.push(`${operation} ${answer.kind}: ${left.join(', ')}`)
      }
    }
    console.info(`cleanup: ${requests} requests, ${requests * KINDS.length} faults`)
    expect(wrong).toEqual([])
  },
  TIMEOUT_MILLISECONDS,
)
