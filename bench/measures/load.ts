import { functionFile, PLATFORM, type Variant } from '../bench-cloud.ts'
import { type Measure, round, show } from '../measure.ts'
import { programTime } from '../program.ts'
import { interleave, median, spreadOf } from '../sample.ts'

const ROUNDS = 15

const processTime = (code: string) =>
  programTime(process.execPath, ['-e', code], { env: { ...PLATFORM, PATH: process.env['PATH'] } })

type Compared = Exclude<Variant, 'requests'>

const load = (variant: Compared) => processTime(`require(${JSON.stringify(functionFile(variant, 'login'))})`)

/** What loading a function's file costs beyond Node itself. */
export const loadMeasure: Measure = {
  keys: ['loadOverBare'],
  async run(progress) {
    const samples = await interleave(
      ROUNDS,
      { bare: () => processTime('0'), ours: () => load('ours'), usual: () => load('usual') },
      progress,
    )
    const bare = median(samples.bare)
    const over = (variant: Compared) => spreadOf(samples[variant].map((sample) => sample - bare))
    const result = over('ours').median / over('usual').median
    const row = { what: 'load of login over bare node', result, toReach: '≤ 0.22' }
    return {
      values: { loadOverBare: round(result) },
      rows: [{ ...row, ours: show(over('ours'), 'ms'), against: show(over('usual'), 'ms') }],
    }
  },
}
