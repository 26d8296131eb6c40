import { newPad } from '../../test/account-kit.ts'
import { type Measure, type Row, round, show } from '../measure.ts'
import { interleave, spreadOf, timed } from '../sample.ts'
import { call, inTurns, tap } from '../stage.ts'
import { openTown, RECORDS_EACH, type Town, takeTemplates } from '../town.ts'

const ROUNDS = 101
/** Until processes are started, and what lies on the path is in memory on both sides. */
const WARM_UP = 20
const FEW = 1000
const MILLION = 1_000_000

/** What is measured: prepares one call in a town, not timed, and returns it. */
const CALLS: Readonly<Record<string, { rounds: number; prepare: (town: Town) => Promise<() => unknown> }>> = {
  login: { rounds: ROUNDS, prepare: loginAgain },
  checkToken: { rounds: ROUNDS, prepare: asOwner('checkToken', {}) },
  trips: { rounds: ROUNDS, prepare: asOwner('trips', { action: 'list' }) },
  export: { rounds: ROUNDS, prepare: asOwner('account', { action: 'export', pad: newPad() }) },
  close: { rounds: 41, prepare: closeAccount },
  find: { rounds: 41, prepare: findByNumber },
}

/** Whether people who come later pay for those who came before. */
export const millionMeasure: Measure = {
  key: 'millionOverThousand',
  async run(progress, { users }) {
    const templates = await takeTemplates()
    const towns: Town[] = []
    const open = async (count: number) => {
      const town = await openTown(count, templates, (done) => progress(`${done} of ${count} users`))
      towns.push(town)
      return town
    }
    try {
      const sides = { few: await open(FEW), many: await open(users) }
      const rows: Row[] = []
      const value: Record<string, number> = {}
      for (const [name, { rounds, prepare }] of Object.entries(CALLS)) {
        const measure = (town: Town) => async () => timed(await prepare(town))
        const variants = { few: measure(sides.few), many: measure(sides.many) }
        await interleave(WARM_UP, variants, progress)
        const row = rowOf(name, await interleave(rounds, variants, progress), users)
        rows.push(row)
        value[name] = round(row.result)
      }
      return { value: users === MILLION ? value : { ...value, users }, rows }
    } finally {
      for (const { close } of towns) await close()
    }
  },
}

const turns = new WeakMap<Town, () => string>()

async function loginAgain(town: Town): Promise<() => unknown> {
  const next = turns.get(town) ?? inTurns()
  turns.set(town, next)
  const person = next()
  const request = tap(town.cloud, 'ours', person)
  return () => call(town.cloud, 'login', request, person)
}

function asOwner(name: string, fields: object) {
  return async ({ cloud, token }: Town) =>
    () =>
      call(cloud, name, { token, ...fields })
}

let newcomers = 0

/** Of somebody who has just come, with no more records than others have. */
async function closeAccount({ cloud }: Town): Promise<() => unknown> {
  const person = `oNewcomer-${newcomers++}`
  const { token } = await call(cloud, 'login', tap(cloud, 'ours', person), person)
  return () => call(cloud, 'account', { token, action: 'close', confirmed: true }, person)
}

async function findByNumber({ cloud, adminToken }: Town): Promise<() => unknown> {
  const token = adminToken()
  return () => call(cloud, 'admin', { token, action: 'find', phone: '13800138000' }, null)
}

function rowOf(name: string, samples: Record<'few' | 'many', number[]>, users: number): Row {
  const [few, many] = [spreadOf(samples.few), spreadOf(samples.many)]
  const amount = (count: number) =>
    `${count.toLocaleString('en')} users, ${(count * RECORDS_EACH).toLocaleString('en')} records`
  return {
    what: `${name} among ${amount(users)} / ${FEW.toLocaleString('en')}`,
    ours: show(many, 'ms', 2),
    against: show(few, 'ms', 2),
    result: many.median / few.median,
    toReach: '≤ 1.2',
  }
}
