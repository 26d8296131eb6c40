import { afterAll, beforeAll, expect, it } from 'vitest'
import { CloudKit } from '../support/cloud-kit.ts'
import { isExhaustive, shardOfAll } from '../support/exhaustive.ts'
import { CALLS } from './calls.ts'
import { CallCases, type Case, type CleanRun, runCase, runCleanly } from './matrix.ts'
import { forgetEverybody } from './stored-account.ts'
import { runAll } from './worker-pool.ts'

/** Cases that are busy run few at a time, those that mostly wait run many. */
const BUSY_WORKERS = 3
const WAITING_WORKERS = 5
const MINUTES = 60_000

let kit: CloudKit
let cleanRuns: CleanRun[]
beforeAll(async () => {
  kit = await CloudKit.start({ maximumInstances: WAITING_WORKERS })
  cleanRuns = []
  for (const [number, call] of CALLS.entries()) {
    cleanRuns.push(await runCleanly(kit, call, `oClean-${number}`))
  }
}, MINUTES)
afterAll(() => kit.stop())

it(
  'every fault in every operation of every call ends in a typed answer, whole documents and a retry that succeeds',
  async () => {
    const chosen = new CallCases(isExhaustive)
    const cases = shardOfAll(cleanRuns.flatMap((clean) => chosen.of(clean)))
    const long = cases.filter(({ kind }) => kind.takesLong)
    const short = cases.filter(({ kind }) => !kind.takesLong)
    const forget = () => forgetEverybody(kit)
    const run = (next: Case, openid: string) => runCase(kit, next, openid)
    // One after the other: a function that others slow down runs out of time for another reason than its fault.
    const failures = [
      ...(await runAll(short, { workers: BUSY_WORKERS, openidPrefix: 'oFault-works', forget }, run)),
      ...(await runAll(long, { workers: WAITING_WORKERS, openidPrefix: 'oFault-waits', forget }, run)),
    ]
    const operations = cleanRuns.flatMap((clean) => clean.operations).length
    console.info(`faults: ${CALLS.length} calls, ${operations} operations, ${cases.length} faults`)
    expect(failures).toEqual([])
  },
  (isExhaustive ? 50 : 10) * MINUTES,
)
