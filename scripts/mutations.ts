/**
 * `npm run mutations [-- PART OF A GUARD]`: breaks each guard on purpose, in a copy of the project, and runs the test
 * that must notice. Prints a table; fails if any test stays green, since then nothing would notice in earnest either.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
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

console.log('| guard | file | test that notices | |\n|---|---|---|---|')
const waiting = [...chosen]
let noticed = 0
// A test mostly waits for a process, so even one core takes two copies.
const workers = Math.min(waiting.length, Math.max(2, availableParallelism()))
await Promise.all(Array.from({ length: workers }, work))
console.log(`\n${chosen.length} guards, ${noticed} noticed`)
if (noticed < chosen.length) process.exitCode = 1

/** Breaks one guard after the other in a copy of its own. */
async function work(): Promise<void> {
  const root = copyProject()
  try {
    for (let mutation = waiting.shift(); mutation; mutation = waiting.shift()) {
      const outcome = await breakGuard(root, mutation)
      if (outcome === 'red') noticed += 1
      const { guard, file, test, name } = mutation
      console.log(`| ${guard} | \`${file}\` | \`${test}\`: ${name} | ${outcome} |`)
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
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

async function breakGuard(root: string, { file, edits, test, name }: Mutation): Promise<string> {
  const path = join(root, file)
  const whole = readFileSync(path, 'utf8')
  try {
    writeFileSync(
      path,
      edits.reduce((text, [from, to]) => text.replace(from, () => to), whole),
    )
    return await run(root, test, name)
  } finally {
    writeFileSync(path, whole)
  }
}

interface Report {
  numFailedTests: number
  numPassedTests: number
}

/** Red is a test that ran and failed; one that was not found, or could not run, notices nothing. */
async function run(root: string, test: string, name: string): Promise<string> {
  const report = join(root, 'report.json')
  rmSync(report, { force: true })
  const pattern = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const words = ['run', test, '-t', pattern, '--reporter=json', `--outputFile=${report}`]
  const child = spawn(process.execPath, [vitest, ...words], { cwd: root, stdio: 'ignore' })
  await new Promise((resolve) => child.once('close', resolve))
  try {
    const { numFailedTests, numPassedTests }: Report = JSON.parse(readFileSync(report, 'utf8'))
    if (numFailedTests > 0) return 'red'
    return numPassedTests > 0 ? 'GREEN' : 'no such test'
  } catch {
    return 'did not run'
  }
}
