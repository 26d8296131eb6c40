import { afterAll, beforeAll, expect, it } from 'vitest'
import { CloudKit } from '../cloud-kit.ts'
import { ACTIONS, type Action } from './actions.ts'
import { type Finding, following, replayCommand, runAll, runOne } from './explore.ts'
import { Footprints } from './footprints.ts'
import { Person } from './person.ts'
import { seededRandom } from './random.ts'
import { run } from './schedule.ts'

/** Schedules of three actions that are tried. More for a closer look: `TRIPLES=20000 npx vitest run test/races`. */
const TRIPLES = Number(process.env['TRIPLES'] ?? 300)
/** Other triples with another seed: `SEED=2 npx vitest run test/races`. */
const SEED = Number(process.env['SEED'] ?? 1)
/** `REPLAY='{"actions":[…],"schedule":[…]}'` runs one schedule instead of all. */
const REPLAY = process.env['REPLAY']
/** `cleanup` has so many operations that its pairs are sampled, unless `RACES=all`. */
const ALL = process.env['RACES'] === 'all'
const SAMPLE = 10
/** People whose schedules run beside one another. */
const LANES = 4
const MINUTES = 60_000

let kit: CloudKit
let lanes: Person[]
beforeAll(async () => {
  kit = await CloudKit.start({ maximumInstances: 3 * LANES })
  lanes = await Promise.all(
    Array.from({ length: LANES }, (_, number) => Person.prepare(kit, `oRace-${number}`)),
  )
}, MINUTES)
afterAll(() => kit.stop())

/** Does all jobs, each on a person that nobody else is using; those that must be alone come last, one by one. */
async function doAll<Job extends { actions: readonly Action[] }>(
  jobs: readonly Job[],
  work: (person: Person, job: Job) => Promise<void>,
): Promise<void> {
  const isAlone = ({ actions }: Job) => actions.some(({ alone }) => alone)
  const queue = jobs.filter((job) => !isAlone(job))
  await Promise.all(
    lanes.map(async (person) => {
      for (let job = queue.shift(); job; job = queue.shift()) await work(person, job)
    }),
  )
  const [first, ...others] = lanes
  if (!first) return
  for (const other of others) other.restore('nobody')
  first.isAlone = true
  for (const job of jobs.filter(isAlone)) await work(first, job)
  first.isAlone = false
}

function report(findings: readonly Finding[]): string[] {
  return findings.map(
    (finding) => `${finding.actions.join(' × ')}: ${finding.violation}\n  ${replayCommand(finding)}`,
  )
}

function pairs(): { actions: Action[] }[] {
  return ACTIONS.flatMap((first, place) =>
    ACTIONS.slice(place).map((second) => ({ actions: [first, second] })),
  )
}

if (REPLAY !== undefined) {
  it('a schedule that is replayed breaks nothing', async () => {
    const { actions: names, schedule }: Pick<Finding, 'actions' | 'schedule'> = JSON.parse(REPLAY)
    const actions = names.map((name) => ACTIONS.find((action) => action.name === name) ?? { name })
    const [person] = lanes
    if (!person) throw new Error('nobody to run it on')
    const { violation } = await run(person, actions, following(schedule))
    expect(violation).toBeUndefined()
  })
} else {
  it(
    'every interleaving of every pair of actions keeps what must hold',
    async () => {
      const findings: Finding[] = []
      let interleavings = 0
      const footprints = new Footprints()
      // What each does by itself, so that little has to be tried twice.
      await doAll(
        ACTIONS.map((action) => ({ actions: [action] })),
        async (person, { actions }) => void (await runAll(person, actions, footprints)),
      )
      let sampled = 0
      await doAll(pairs(), async (person, { actions }) => {
        const most = ALL || !actions.some(({ alone }) => alone) ? undefined : SAMPLE
        const all = await runAll(person, actions, footprints, most)
        findings.push(...all.findings)
        interleavings += all.count
        if (all.isWhole) return
        sampled += 1
        const random = seededRandom(SEED)
        for (let count = 0; count < SAMPLE; count++) {
          const finding = await runOne(person, actions, random)
          if (finding) findings.push(finding)
          interleavings += 1
        }
      })
      console.info(
        `races: ${pairs().length} pairs of ${ACTIONS.length} actions, ${interleavings} interleavings, ${sampled} pairs by sample`,
      )
      expect(report(findings)).toEqual([])
    },
    10 * MINUTES,
  )

  it(
    `so do ${TRIPLES} random interleavings of three actions`,
    async () => {
      const findings: Finding[] = []
      const jobs = Array.from({ length: TRIPLES }, (_, number) => {
        const random = seededRandom(SEED * 1_000_003 + number)
        const pick = () => ACTIONS[Math.floor(random() * ACTIONS.length)] ?? { name: '' }
        return { actions: [pick(), pick(), pick()], random }
      })
      await doAll(jobs, async (person, { actions, random }) => {
        const finding = await runOne(person, actions, random)
        if (finding) findings.push(finding)
      })
      console.info(`races: ${TRIPLES} interleavings of triples, seed ${SEED}`)
      expect(report(findings)).toEqual([])
    },
    60 * MINUTES,
  )
}
