import { cpSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectPath } from '../../scripts/project.ts'
import { CloudKit } from '../cloud-kit.ts'
import { buildFixtures } from '../fixture-functions.ts'
import type { Action } from './actions.ts'
import { following, replayCommand, runAll } from './explore.ts'
import { Person } from './person.ts'
import { run } from './schedule.ts'

/** A login written as find-then-add, as many are. */
const naive: Action = { name: 'naive login', from: 'nobody', function: 'naive' }

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

it('every race that find-then-add loses is found, and each can be run again', async () => {
  const { count, findings } = await runAll(person, [naive, naive])
  const lost = findings.filter(({ violation }) => violation === 'one person has 2 documents')
  // Of the orders of two reads and two writes, those in which both read before either has written.
  expect({ count, lost: lost.length }).toEqual({ count: 6, lost: 4 })
  expect(new Set(lost.map(({ schedule }) => schedule.join())).size).toBe(4)
  for (const { schedule, violation } of lost) {
    expect((await run(person, [naive, naive], following(schedule))).violation).toBe(violation)
  }
  expect(lost.map(replayCommand)[0]).toContain('"naive login","naive login"')
})

it('a schedule that is none is refused', async () => {
  await expect(run(person, [naive], following(['0 database.dropEverything users']))).rejects.toThrow(
    'is not among',
  )
  // The call that was left at the gate is let go with the cloud.
})
