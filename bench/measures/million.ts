import { type Measure, type Row, round } from '../measure.ts'
import { CALLS, type CallName, showTimes, timeOf } from '../populated-calls.ts'
import { AUDIT_ENTRIES_EACH, type PopulatedCloud } from '../populated-cloud.ts'
import { FEW } from '../population.ts'
import { interleave, spreadOf } from '../sample.ts'

const ROUNDS = 101
/** Of calls that need another one first, or take long. */
const FEW_ROUNDS: Partial<Record<CallName, number>> = { close: 41, find: 41, export: 41, cleanup: 21 }
/** Until the processes are started and the pages on the path are in memory on both sides. */
const WARM_UP = 20
const MILLION = 1_000_000

/** Whether calls become slower as users become more. */
export const millionMeasure: Measure = {
  keys: ['millionOverThousand'],
  async run(progress, { users, population }) {
    const sides = await population.open(progress)
    const rows: Row[] = []
    const ratios: Record<string, number> = {}
    for (const name of Object.keys(CALLS) as CallName[]) {
      const row = rowOf(name, await samplesOf(name, sides, progress), users)
      rows.push(row)
      ratios[name] = round(row.result)
    }
    return { values: { millionOverThousand: users === MILLION ? ratios : { ...ratios, users } }, rows }
  },
}

async function samplesOf(
  name: CallName,
  { few, many }: Record<'few' | 'many', PopulatedCloud>,
  progress: (line: string) => void,
) {
  const variants = { few: () => timeOf(name, few), many: () => timeOf(name, many) }
  const show = (line: string) => progress(`${name}, ${line}`)
  const first = await interleave(1, variants, show)
  // It will not become quicker.
  if (!Number.isFinite(first.many[0])) return first
  await interleave(WARM_UP, variants, show)
  return interleave(FEW_ROUNDS[name] ?? ROUNDS, variants, show)
}

function rowOf(name: string, samples: Record<'few' | 'many', number[]>, users: number): Row {
  const [few, many] = [spreadOf(samples.few), spreadOf(samples.many)]
  const amount = (count: number) =>
    `${count.toLocaleString('en')} users, ${(count * AUDIT_ENTRIES_EACH).toLocaleString('en')} records`
  return {
    what: `${name} among ${amount(users)} / ${FEW.toLocaleString('en')}`,
    ours: showTimes(many, 2),
    against: showTimes(few, 2),
    result: many.median / few.median,
    toReach: '≤ 1.2',
  }
}
