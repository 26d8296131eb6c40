import { afterAll, beforeAll, expect, it } from 'vitest'
import { CloudKit } from '../cloud-kit.ts'
import { CALLS } from './calls.ts'
import { runAll } from './lanes.ts'
import { type Case, type CleanRun, casesOf, runCase, runCleanly } from './matrix.ts'

/** Cases that are busy run few at a time, those that mostly wait run many. */
const BUSY_LANES = 3
const WAITING_LANES = 8
const MINUTES = 60_000
/** `FAULTS=all npx vitest run test/faults` has every operation run out of time in every way. */
const ALL = process.env['FAULTS'] === 'all'

let kit: CloudKit
let cleanRuns: CleanRun[]
beforeAll(async () => {
  kit = await CloudKit.start({ maximumInstances: WAITING_LANES })
  cleanRuns = []
  for (const [number, call] of CALLS.entries()) {
    cleanRuns.push(await runCleanly(kit, call, `oClean-${number}`))
  }
}, MINUTES)
afterAll(() => kit.stop())

it(
  'every fault in every operation of every call ends in a typed answer, whole documents and a retry that succeeds',
  async () => {
    const cases = cleanRuns.flatMap((clean) => casesOf(clean, ALL))
    const long = cases.filter(({ kind }) => kind.takesLong)
    const short = cases.filter(({ kind }) => !kind.takesLong)
    const run = (next: Case, openid: string) => runCase(kit, next, openid)
    const failures = [
      ...(await runAll(short, { lanes: BUSY_LANES, people: 'oFault-works' }, run)),
      ...(await runAll(long, { lanes: WAITING_LANES, people: 'oFault-waits' }, run)),
    ]
    const operations = cleanRuns.flatMap((clean) => clean.operations).length
    console.info(`faults: ${CALLS.length} calls, ${operations} operations, ${cases.length} faults`)
    expect(failures).toEqual([])
  },
  10 * MINUTES,
)
