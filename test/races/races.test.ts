import { afterAll, beforeAll, expect, it } from 'vitest'
import { CloudKit } from '../cloud-kit.ts'
import { ACTIONS, type Action } from './actions.ts'
import { Behaviour } from './behaviour.ts'
import { Effects } from './effects.ts'
import { type Finding, followAll, following, replayCommand, runOne } from './explore.ts'
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
/**
 * The timer asks so much that a pair with it may take thousands of runs: the first of them are made, the latest choices
 * varied first. `RACES=all npx vitest run test/races` makes all.
 */
const RUNS_WITH_TIMER = process.env['RACES'] === 'all' ? Number.POSITIVE_INFINITY : 120
/** Clouds with a person each, whose schedules run beside one another. */
const LANES = 3
const MINUTES = 60_000

/** A person, and what has been learned of the actions on them. */
interface Lane {
  person: Person
  behaviour: Behaviour
  effects: Effects
}

let lanes: Lane[]
beforeAll(async () => {
  const kits = await Promise.all(Array.from({ length: LANES }, () => CloudKit.start()))
  const people = await Promise.all(kits.map((kit, number) => Person.prepare(kit, `oRace-${number}`)))
  lanes = people.map((person) => ({ person, behaviour: new Behaviour(), effects: new Effects(person) }))
}, MINUTES)
afterAll(() => Promise.all(lanes.map(({ person }) => person.kit.stop())))

/** Does all jobs, each on a person that nobody else is using. */
async function doAll<Job>(
  jobs: readonly Job[],
  work: (lane: Lane, job: Job) => Promise<void>,
): Promise<void> {
  const queue = [...jobs]
  await Promise.all(
    lanes.map(async (lane) => {
      for (let job = queue.shift(); job; job = queue.shift()) await work(lane, job)
    }),
  )
}

function report(findings: readonly Finding[]): string[] {
  return findings.map(
    (finding) => `${finding.actions.join(' × ')}: ${finding.violation}\n  ${replayCommand(finding)}`,
  )
}

/** Every pair, by its second action, so that what is learned of that one serves all of its pairs; long ones first. */
function pairs(): Action[][][] {
  return ACTIONS.map((second, place) => ACTIONS.slice(0, place + 1).map((first) => [first, second])).reverse()
}

if (REPLAY !== undefined) {
  it('a schedule that is replayed breaks nothing', async () => {
    const { actions: names, schedule }: Pick<Finding, 'actions' | 'schedule'> = JSON.parse(REPLAY)
    const actions = names.map((name) => ACTIONS.find((action) => action.name === name) ?? { name })
    const [lane] = lanes
    if (!lane) throw new Error('nobody to run it on')
    const { violation } = await run(lane.person, actions, following(schedule))
    expect(violation).toBeUndefined()
  })
} else {
  it(
    'every interleaving of every pair of actions keeps what must hold',
    async () => {
      const findings: Finding[] = []
      const footprints = new Footprints()
      let states = 0
      let interleavings = 0n
      let runs = 0
      const cut: string[] = []
      const follow = async ({ behaviour, effects }: Lane, actions: readonly Action[]) => {
        const isOfTimer = actions.length === 2 && actions.some(({ name }) => name === 'cleanup')
        const most = isOfTimer ? RUNS_WITH_TIMER : Number.POSITIVE_INFINITY
        const all = await followAll(actions, { behaviour, effects, footprints }, most)
        if (!all.isWhole) cut.push(actions.map(({ name }) => name).join(' × '))
        findings.push(...all.findings)
        states += all.states
        if (actions.length === 2) interleavings += all.interleavings
        runs += all.runs
      }
      // What each does by itself, so that little has to be tried twice.
      await doAll(
        ACTIONS.map((action) => [action]),
        follow,
      )
      await doAll(pairs(), async (lane, some) => {
        for (const actions of some) await follow(lane, actions)
      })
      console.info(
        `races: ${pairs().flat().length} pairs of ${ACTIONS.length} actions, ${interleavings} interleavings through ${states} states, ${runs} runs`,
      )
      if (cut.length > 0) console.info(`races: not whole, after ${RUNS_WITH_TIMER} runs: ${cut.join('; ')}`)
      expect(report(findings)).toEqual([])
    },
    45 * MINUTES,
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
      await doAll(jobs, async ({ person }, { actions, random }) => {
        const finding = await runOne(person, actions, random)
        if (finding) findings.push(finding)
      })
      console.info(`races: ${TRIPLES} interleavings of triples, seed ${SEED}`)
      expect(report(findings)).toEqual([])
    },
    60 * MINUTES,
  )
}
