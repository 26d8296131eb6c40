/**
 * `npm run bench`: measures the comparisons of bench/README.md and prints a table, row by row.
 * `-- --json` prints one JSON object as the last line, `-- --only <key>` takes one measurement and may be repeated, `-- --users <n>`
 * replaces the million users.
 */
import { readArguments } from '../scripts/lib/arguments.ts'
import { BuildError, buildFunctions } from '../scripts/lib/build/build-functions.ts'
import { fail, projectPath } from '../scripts/lib/project.ts'
import { FUNCTIONS } from './bench-cloud.ts'
import { dataFolder } from './data-folder.ts'
import type { Measure, Row } from './measure.ts'
import { buildMeasure } from './measures/build.ts'
import { cleanupMeasure } from './measures/cleanup.ts'
import { coldAnswerMeasure } from './measures/cold-answer.ts'
import { guardMeasure } from './measures/guard.ts'
import { importMeasure } from './measures/import.ts'
import { indexesMeasure } from './measures/indexes.ts'
import { largeProjectMeasure } from './measures/large-project.ts'
import { loadMeasure } from './measures/load.ts'
import { millionMeasure } from './measures/million.ts'
import { packageMeasure } from './measures/package.ts'
import { paidMeasure } from './measures/paid.ts'
import { phoneMeasure } from './measures/phone.ts'
import { quickMeasure } from './measures/quick.ts'
import { roundTripsMeasure } from './measures/round-trips.ts'
import { throughputMeasure } from './measures/throughput.ts'
import { verifyOverHmac, verifyOverStringSecret } from './measures/verify.ts'
import { wallTimeMeasure } from './measures/wall-time.ts'
import { Population } from './population.ts'

const MEASURES: readonly Measure[] = [
  loadMeasure,
  coldAnswerMeasure,
  guardMeasure,
  verifyOverHmac,
  verifyOverStringSecret,
  roundTripsMeasure,
  wallTimeMeasure,
  throughputMeasure,
  millionMeasure,
  indexesMeasure,
  importMeasure,
  cleanupMeasure,
  paidMeasure,
  packageMeasure,
  phoneMeasure,
  quickMeasure,
  largeProjectMeasure,
  buildMeasure,
]

const { values } = readArguments('npm run bench [-- --json --only KEY --users N]', {
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    users: { type: 'string', default: '1000000' },
  },
})
const { only } = values
const chosen = MEASURES.filter(({ keys }) => only === undefined || keys.some((key) => only.includes(key)))
const known = MEASURES.flatMap(({ keys }) => keys)
const unknown = only?.find((key) => !known.includes(key))
if (unknown !== undefined) fail(`--only ${unknown}: one of ${known.join(', ')}`)
const users = Number(values.users)
if (!Number.isInteger(users) || users < 1) fail(`--users ${values.users}: not a number of users`)

// `os.tmpdir()` returns this from here on.
process.env['TMPDIR'] = dataFolder()
await build()
const results: Record<string, unknown> = {}
print(['what', 'ours (middle half)', 'against', 'result', 'to reach'])
const population = new Population(users)
const startedAt = performance.now()
try {
  for (const { keys, run } of chosen) {
    const { values, rows } = await run((line) => showProgress(`${keys[0]}: ${line}`), { users, population })
    showProgress('')
    Object.assign(results, values)
    for (const row of rows) print(cellsOf(row))
  }
} finally {
  await population.close()
}
console.log(`${((performance.now() - startedAt) / 60_000).toFixed(1)} min`)
if (values.json) console.log(JSON.stringify(results))

async function build(): Promise<void> {
  try {
    await buildFunctions({ source: projectPath('cloudfunctions'), target: FUNCTIONS.ours })
  } catch (error) {
    if (error instanceof BuildError) fail(error.message)
    throw error
  }
}

function cellsOf({ what, ours, against, result, toReach }: Row): string[] {
  return [what, ours, against, Number(result.toFixed(3)).toString(), toReach]
}

function print([what = '', ours = '', against = '', ...rest]: string[]): void {
  console.log(
    [what.padEnd(58), ours.padEnd(24), against.padEnd(24), ...rest.map((cell) => cell.padEnd(9))]
      .join(' ')
      .trimEnd(),
  )
}

/** One line that is overwritten; nothing unless stderr is a terminal. */
function showProgress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`)
}
