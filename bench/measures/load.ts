import { spawnSync } from 'node:child_process'
import { type Measure, round, show } from '../measure.ts'
import { interleave, median, spreadOf } from '../sample.ts'
import { functionFile, PLATFORM, type Way } from '../stage.ts'

const ROUNDS = 15

/** A whole Node process, from its start to its end. */
function processTime(code: string): number {
  const startedAt = performance.now()
  const { status } = spawnSync(process.execPath, ['-e', code], {
    env: { ...PLATFORM, PATH: process.env['PATH'] },
    stdio: 'ignore',
  })
  if (status !== 0) throw new Error(`node -e ${code}: exit ${status}`)
  return performance.now() - startedAt
}

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
