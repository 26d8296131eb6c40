/**
 * `npm run mutations [-- PART OF A GUARD]`: breaks each guard on purpose, in a copy of the project, and runs the test
 * that must notice. Prints a table; fails if any test stays green, since then nothing would notice in earnest either.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArguments } from './arguments.ts'
import { MUTATIONS, type Mutation } from './mutation-table.ts'
import { giveUp, projectPath } from './project.ts'

const COPIED =
  /^(contract|cloudfunctions|emulator|miniprogram|scripts|bench|test|docs|[^/]*\.(json|ts)|\.gitignore)(\/|$)/

const USAGE = 'npm run mutations [-- PART OF A GUARD]'
const { positionals } = readArguments(USAGE, { allowPositionals: true })
if (positionals.length > 1) giveUp(USAGE)
const [part = ''] = positionals
const chosen = MUTATIONS.filter(({ guard }) => guard.includes(part))
if (chosen.length === 0)
  giveUp(`no guard is called so; there are:\n${MUTATIONS.map(({ guard }) => guard).join('\n')}`)

const root = copyProject()
try {
  console.log('| guard | file | test that notices | |\n|---|---|---|---|')
  const green = chosen.filter((mutation) => !isNoticed(mutation))
  console.log(`\n${chosen.length} guards broken, ${chosen.length - green.length} noticed`)
  if (green.length > 0) process.exitCode = 1
} finally {
  rmSync(root, { recursive: true, force: true })
}

function copyProject(): string {
  const directory = mkdtempSync(join(tmpdir(), 'mutations-'))
  const source = projectPath('.')
  const filter = (path: string) =>
    path === source || COPIED.test(path.slice(source.length).replaceAll('\\', '/'))
  cpSync(source, directory, { recursive: true, filter })
  symlinkSync(projectPath('node_modules'), join(directory, 'node_modules'), 'junction')
  return directory
}

function isNoticed(mutation: Mutation): boolean {
  const { guard, file, edits, test, name } = mutation
  const path = join(root, 'cloudfunctions', file)
  const whole = readFileSync(path, 'utf8')
  try {
    writeFileSync(
      path,
      edits.reduce((text, [from, to]) => text.replace(from, () => to), whole),
    )
    const outcome = run(test, name)
    console.log(`| ${guard} | \`${file}\` | \`${test}\`: ${name} | ${outcome} |`)
    return outcome === 'red'
  } finally {
    writeFileSync(path, whole)
  }
}

interface Report {
  numFailedTests: number
  numPassedTests: number
}

/** Red is a test that ran and failed; one that was not found, or could not run, notices nothing. */
function run(test: string, name: string): string {
  const report = join(root, 'report.json')
  rmSync(report, { force: true })
  const pattern = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const words = ['run', test, '-t', pattern, '--reporter=json', `--outputFile=${report}`]
  spawnSync(process.execPath, [vitest, ...words], { cwd: root, stdio: 'ignore' })
  try {
    const { numFailedTests, numPassedTests }: Report = JSON.parse(readFileSync(report, 'utf8'))
    if (numFailedTests > 0) return 'red'
    return numPassedTests > 0 ? 'GREEN' : 'no such test'
  } catch {
    return 'did not run'
  }
}
