import { afterAll, beforeAll, expect, it } from 'vitest'
import { APP_OPERATIONS } from '../support/operations/app.ts'
import { OPERATIONS } from '../support/operations/operations.ts'
import { type RunningProject, startApp } from '../support/start-app.ts'
import { namedCalls, namesOf } from './called-names.ts'
import { CALLS } from './calls.ts'
import { type CleanScenario, type Coverage, type PhoneCase, PhoneCases } from './phone-cases.ts'
import { runPhoneCase, runScenarioCleanly } from './phone-matrix.ts'
import type { Scenario } from './scenario.ts'
import { SCENARIOS } from './scenarios.ts'
import { runAll } from './worker-pool.ts'

/** The mini-program ends the others, and then itself: an answer that is lost leaves no doubt which are over. */
const NOT_ON_THE_PHONE = ['logout all']

/** On two cores `FAULTS=distinct` takes more than ten minutes, and `FAULTS=all` nearly half an hour. */
const COVERAGES: Readonly<Record<string, Coverage>> = { distinct: 'distinct', all: 'everywhere' }
const COVERAGE = COVERAGES[process.env['FAULTS'] ?? ''] ?? 'sampled'

/** Phones in use at the same time: for what is busy, and for what mostly waits. */
const BUSY_WORKERS = 3
const WAITING_WORKERS = 5
const MINUTES = 60_000

const OPTIONS = {
  // Nobody else meets the first: it only lets those in who do without a number.
  variables: { PHONE_REQUIRED: 'false', LOGIN_LIMIT: '1000' },
  // A call that is tried again and again takes longer than anything else that a phone waits for.
  timeoutMilliseconds: MINUTES,
}

/** By configuration of the mini-program, one app for each worker: phones of one app would share its clock. */
const apps = new Map<string, RunningProject[]>()
let clean: CleanScenario[]
beforeAll(async () => {
  clean = []
  for (const scenario of SCENARIOS) clean.push(await runScenarioCleanly(await appOf(scenario), scenario))
}, MINUTES)
afterAll(async () => {
  for (const { project } of [...apps.values()].flat()) await project.stop()
})

/** The app on which a worker runs the scenario. */
async function appOf({ config }: Scenario, worker = 0): Promise<RunningProject> {
  const key = JSON.stringify(config ?? {})
  const started = apps.get(key) ?? []
  apps.set(key, started)
  const app = started[worker] ?? (await startApp({ ...OPTIONS, ...(config && { config }) }))
  started[worker] = app
  return app
}

it('the scenarios make every call that the mini-program can make', () => {
  const sent = clean.flatMap(({ steps }) => steps).flatMap(({ name, data }) => namesOf(name, data))
  expect([...new Set(sent)].sort()).toEqual(namedCalls())
})

it('the scenarios make every call of the server’s matrix', () => {
  // Of functions that share their code the matrix has one, and the phone has the pages of all.
  const leftOut = OPERATIONS.filter(({ leftOut }) => leftOut?.faults).map(({ name }) => name)
  const made = SCENARIOS.flatMap(({ of = [] }) => of).filter((name) => !leftOut.includes(name))
  // A function of the app that no page calls yet is no business of the phone.
  const named = namedCalls()
  const unused = APP_OPERATIONS.filter((operation) => !named.includes(operation.function))
  const ofPeople = CALLS.filter(({ by }) => by === undefined)
    .map(({ name }) => name)
    .filter((name) => !unused.some((operation) => operation.name === name))
  expect([...new Set([...made, ...NOT_ON_THE_PHONE])].sort()).toEqual(ofPeople.sort())
})

it(
  'every fault in every scenario ends in the wanted result, or in a text and a next step that leads to it',
  async () => {
    const made = new PhoneCases(COVERAGE)
    const cases = clean.flatMap((scenario) => made.of(scenario))
    const long = cases.filter(({ takesLong }) => takesLong)
    const short = cases.filter(({ takesLong }) => !takesLong)
    const run = (first: number) => async (next: PhoneCase, _openid: string, worker: number) =>
      runPhoneCase(await appOf(next.scenario, first + worker), next)
    const [waited, worked] = await Promise.all([
      runAll(long, { workers: WAITING_WORKERS }, run(BUSY_WORKERS)),
      runAll(short, { workers: BUSY_WORKERS }, run(0)),
    ])
    const operations = clean.flatMap(({ steps }) => steps).flatMap((step) => step.operations).length
    console.info(
      `phone faults: ${SCENARIOS.length} actions, ${operations} operations, ${cases.length} faults`,
    )
    expect([...worked, ...waited]).toEqual([])
  },
  (COVERAGE === 'sampled' ? 10 : 120) * MINUTES,
)
