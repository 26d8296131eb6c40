import { type Measure, type Row, round } from '../measure.ts'
import { type CallName, showTimes, timeOf } from '../populated-calls.ts'
import { FEW } from '../population.ts'
import { interleave, spreadOf } from '../sample.ts'

const ROUNDS = 3
/** Those whose queries need the project's indexes. */
const NAMES: readonly CallName[] = ['login', 'close', 'export', 'find', 'list', 'stats', 'cleanup']

/** The same calls where nobody has made the indexes. The last measure of the two clouds, which have none from then on. */
export const indexesMeasure: Measure = {
  keys: ['millionWithoutIndexes'],
  async run(progress, { users, population }) {
    const { few, many } = await population.open(progress)
    for (const cloud of [few, many]) {
      await cloud.keepNewcomers(ROUNDS + 1)
      await cloud.dropIndexes()
    }
    const rows: Row[] = []
    const milliseconds: Record<string, number> = {}
    for (const name of NAMES) {
      const variants = { few: () => timeOf(name, few), many: () => timeOf(name, many) }
      // The first call starts the process.
      await variants.few()
      const show = (line: string) => progress(`${name}, ${line}`)
      const once = await interleave(1, variants, show)
      // It will not become quicker.
      const samples = Number.isFinite(once.many[0]) ? await interleave(ROUNDS, variants, show) : once
      const row = rowOf(name, samples, users)
      rows.push(row)
      milliseconds[name] = round(spreadOf(samples.many).median, 0)
    }
    return { values: { millionWithoutIndexes: milliseconds }, rows }
  },
}

function rowOf(name: string, samples: Record<'few' | 'many', number[]>, users: number): Row {
  const [few, many] = [spreadOf(samples.few), spreadOf(samples.many)]
  return {
    what: `${name} without indexes among ${users.toLocaleString('en')} users / ${FEW.toLocaleString('en')}`,
    ours: showTimes(many, 0),
    against: showTimes(few, 0),
    result: many.median / few.median,
    toReach: '',
  }
}
