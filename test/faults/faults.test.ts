import { afterAll, beforeAll, expect, it } from 'vitest'
import { CloudKit } from '../cloud-kit.ts'
import { CALLS } from './calls.ts'
import { type Case, type CleanRun, casesOf, NEVER_MET, runCase, runCleanly } from './matrix.ts'

/** Cases that are busy run few at a time, those that mostly wait run many. */
const BUSY_LANES = 3
const WAITING_LANES = 8
/** For a case whose fault was not met, since the operations before it took too long. */
const TRIES = 4
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

/** @returns the cases that failed, with what was wrong */
async function runAll(cases: readonly Case[], lanes: number): Promise<Map<string, string[]>> {
  const queue = [...cases]
  const failures = new Map<string, string[]>()
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const openid = `oFault-${cases.length}-${queue.length}`
      let problems = await runCase(kit, next, openid)
      for (let again = 1; again < TRIES && problems.includes(NEVER_MET); again++) {
        problems = await runCase(kit, next, `${openid}-${again}`)
      }
      if (problems.length > 0) failures.set(next.name, problems)
    }
  }
  await Promise.all(Array.from({ length: lanes }, work))
  return failures
}

it(
  'every fault in every operation of every call ends in a typed answer, whole documents and a retry that succeeds',
  async () => {
    const cases = cleanRuns.flatMap((clean) => casesOf(clean, ALL))
    const long = cases.filter(({ kind }) => kind.takesLong)
    const short = cases.filter(({ kind }) => !kind.takesLong)
    const failures = new Map([...(await runAll(short, BUSY_LANES)), ...(await runAll(long, WAITING_LANES))])
    const operations = cleanRuns.flatMap((clean) => clean.operations).length
    console.info(`faults: ${CALLS.length} calls, ${operations} operations, ${cases.length} faults`)
    expect([...failures]).toEqual([])
  },
  10 * MINUTES,
)
