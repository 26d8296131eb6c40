import { projectPath } from '../../scripts/lib/project.ts'
import { type Measure, round, show } from '../measure.ts'
import { programTime } from '../program.ts'
import { interleave, spreadOf } from '../sample.ts'

const ROUNDS = 15

/** `npm run build`, from its start to its end. */
export const buildMeasure: Measure = {
  keys: ['buildMilliseconds'],
  async run(progress) {
    const samples = await interleave(
      ROUNDS,
      { build: () => npm('run', 'build'), bare: () => npm('--version') },
      progress,
    )
    const [build, bare] = [spreadOf(samples.build), spreadOf(samples.bare)]
    const row = { what: 'npm run build / npm --version', ours: show(build, 'ms', 0), toReach: '' }
    return {
      values: { buildMilliseconds: round(build.median, 0) },
      rows: [{ ...row, against: show(bare, 'ms', 0), result: build.median / bare.median }],
    }
  },
}

const npm = (...parameters: string[]) =>
  programTime('npm', parameters, { cwd: projectPath('.'), shell: process.platform === 'win32' })
