import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chinaDay } from '../../cloudfunctions/shared/users/count-days.ts'
import type { DayFigures } from '../../contract/admin.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { seededRandom } from '../races/seeded-random.ts'
import { CloudKit, CONSENT, succeeded, verdict } from '../support/cloud-kit.ts'
import { asAdmin, countDocuments, passHours, readStats, runTimer } from './figures.ts'

/** For slow machines. */
const TIMEOUT_MILLISECONDS = 120_000

const consent = { version: CONSENT }
let kit: CloudKit
beforeEach(async () => {
  kit = await CloudKit.start({
    variables: { ...makeSecrets(), PHONE_REQUIRED: 'false', LOGIN_LIMIT: '1000' },
  })
})
afterEach(() => kit.stop())

const today = async (): Promise<DayFigures> => {
  const [day] = (await readStats(kit)).days
  if (!day) throw new Error('there is no day')
  return day
}
const counters = () => kit.documents('daily_counts').filter(({ _id }) => /\.\d$/.test(String(_id)))
const disable = (userId: unknown, action = 'disable') =>
  asAdmin(kit, { action, userId, reason: '用户来电核实' })
const close = (openid: string, token: string) =>
  kit.call('account', openid, { token, action: 'close', confirmed: true })

it('counts each login by its kind, new users, paid authorizations and refusals', async () => {
  const { token } = await kit.loginWithCode('oOne')
  succeeded(await kit.login('oOne', {}))
  succeeded(await kit.login('oTwo', { withoutPhone: true, consent }))
  const phoneCode = await kit.phoneCode('oOne', '13700137000')
  succeeded(await kit.call('account', 'oOne', { token, action: 'changePhone', phoneCode }))
  expect(verdict(await kit.login('oThree', {}))).toBe('404 PHONE_REQUIRED')
  expect(verdict(await kit.login('oOne', { phoneCode }))).toBe('400 PHONE_CODE_INVALID')
  expect(await today()).toEqual({
    day: chinaDay(kit.cloud.clock.now()),
    logins: { silent: 1, number: 1, withoutNumber: 1 },
    newUsers: 2,
    importedUsers: 0,
    closedUsers: 0,
    paid: 2,
    refused: { PHONE_REQUIRED: 1, PHONE_CODE_INVALID: 1 },
  })
  expect(await readStats(kit)).toMatchObject({ users: 2, active: 2, withoutPhone: 1, newUsers: { day: 2 } })
})

it('counts by the day in China', async () => {
  await kit.loginWithCode('oOne')
  const sinceMidnight = (kit.cloud.clock.now() + 8 * 3_600_000) % 86_400_000
  await kit.control.post('clock', { advanceSeconds: Math.ceil((86_400_000 - sinceMidnight) / 1000) + 1 })
  succeeded(await kit.login('oOne', {}))
  const [now, before] = (await readStats(kit)).days
  expect([now?.logins.silent, before?.logins.number]).toEqual([1, 1])
})

it('counts one new user of ten first logins at once', async () => {
  await kit.warmUp('login')
  // All have read that there is no such user before one of them is created.
  await kit.control.post('latency', { milliseconds: 200 })
  await Promise.all(Array.from({ length: 10 }, () => kit.login('oOne', { withoutPhone: true, consent })))
  await kit.control.post('latency', { milliseconds: 0 })
  expect(await today()).toMatchObject({ newUsers: 1, logins: { withoutNumber: 10 } })
  expect(await readStats(kit)).toMatchObject(countDocuments(kit))
})

it('counts a spent authorization whose login is refused, and no login', async () => {
  await kit.loginWithCode('oOne')
  kit.cloud.faults.add({
    action: 'database.modifyDocument',
    target: 'users',
    answer: { kind: 'reset' },
    times: 9,
  })
  const phoneCode = await kit.phoneCode('oOne')
  expect(verdict(await kit.login('oOne', { phoneCode }))).toBe('503 DATABASE_UNAVAILABLE')
  expect(await today()).toMatchObject({ paid: 2 })
})

it('logs a counter that cannot be written, and lets the person in', async () => {
  kit.cloud.faults.add({
    action: 'database.modifyDocument',
    target: 'daily_counts',
    answer: { kind: 'reset' },
  })
  await kit.loginWithCode('oOne')
  expect((await kit.lastCall()).logs.map(({ text }) => text).join()).toContain('not counted in daily_counts')
  kit.cloud.faults.clear()
})

it('makes the counters of a day that the timer has not made', async () => {
  for (const { _id } of counters()) kit.cloud.database.removeDocument('daily_counts', _id)
  await Promise.all(Array.from({ length: 5 }, () => kit.login('oOne', {})))
  expect(await today()).toMatchObject({ refused: { PHONE_REQUIRED: 5 } })
})

it('counts nothing in a document that a client wrote', async () => {
  for (const { _id } of counters())
    kit.cloud.database.putDocument('daily_counts', { _id, _openid: 'oM', paid: -9 })
  const before = counters()
  await kit.loginWithCode('oOne')
  expect(await today()).toMatchObject({ paid: 0, newUsers: 0 })
  expect(counters()).toEqual(before)
})

