import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeSecrets } from '../../scripts/make-secrets.ts'
import { CloudKit } from '../cloud-kit.ts'
import { removeCompiled } from '../miniprogram/compiled.ts'
import { namedCalls, namesOf } from './called-names.ts'
import { CALLS } from './calls.ts'
import { DEEDS } from './deeds.ts'
import { runAll } from './lanes.ts'
import { type CleanDeed, type PhoneCase, PhoneCases } from './phone-cases.ts'
import { doCleanly, runPhoneCase } from './phone-matrix.ts'

/** The mini-program ends the others, and then itself: an answer that is lost leaves no doubt which are over. */
const NOT_ON_THE_PHONE = ['logout of all']

/** Phones in use at the same time: for what is busy, and for what mostly waits. */
const BUSY_LANES = 3
const WAITING_LANES = 5
const MINUTES = 60_000
/** `FAULTS=all npx vitest run test/faults` has every fault stay, and every operation run out of time in every way. */
const ALL = process.env['FAULTS'] === 'all'

let kit: CloudKit
let clean: CleanDeed[]
beforeAll(async () => {
  // Nobody else meets the variable: it only lets those in who do without a number.
  const variables = { ...makeSecrets(), PHONE_REQUIRED: 'false', LOGIN_LIMIT: '1000' }
  kit = await CloudKit.start({ variables, maximumInstances: BUSY_LANES + WAITING_LANES })
  clean = []
  for (const [number, deed] of DEEDS.entries()) {
    clean.push(await doCleanly(kit, deed, `oCleanPhone-${number}`))
  }
}, MINUTES)
afterAll(async () => {
  removeCompiled()
  await kit.stop()
})

it('whatever the mini-program asks of the cloud is asked for by some deed', () => {
  const sent = clean.flatMap(({ steps }) => steps).flatMap(({ name, data }) => namesOf(name, data))
  expect([...new Set(sent)].sort()).toEqual(namedCalls())
})

it('each call of the server’s matrix is made by some deed', () => {
  const made = DEEDS.flatMap(({ of = [] }) => of)
  const ofPeople = CALLS.filter(({ by }) => by === undefined).map(({ name }) => name)
  expect([...new Set([...made, ...NOT_ON_THE_PHONE])].sort()).toEqual(ofPeople.sort())
})

it(
  'every fault of everything a person does ends in what was wanted, or in a text and a next step that leads there',
  async () => {
    const made = new PhoneCases(ALL)
    const cases = clean.flatMap((deed) => made.of(deed))
    const long = cases.filter(({ takesLong }) => takesLong)
    const short = cases.filter(({ takesLong }) => !takesLong)
    const run = (next: PhoneCase, openid: string) => runPhoneCase(kit, next, openid)
    const [waited, worked] = await Promise.all([
      runAll(long, { lanes: WAITING_LANES, people: 'oPhone-waits' }, run),
      runAll(short, { lanes: BUSY_LANES, people: 'oPhone-works' }, run),
    ])
    const operations = clean.flatMap(({ steps }) => steps).flatMap((step) => step.operations).length
    console.info(`phone faults: ${DEEDS.length} actions, ${operations} operations, ${cases.length} faults`)
    expect([...worked, ...waited]).toEqual([])
  },
  (ALL ? 120 : 10) * MINUTES,
)
