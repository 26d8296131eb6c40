/**
 * `npm run test:all`: every test, including the combinations that `npm test` only samples; then every mutation. Runs
 * both, prints one line of counts, and fails if anything failed; a test that fails runs once more, and is named where it
 * passes then. `-- --counts FILE` writes the counts as JSON. `-- --shard 2/4` tries the second quarter of the combinations
 * and of the mutations; it runs every other test.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { readArguments } from './lib/arguments.ts'
import { fail, projectPath } from './lib/project.ts'
import { parseShard } from './lib/shard.ts'

interface Counts {
  passed: number
  failed: number
}

interface TestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[]
}

interface MutationReport {
  passed: number
  /** Each with its guard and its outcome. */
  failures: string[]
  unsteady: string[]
}

const USAGE = 'npm run test:all [-- --counts FILE] [--shard 2/4]'
const { values } = readArguments(USAGE, {
  options: { counts: { type: 'string' }, shard: { type: 'string', default: '1/1' } },
})
if (!parseShard(values.shard)) fail(`--shard ${values.shard}\n${USAGE}`)
/** Repeated at the end: the mutations print more than a console shows. */
const allFailures: string[] = []
/** Tests that failed once and then passed. */
const unsteady: string[] = []
const directory = mkdtempSync(join(tmpdir(), 'test-all-'))
const counts = [runTests(), runMutations()]
rmSync(directory, { recursive: true, force: true })
const total: Counts = {
  passed: counts.reduce((sum, { passed }) => sum + passed, 0),
  failed: counts.reduce((sum, { failed }) => sum + failed, 0),
}
for (const name of unsteady) console.log(`unsteady, passed when it ran again: ${name}`)
for (const name of allFailures) console.log(`failed: ${name}`)
if (values.counts !== undefined) writeFileSync(values.counts, JSON.stringify(total))
console.log(`${total.passed} passed, ${total.failed} failed`)
if (total.failed > 0) process.exitCode = 1

function runTests(): Counts {
  const file = join(directory, 'tests.json')
  const unsteadyFile = join(directory, 'unsteady.txt')
  const names = ['default', './test/support/output-scan.ts', './test/support/unsteady-tests.ts', 'json']
  const reporters = names.map((name) => `--reporter=${name}`)
  const hasPassed = run(
    ['node_modules/vitest/vitest.mjs', 'run', ...reporters, `--outputFile.json=${file}`],
    { EXHAUSTIVE: values.shard, UNSTEADY_FILE: unsteadyFile },
  )
  if (existsSync(unsteadyFile)) unsteady.push(...readFileSync(unsteadyFile, 'utf8').trim().split('\n'))
  return readCounts(hasPassed, () => {
    const report = JSON.parse(readFileSync(file, 'utf8')) as TestReport
    allFailures.push(...namesOfFailed(report))
    return { passed: report.numPassedTests, failed: report.numFailedTests }
  })
}

function runMutations(): Counts {
  const file = join(directory, 'mutations.json')
  const hasPassed = run([
    'emulator/bin/run.js',
    'scripts/mutations.ts',
    '--report',
    file,
    '--shard',
    values.shard,
  ])
  return readCounts(hasPassed, () => {
    const { passed, failures, unsteady: seconds } = JSON.parse(readFileSync(file, 'utf8')) as MutationReport
    allFailures.push(...failures)
    unsteady.push(...seconds)
    return { passed, failed: failures.length }
  })
}

function namesOfFailed(report: TestReport): string[] {
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => `${relative(projectPath('.'), name)}: ${fullName}`),
  )
}

/** @returns whether the program ended well */
function run(parameters: readonly string[], variables: Readonly<Record<string, string>> = {}): boolean {
  const env = { ...process.env, ...variables }
  const options = { cwd: projectPath('.'), stdio: 'inherit', env } as const
  return spawnSync(process.execPath, parameters, options).status === 0
}

/** A program that fails without a failed test, or without a report, counts as one failure. */
function readCounts(hasPassed: boolean, read: () => Counts): Counts {
  let counts: Counts = { passed: 0, failed: 0 }
  try {
    counts = read()
  } catch {
    return { passed: 0, failed: 1 }
  }
  return hasPassed || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}
