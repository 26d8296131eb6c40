import { cpSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeGuard } from '../../scripts/lib/guard/write-guard.ts'
import { projectPath } from '../../scripts/lib/project.ts'
import { BenchCloud, FUNCTIONS } from '../bench-cloud.ts'
import { type Measure, type Row, round, show } from '../measure.ts'
import { interleave, median, spreadOf } from '../sample.ts'

const ROUNDS = 15
const CALLS = 10

/** What the guard costs a function in plain JavaScript: its bytes, a cold answer, and a warm one. */
export const guardMeasure: Measure = {
  keys: ['guardOverPlain'],
  async run(progress) {
    const stage = mkdtempSync(join(tmpdir(), 'bench-guard-'))
    try {
      const functions = await stageFunctions(stage)
      const bytes = statSync(join(functions, 'guarded/auth-guard.js')).size
      const bench = await BenchCloud.open('ours', { functionsDirectory: functions })
      try {
        const rows = await measure(bench, progress)
        const [cold, warm] = rows.map(({ result }) => round(result))
        return { values: { guardOverPlain: { bytes, cold, warm } }, rows: [bytesRow(bytes), ...rows] }
      } finally {
        await bench.close()
      }
    } finally {
      rmSync(stage, { recursive: true, force: true })
    }
  },
}

/** The functions with the packages that an app has installed, the guard beside one of them, and our login. */
async function stageFunctions(stage: string): Promise<string> {
  const functions = join(stage, 'cloudfunctions')
  symlinkSync(projectPath('node_modules'), join(stage, 'node_modules'), 'junction')
  cpSync(projectPath('bench/baselines/guard'), functions, { recursive: true })
  cpSync(join(FUNCTIONS.ours, 'login'), join(functions, 'login'), { recursive: true })
  await writeGuard(projectPath('cloudfunctions'), join(functions, 'guarded'))
  return functions
}

async function measure(bench: BenchCloud, progress: (line: string) => void): Promise<Row[]> {
  bench.kit.cloud.database.createCollection('notes', 'ADMINONLY')
  const token = await bench.login()
  const cold = await interleave(
    ROUNDS,
    {
      guarded: () => bench.coldAnswer('guarded', { token }),
      plain: () => bench.coldAnswer('plain', {}),
    },
    progress,
  )
  const warm = await interleave(
    ROUNDS,
    {
      guarded: () => warmAnswer(bench, 'guarded', { token }),
      plain: () => warmAnswer(bench, 'plain', {}),
    },
    progress,
  )
  return [rowOf('cold first answer', cold), rowOf('warm answer', warm)]
}

/** Milliseconds of one call among several. */
async function warmAnswer(bench: BenchCloud, name: string, data: object): Promise<number> {
  const samples: number[] = []
  for (let call = 0; call < CALLS; call++) {
    const startedAt = performance.now()
    await bench.call(name, data)
    samples.push(performance.now() - startedAt)
  }
  return median(samples)
}

function rowOf(what: string, samples: Record<'guarded' | 'plain', number[]>): Row {
  const [guarded, plain] = [spreadOf(samples.guarded), spreadOf(samples.plain)]
  return {
    what: `${what} of a function with auth-guard.js`,
    ours: show(guarded, 'ms'),
    against: show(plain, 'ms'),
    result: guarded.median / plain.median,
    toReach: '',
  }
}

function bytesRow(bytes: number): Row {
  const kilobytes = bytes / 1024
  return {
    what: 'size of auth-guard.js, in KB',
    ours: kilobytes.toFixed(1),
    against: '',
    result: kilobytes,
    toReach: '',
  }
}
