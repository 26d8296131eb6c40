import { cpSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Document } from '../../emulator/cloud/database/database.ts'
import { projectPath } from '../../scripts/project.ts'
import { CloudKit } from '../cloud-kit.ts'
import { buildFixtures } from '../fixture-functions.ts'
import { ACTIONS, type Action } from './actions.ts'
import { Behaviour } from './behaviour.ts'
import { Effects } from './effects.ts'
import { followAll, following, replayCommand, runAll } from './explore.ts'
import { Footprints } from './footprints.ts'
import { claimsOf } from './invariants.ts'
import { Person } from './person.ts'
import { run } from './schedule.ts'

/** A login written as find-then-add, as many are. */
const naive: Action = { name: 'naive login', from: 'nobody', function: 'naive' }
/** Writes back sessions that it has just read, in the middle of requests that can come in a great many orders. */
const lingering: Action = { name: 'lingering', function: 'lingering' }

/** Writes over whatever is there: in which order two of them came shows in nothing but what is stored. */
const overwriting = (nickname: string): Action => ({
  name: `overwriting ${nickname}`,
  edit: ({ kit, userId }) => {
    const [user] = kit.cloud.database.documents('users', { filter: { _id: userId } })
    if (user) kit.cloud.database.putDocument('users', { ...user, nickname })
  },
})
/** Says that it ends the session, and does not for everybody: only the token shows it, after all is done. */
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
const LOCAL = [naive, overwriting('甲'), overwriting('乙'), endingForSome]

let functionsDirectory: string
let kit: CloudKit
let person: Person
beforeAll(async () => {
  functionsDirectory = await buildFixtures()
  cpSync(projectPath('dist/cloudfunctions'), functionsDirectory, { recursive: true })
  kit = await CloudKit.start({ functionsDirectory })
  person = await Person.prepare(kit, 'oNaive')
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

it('every race that find-then-add loses is found, and each can be run again', async () => {
  const { runs, findings } = await runAll(person, [naive, naive])
  const lost = findings.filter(({ violation }) => violation === 'one person has 2 documents')
  // Of the orders of two reads and two writes, those in which both read before either has written.
  expect({ runs, lost: lost.length }).toEqual({ runs: 6, lost: 4 })
  expect(new Set(lost.map(({ schedule }) => schedule.join())).size).toBe(4)
  for (const { schedule, violation } of lost) {
    expect((await run(person, [naive, naive], following(schedule))).violation).toBe(violation)
  }
  expect(lost.map(replayCommand)[0]).toContain('"naive login","naive login"')
})

describe('following, which takes no step twice in the same state,', () => {
  it('finds the race that find-then-add loses', async () => {
    const knowledge = {
      behaviour: new Behaviour(),
      effects: new Effects(person),
      footprints: new Footprints(),
    }
    const { findings } = await followAll([naive, naive], knowledge)
    expect(new Set(findings.map(({ violation }) => violation))).toEqual(
      new Set(['one person has 2 documents']),
    )
  })

  it('finds a race in the very middle of a long action', async () => {
    const logout = named('logout')
    for (const actions of [
      [lingering, logout],
      [logout, lingering],
    ]) {
      const knowledge = {
        behaviour: new Behaviour(),
        effects: new Effects(person),
        footprints: new Footprints(),
      }
      const { findings } = await followAll(actions, knowledge)
      expect(findings.map(({ violation }) => violation)).toContain('a session came back after it was ended')
      for (const { schedule, violation } of findings) {
        expect((await run(person, actions, following(schedule))).violation).toBe(violation)
      }
    }
  }, 120_000)

  it.each([
    [['close']],
    [['naive login', 'naive login']],
    [['overwriting 甲', 'overwriting 乙']],
    [['ending for some', 'overwriting 甲']],
    [['check', 'logout']],
    [['renew', 'closing breaks off']],
    [['login known', 'disable in the console']],
    [['logout', 'logout another']],
    [['update nickname', 'logout']],
    [['remove trip', 'remove trip']],
    [['remove trip', 'save trip']],
  ])('comes to the same ends as running every interleaving of %j', async (names) => {
    const actions = names.map(named)
    const every = await runAll(person, actions)
    const violations = new Set(every.findings.map(({ violation }) => violation))
    for (const footprints of [undefined, new Footprints()]) {
      const knowledge = {
        behaviour: new Behaviour(),
        effects: new Effects(person),
        ...(footprints ? { footprints } : {}),
      }
      const followed = await followAll(actions, knowledge)
      expect(followed.ends).toEqual(every.ends)
      if (!footprints) expect(followed.interleavings).toBe(BigInt(every.runs))
      expect(new Set(followed.findings.map(({ violation }) => violation))).toEqual(violations)
    }
  })
})

it('a schedule that is none is refused', async () => {
  await expect(run(person, [naive], following(['0 database.dropEverything users']))).rejects.toThrow(
    'is not among',
  )
  // The call that was left at the gate is let go with the cloud.
})
