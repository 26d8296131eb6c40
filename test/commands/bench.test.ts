import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'

const execute = promisify(execFile)

/** Programs are started here, beside all other tests. */
const PATIENCE_MILLISECONDS = 120_000

const bench = (...options: string[]) =>
  execute(process.execPath, ['emulator/bin/run.js', 'bench/bench.ts', ...options], { cwd: projectPath('.') })

describe('npm run bench', () => {
  it(
    'measures one thing, as a table and as JSON on the last line',
    async () => {
      const { stdout } = await bench('--only', 'roundTrips', '--json')
      const lines = stdout.trim().split('\n')
      expect(JSON.parse(lines.at(-1) ?? '')).toEqual({
        roundTrips: {
          loginNew: expect.any(Number),
          loginKnown: expect.any(Number),
          loginSilent: 1,
          checkToken: 1,
          checkTokenRenewing: 2,
          tripsList: expect.any(Number),
        },
      })
      for (const name of ['loginNew', 'checkToken', 'tripsList']) {
        expect(lines.filter((line) => line.includes(`round trips of ${name} `))).toHaveLength(1)
      }
    },
    PATIENCE_MILLISECONDS,
  )

  it(
    'says what can be measured when asked for something else',
    async () => {
      await expect(bench('--only', 'nothing')).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining('loadOverBare'),
      })
    },
    PATIENCE_MILLISECONDS,
  )
})
