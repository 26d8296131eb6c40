import { afterAll, beforeAll, expect, it } from 'vitest'
import { CloudKit } from '../support/cloud-kit.ts'
import { isExhaustive, shardOfAll } from '../support/exhaustive.ts'
import { ACTIONS } from './actions.ts'
import type { Action } from './search/action.ts'
import { Effects } from './search/effects.ts'
import { exploreOne } from './search/explore-all.ts'
import { exploreReduced } from './search/explore-reduced.ts'
import { type Finding, replayCommand } from './search/finding.ts'
import { LearnedTransitions } from './search/learned-transitions.ts'
import { RaceUser } from './search/race-user.ts'
import { runSchedule } from './search/run-schedule.ts'
import { followPath } from './search/schedulers.ts'
import { seededRandom } from './seeded-random.ts'
import { actionNamed, allPairs, representativePairs } from './selection.ts'

/** How many interleavings of three actions are run: `TRIPLES=20000 npx vitest run test/races` runs more. */
const TRIPLES = Number(process.env['TRIPLES'] ?? (isExhaustive ? 300 : 20))
/** Chooses other triples: `SEED=2 npx vitest run test/races`. */
const SEED = Number(process.env['SEED'] ?? 1)
/** `REPLAY='{"actions":[…],"schedule":[…]}'` runs this schedule alone. */
const REPLAY = process.env['REPLAY']
/**
 * How many executions of functions a pair gets. A login beside a closing has thousands, and some pairs with the timer's
 * function take hours without a limit, which is what `RACES=all EXHAUSTIVE=1 npx vitest run test/races` does.
 */
const RUNS = process.env['RACES'] === 'all' ? Number.POSITIVE_INFINITY : 120
/** The same for a pair with the timer's function, which issues the most requests. */
const RUNS_WITH_TIMER = process.env['RACES'] === 'all' ? Number.POSITIVE_INFINITY : 30
/** The same for a pair with a move of one account to another, each of whose requests can meet the other action. */
const RUNS_WITH_MOVE = process.env['RACES'] === 'all' ? Number.POSITIVE_INFINITY : 20
/** Clouds with the same user, in which searches run at the same time. */
const CLOUDS = isExhaustive ? 3 : 2
const MINUTES = 60_000

const knowledge = { transitions: new LearnedTransitions(), effects: new Effects() }
let users: RaceUser[]
beforeAll(async () => {
  const first = await CloudKit.start()
  const others = Array.from({ length: CLOUDS - 1 }, () => CloudKit.start({ variables: first.variables }))
  const user = await RaceUser.prepare(first, 'oRace')
  users = [user, ...(await Promise.all(others)).map((kit) => user.in(kit))]
}, MINUTES)
afterAll(() => Promise.all(users.map(({ kit }) => kit.stop())))

/** Does all jobs, each in a cloud that no other job uses meanwhile. */
async function doAll<Job>(
  jobs: readonly Job[],
  work: (user: RaceUser, job: Job) => Promise<void>,
): Promise<void> {
  const queue = [...jobs]
  await Promise.all(
    users.map(async (user) => {
      for (let job = queue.shift(); job; job = queue.shift()) await work(user, job)
    }),
  )
}

function namesOf(actions: readonly { name: string }[]): string {
  return actions.map(({ name }) => name).join(' × ')
}

function report(findings: readonly Finding[]): string[] {
  return findings.map(
    (finding) => `${finding.actions.join(' × ')}: ${finding.violation}\n  ${replayCommand(finding)}`,
  )
}

it.runIf(REPLAY !== undefined)('the replayed schedule violates no invariant', async () => {
  const { actions, schedule }: Pick<Finding, 'actions' | 'schedule'> = JSON.parse(REPLAY ?? '{}')
  const [user] = users
  if (!user) throw new Error('there is no cloud')
  const { violation } = await runSchedule(user, actions.map(actionNamed), followPath(schedule))
  expect(violation).toBeUndefined()
})

it.skipIf(REPLAY !== undefined)(
  `no interleaving of ${isExhaustive ? 'any pair of actions' : 'the pairs of representatives'} violates an invariant`,
  async () => {
    const findings: Finding[] = []
    const incomplete: string[] = []
    let states = 0
    let interleavings = 0n
    let runs = 0
    const explore = async (user: RaceUser, actions: readonly Action[]) => {
      const isWithTimer = actions.some(({ caller }) => caller === 'timer')
      const isWithMove = actions.some(({ start, becomes }) => start === 'asked' && becomes === 'closed')
      const maximumRuns = isWithMove ? RUNS_WITH_MOVE : isWithTimer ? RUNS_WITH_TIMER : RUNS
      const exploration = await exploreReduced(actions, { user, ...knowledge }, { maximumRuns })
      if (!exploration.isComplete) incomplete.push(namesOf(actions))
      findings.push(...exploration.findings)
      states += exploration.states
      interleavings += exploration.interleavings
      runs += exploration.runs
    }
    const single = ACTIONS.map((action) => [action])
    const pairs = isExhaustive ? shardOfAll(allPairs()) : representativePairs()
    await doAll(single, explore)
    await doAll(pairs, explore)
    console.info(
      `races: ${pairs.length} pairs of ${ACTIONS.length} actions, ${interleavings} interleavings through ${states} states, ${runs} runs`,
    )
    if (incomplete.length > 0) {
      const runs = `${RUNS} runs, with the timer after ${RUNS_WITH_TIMER}, with a move after ${RUNS_WITH_MOVE}`
      console.info(`races: incomplete after ${runs}: ${incomplete.join('; ')}`)
    }
    expect(report(findings)).toEqual([])
  },
  (process.env['RACES'] === 'all' ? 1000 : 45) * MINUTES,
)

it.skipIf(REPLAY !== undefined)(
  `none of ${TRIPLES} random interleavings of three actions violates an invariant`,
  async () => {
    const findings: Finding[] = []
    const jobs = Array.from({ length: TRIPLES }, (_, number) => {
      const random = seededRandom(SEED * 1_000_003 + number)
      const pick = () => ACTIONS[Math.floor(random() * ACTIONS.length)] ?? { name: '' }
      return { actions: [pick(), pick(), pick()], random }
    })
    await doAll(shardOfAll(jobs), async (user, { actions, random }) => {
      const finding = await exploreOne(user, actions, random)
      if (finding) findings.push(finding)
    })
    console.info(`races: ${TRIPLES} interleavings of triples, seed ${SEED}`)
    expect(report(findings)).toEqual([])
  },
  60 * MINUTES,
)
