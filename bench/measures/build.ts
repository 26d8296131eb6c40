import { spawnSync } from 'node:child_process'
import { projectPath } from '../../scripts/project.ts'
import { type Measure, round, show } from '../measure.ts'
import { interleave, spreadOf } from '../sample.ts'

const ROUNDS = 15

/** `npm run build`, from its start to its end. */
export const buildMeasure: Measure = {
  key: 'buildMilliseconds',
  async run(progress) {
    const samples = await interleave(
      ROUNDS,
      { build: () => wholeProgram('run', 'build'), npm: () => wholeProgram('--version') },
      progress,
    )
    const [build, npm] = [spreadOf(samples.build), spreadOf(samples.npm)]
    const row = { what: 'npm run build / npm --version', ours: show(build, 'ms', 0), toReach: '' }
    return {
      value: round(build.median, 0),
      rows: [{ ...row, against: show(npm, 'ms', 0), result: build.median / npm.median }],
    }
  },
}

function wholeProgram(...parameters: string[]): number {
  const startedAt = performance.now()
  const { status } = spawnSync('npm', parameters, {
    cwd: projectPath('.'),
    stdio: 'ignore',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`npm ${parameters.join(' ')}: exit ${status}`)
  return performance.now() - startedAt
}
