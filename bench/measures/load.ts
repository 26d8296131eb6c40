import { type Measure, round, show } from '../measure.ts'
import { programTime } from '../program.ts'
import { interleave, median, spreadOf } from '../sample.ts'
import { functionFile, PLATFORM, type Way } from '../stage.ts'

const ROUNDS = 15

const processTime = (code: string) =>
  programTime(process.execPath, ['-e', code], { env: { ...PLATFORM, PATH: process.env['PATH'] } })

type Compared = Exclude<Way, 'requests'>

const load = (way: Compared) => processTime(`require(${JSON.stringify(functionFile(way, 'login'))})`)

/** What loading a function's file costs beyond Node itself. */
export const loadMeasure: Measure = {
  key: 'loadOverBare',
  async run(progress) {
    const samples = await interleave(
      ROUNDS,
      { bare: () => processTime('0'), ours: () => load('ours'), usual: () => load('usual') },
      progress,
    )
    const bare = median(samples.bare)
    const over = (way: Compared) => spreadOf(samples[way].map((sample) => sample - bare))
    const result = over('ours').median / over('usual').median
    const row = { what: 'load of login over bare node', result, toReach: '≤ 0.22' }
    return {
      value: round(result),
      rows: [{ ...row, ours: show(over('ours'), 'ms'), against: show(over('usual'), 'ms') }],
    }
  },
}
