/**
 * `npm run check`, `check:static` and `types`: programs of node_modules one after another, until one fails. Started
 * by Node itself, so that no shell is needed and no script's name on Windows has to be known.
 */
import { spawnSync } from 'node:child_process'
import { readArguments } from './arguments.ts'
import { giveUp, projectPath } from './project.ts'

const TSC = 'node_modules/typescript/bin/tsc'
const TYPES = ['tsconfig.json', 'tsconfig.browser.json', 'tsconfig.miniprogram.json'].map((project) => [
  TSC,
  '-p',
  project,
])
const STATIC = [
  ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.'],
  ...TYPES,
  ['--import', 'tsx', 'scripts/boundaries.ts'],
]
const STEPS: Readonly<Record<string, string[][]>> = {
  types: TYPES,
  static: STATIC,
  all: [...STATIC, ['node_modules/vitest/vitest.mjs', 'run']],
}

const USAGE = 'npm run check, npm run check:static or npm run types'
const { positionals } = readArguments(USAGE, { allowPositionals: true, options: {} })
const [name = 'all', ...others] = positionals
const steps = STEPS[name]
if (!steps || others.length > 0) giveUp(USAGE)
for (const step of steps) {
  const { status } = spawnSync(process.execPath, step, { cwd: projectPath('.'), stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
