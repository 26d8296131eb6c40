import { cpSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Document } from 'wechat-cloud-emulator/testing'
import { projectPath } from '../../scripts/lib/project.ts'
import { CloudKit } from '../support/cloud-kit.ts'
import { isExhaustive } from '../support/exhaustive.ts'
import { buildFixtures } from '../support/fixture-functions.ts'
import { claimsOf } from '../support/token-claims.ts'
import { ACTIONS } from './actions.ts'
import type { Action } from './search/action.ts'
import { Effects } from './search/effects.ts'
import { exploreAll } from './search/explore-all.ts'
import { exploreReduced } from './search/explore-reduced.ts'
import { replayCommand } from './search/finding.ts'
import { LearnedTransitions } from './search/learned-transitions.ts'
import { RaceUser } from './search/race-user.ts'
import type { Knowledge } from './search/reduced-search.ts'
import { runSchedule } from './search/run-schedule.ts'
import { followPath } from './search/schedulers.ts'

/** A login that looks for the user and then adds one, as many do. */
const naive: Action = { name: 'naive login', start: 'unregistered', function: 'naive' }
/** Writes sessions back that it has read, among many requests whose order is free. */
const lingering: Action = { name: 'lingering', function: 'lingering' }

/** Sets the nickname whatever it was. Only what is stored shows which of two such edits came last. */
const overwriting = (nickname: string): Action => ({
  name: `overwriting ${nickname}`,
  edit: ({ kit, userId }) => {
    const [user] = kit.cloud.database.documents('users', { filter: { _id: userId } })
    if (user) kit.cloud.database.putDocument('users', { ...user, nickname })
  },
})
/** Claims to end the session, and does not for users with a certain nickname. Only the token shows it at the end. */
const endingForSome: Action = {
  name: 'ending for some',
  edit: ({ kit, userId, tokens }) => {
    const [user] = kit.cloud.database.documents('users', { filter: { _id: userId } })
    if (!user || user['nickname'] === '甲') return
    const { sid } = claimsOf(tokens.here)
    const sessions = (user['sessions'] as Document[]).filter(({ id }) => id !== sid)
    kit.cloud.database.putDocument('users', { ...user, sessions })
  },
  ends: ['here'],
}
const PAIRS = [
  ['account close (companion)'],
  ['naive login', 'naive login'],
  ['overwriting 甲', 'overwriting 乙'],
  ['ending for some', 'overwriting 甲'],
  ['checkToken', 'logout this (here)'],
  ['checkToken renewing (due)', 'edit: a closing breaks off'],
  ['trips remove', 'trips remove'],
  ['trips remove', 'trips save'],
]
/** For slow machines: a minute or two on two idle cores. */
const LONG_MILLISECONDS = 600_000
/** Some have a thousand interleavings. */
const LONG_PAIRS = [
  ['login silent', 'edit: the account is disabled'],
  ['logout this (here)', 'logout another'],
  ['account update nickname', 'logout this (here)'],
]

const LOCAL = [naive, overwriting('甲'), overwriting('乙'), endingForSome]

let functionsDirectory: string
let kit: CloudKit
let user: RaceUser
beforeAll(async () => {
  functionsDirectory = await buildFixtures()
  cpSync(projectPath('dist/cloudfunctions'), functionsDirectory, { recursive: true })
  kit = await CloudKit.start({ functionsDirectory })
  user = await RaceUser.prepare(kit, 'oNaive')
})
afterAll(async () => {
  await kit.stop()
  rmSync(functionsDirectory, { recursive: true, force: true })
})

function named(name: string): Action {
  const action = [...LOCAL, ...ACTIONS].find((candidate) => candidate.name === name)
  if (!action) throw new RangeError(`no action ${name}`)
  return action
}

function nothingKnown(): Knowledge {
  return { user, transitions: new LearnedTransitions(), effects: new Effects() }
}

it('the naive search finds every schedule in which find-then-add makes two users, and each can be replayed', async () => {
  const { runs, findings } = await exploreAll(user, [naive, naive])
  const lost = findings.filter(({ violation }) => violation === 'one person has 2 documents')
  // Of the orders of two reads and two writes, those in which both read before either writes.
  expect({ runs, lost: lost.length }).toEqual({ runs: 6, lost: 4 })
  expect(new Set(lost.map(({ schedule }) => schedule.join())).size).toBe(4)
  for (const { schedule, violation } of lost) {
    expect((await runSchedule(user, [naive, naive], followPath(schedule))).violation).toBe(violation)
  }
  expect(lost.map(replayCommand)[0]).toContain('"naive login","naive login"')
})

describe('the reduced search', () => {
  it('finds the race that find-then-add loses', async () => {
    const { findings } = await exploreReduced([naive, naive], nothingKnown())
    expect(new Set(findings.map(({ violation }) => violation))).toEqual(
      new Set(['one person has 2 documents']),
    )
  })

  it('finds a race in the middle of a long action', async () => {
    const logout = named('logout this (here)')
    const orders = [
      [lingering, logout],
      [logout, lingering],
    ]
    for (const actions of isExhaustive ? orders : orders.slice(0, 1)) {
      const { findings } = await exploreReduced(actions, nothingKnown())
      expect(findings.map(({ violation }) => violation)).toContain('a session came back after it was ended')
      for (const { schedule, violation } of findings) {
        expect((await runSchedule(user, actions, followPath(schedule))).violation).toBe(violation)
      }
    }
  }, 120_000)

  const pairs = [...PAIRS, ...(isExhaustive ? LONG_PAIRS : [])]
  it.each(pairs.map((names) => [names.join(' × '), names] as const))(
    'comes to the same ends and violations as the naive search of %s',
    async (_title, names) => {
      const actions = names.map(named)
      const all = await exploreAll(user, actions)
      const violations = new Set(all.findings.map(({ violation }) => violation))
      for (const skipsIndependent of [false, true]) {
        const reduced = await exploreReduced(actions, nothingKnown(), { skipsIndependent })
        expect(reduced.ends).toEqual(all.ends)
        if (!skipsIndependent) expect(reduced.interleavings).toBe(BigInt(all.runs))
        expect(new Set(reduced.findings.map(({ violation }) => violation))).toEqual(violations)
      }
    },
    LONG_MILLISECONDS,
  )
})

it('a schedule with a step that is not enabled is rejected', async () => {
  const schedule = followPath(['0 database.dropEverything users'])
  await expect(runSchedule(user, [naive], schedule)).rejects.toThrow('is not among')
  // The call stays paused until the cloud stops.
})
