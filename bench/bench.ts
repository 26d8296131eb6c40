/**
 * `npm run bench`: measures what is compared in bench/README.md and prints a table, row by row as they come.
 * `-- --json` prints one JSON object as the last line, `-- --only <key>` measures one thing, `-- --users <n>` makes
 * do with fewer users than a million.
 */
import { readArguments } from '../scripts/arguments.ts'
import { BuildError, buildFunctions } from '../scripts/build-functions.ts'
import { giveUp, projectPath } from '../scripts/project.ts'
import { dataFolder } from './data-folder.ts'
import type { Measure, Row } from './measure.ts'
import { buildMeasure } from './measures/build.ts'
import { coldAnswerMeasure } from './measures/cold-answer.ts'
import { importMeasure } from './measures/import.ts'
import { loadMeasure } from './measures/load.ts'
import { millionMeasure } from './measures/million.ts'
import { packageMeasure } from './measures/package.ts'
import { paidMeasure } from './measures/paid.ts'
import { phoneMeasure } from './measures/phone.ts'
import { roundTripsMeasure } from './measures/round-trips.ts'
import { throughputMeasure } from './measures/throughput.ts'
import { verifyOverHmac, verifyOverStringSecret } from './measures/verify.ts'
import { wallMeasure } from './measures/wall.ts'
import { FUNCTIONS } from './stage.ts'

const MEASURES: readonly Measure[] = [
  loadMeasure,
  coldAnswerMeasure,
  verifyOverHmac,
  verifyOverStringSecret,
  roundTripsMeasure,
  wallMeasure,
  throughputMeasure,
  millionMeasure,
  importMeasure,
  paidMeasure,
  packageMeasure,
  phoneMeasure,
  buildMeasure,
]

const { values } = readArguments('npm run bench [-- --json --only KEY --users N]', {
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    users: { type: 'string', default: '1000000' },
  },
})
const chosen = MEASURES.filter(({ key }) => values.only === undefined || key === values.only)
if (chosen.length === 0) giveUp(`--only ${values.only}: one of ${MEASURES.map(({ key }) => key).join(', ')}`)
const users = Number(values.users)
if (!Number.isInteger(users) || users < 1) giveUp(`--users ${values.users}: not a number of users`)

// What `os.tmpdir()` names from here on.
process.env['TMPDIR'] = dataFolder()
await build()
const results: Record<string, unknown> = {}
print(['what', 'ours (middle half)', 'against', 'result', 'to reach'])
for (const { key, run } of chosen) {
  const { value, rows } = await run((line) => showProgress(`${key}: ${line}`), { users })
  showProgress('')
  results[key] = value
  for (const row of rows) print(cellsOf(row))
}
if (values.json) console.log(JSON.stringify(results))

async function build(): Promise<void> {
  try {
    await buildFunctions({ source: projectPath('cloudfunctions'), target: FUNCTIONS.ours })
  } catch (error) {
    if (error instanceof BuildError) giveUp(error.message)
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

/** One line that is overwritten; nothing where nobody watches. */
function showProgress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`)
}
