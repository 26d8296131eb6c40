import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { removeCompiled } from '../miniprogram/phone/compiled.ts'
import { CloudKit } from '../support/cloud-kit.ts'
import { APP_OPERATIONS } from '../support/operations/app.ts'
import { OPERATIONS } from '../support/operations/operations.ts'
import { namedCalls, namesOf } from './called-names.ts'
import { CALLS } from './calls.ts'
import { type CleanScenario, type Coverage, type PhoneCase, PhoneCases } from './phone-cases.ts'
import { runPhoneCase, runScenarioCleanly } from './phone-matrix.ts'
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

let kit: CloudKit
let clean: CleanScenario[]
beforeAll(async () => {
  // Nobody else meets the variable: it only lets those in who do without a number.
  const variables = { ...makeSecrets(), PHONE_REQUIRED: 'false', LOGIN_LIMIT: '1000' }
  kit = await CloudKit.start({ variables, maximumInstances: BUSY_WORKERS + WAITING_WORKERS })
  clean = []
  for (const [number, scenario] of SCENARIOS.entries()) {
    clean.push(await runScenarioCleanly(kit, scenario, `oCleanPhone-${number}`))
  }
}, MINUTES)
afterAll(async () => {
  removeCompiled()
  await kit.stop()
})

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
    const run = (next: PhoneCase, openid: string) => runPhoneCase(kit, next, openid)
    const [waited, worked] = await Promise.all([
      runAll(long, { workers: WAITING_WORKERS, openidPrefix: 'oPhone-waits' }, run),
      runAll(short, { workers: BUSY_WORKERS, openidPrefix: 'oPhone-works' }, run),
    ])
    const operations = clean.flatMap(({ steps }) => steps).flatMap((step) => step.operations).length
    console.info(
      `phone faults: ${SCENARIOS.length} actions, ${operations} operations, ${cases.length} faults`,
    )
    expect([...worked, ...waited]).toEqual([])
  },
  (COVERAGE === 'sampled' ? 10 : 120) * MINUTES,
)