it('keeps nothing that says whom it counted', async () => {
  const { userInfo } = await kit.loginWithCode('oOne', '13912345678')
  expect(JSON.stringify(kit.documents('daily_counts'))).not.toMatch(
    new RegExp(`oOne|${userInfo.id}|13912345678`),
  )
})

/** Ends the timer's run after one of its writes, until it has counted a part of the users. */
async function countSome(): Promise<void> {
  const write = { action: 'database.modifyDocument', target: 'daily_counts' }
  const state = () => kit.documents('daily_counts').find(({ _id }) => _id === 'counting')
  for (let runs = 0; runs < 10 && !state()?.['after']; runs++) {
    kit.cloud.faults.add({ ...write, operation: 1, answer: { kind: 'kill-after' }, times: 1 })
    await kit.control.post('timer', { function: 'cleanup' })
    kit.cloud.faults.clear()
  }
  expect(state()).toMatchObject({ isComplete: false, after: expect.stringMatching(/./) })
}

describe('the totals', () => {
  /** Any of the actions that change them, in any order. */
  async function act(random: () => number): Promise<void> {
    const openid = `oPerson-${Math.floor(random() * 12)}`
    const kind = Math.floor(random() * 6)
    const user = () => kit.users({ openid })[0]
    if (kind === 0) await kit.login(openid, { phoneCode: await kit.phoneCode(openid), consent })
    if (kind === 1) await kit.login(openid, { withoutPhone: true, consent })
    if (kind === 2) await kit.login(openid, {})
    if (kind === 3 && user()) await disable(user()?._id)
    if (kind === 4 && user()) await disable(user()?._id, 'enable')
    if (kind === 5) {
      const answer = await kit.login(openid, {})
      if (answer.code === 200) await close(openid, answer.data.token)
    }
  }

  it(
    'agree with the documents after random actions, and after they are counted again',
    async () => {
      const random = seededRandom(19)
      for (let step = 0; step < 36; step++) {
        await act(random)
        if (step % 12 === 11) await runTimer(kit)
      }
      const expected = countDocuments(kit)
      expect(await readStats(kit)).toMatchObject(expected)
      await passHours(kit, 24)
      await runTimer(kit)
      expect(await readStats(kit)).toMatchObject(expected)
      for (let day = 0; day < 4; day++) {
        await passHours(kit, 24)
        await runTimer(kit)
        await act(random)
        expect(await readStats(kit)).toMatchObject(countDocuments(kit))
      }
    },
    TIMEOUT_MILLISECONDS,
  )

  it('are put right by the timer after counters were lost and documents edited', async () => {
    for (const openid of ['oOne', 'oTwo', 'oThree']) await kit.loginWithCode(openid)
    for (const { _id } of counters()) kit.cloud.database.putDocument('daily_counts', { _id })
    const [user] = kit.users()
    kit.cloud.database.putDocument('users', { ...user, status: 'disabled' })
    expect(await readStats(kit)).toMatchObject({ users: 0 })
    await runTimer(kit)
    const stats = await readStats(kit)
    expect(stats).toMatchObject({ ...countDocuments(kit), numbersByKey: { k1: 3 }, loggedIn: { day: 3 } })
    expect(Date.parse(stats.countedAt ?? '')).toBeGreaterThan(kit.cloud.clock.now() - 60_000)
  })

  it('are counted page by page, with people who come meanwhile', async () => {
    await kit.loginWithCode('oSeed')
    const [user] = kit.users()
    for (let number = 0; number < 1200; number++)
      kit.cloud.database.putDocument('users', {
        ...user,
        _id: `u_${String(number).padStart(22, '0')}`,
        openid: `o${number}`,
      })
    await countSome()
    await kit.loginWithCode('oLate')
    for (let run = 0; run < 5; run++) await runTimer(kit)
    expect(await readStats(kit)).toMatchObject(countDocuments(kit))
  })
})

describe('the timer', () => {
  it('counts yesterday again from the audit entries', async () => {
    const { token } = await kit.loginWithCode('oOne')
    succeeded(await kit.login('oOne', {}))
    succeeded(await kit.login('oTwo', { withoutPhone: true, consent }))
    const phoneCode = await kit.phoneCode('oOne')
    succeeded(await kit.call('account', 'oOne', { token, action: 'changePhone', phoneCode }))
    const { day: _day, refused: _refused, ...counted } = await today()
    for (const { _id } of counters()) kit.cloud.database.putDocument('daily_counts', { _id })
    await passHours(kit, 24.5)
    await runTimer(kit)
    expect((await readStats(kit)).days[1]).toMatchObject({ ...counted, paid: 2 })
  })

  it('makes the counters of today and tomorrow, and removes those of long ago', async () => {
    kit.cloud.database.putDocument('daily_counts', { _id: '2020-01-01.0', paid: 1 })
    await passHours(kit, 24 * 3)
    expect((await runTimer(kit))['figures']).toBeGreaterThanOrEqual(1)
    const now = kit.cloud.clock.now()
    const ids = counters().map(({ _id }) => _id)
    for (const at of [now, now + 86_400_000]) expect(ids).toContain(`${chinaDay(at)}.0`)
    expect(ids).not.toContain('2020-01-01.0')
  })
})

it('is read in one round trip', async () => {
  expect(await kit.sequentialRoundTrips(() => readStats(kit))).toBe(1)
})
