/**
 * `npm run check`, `check:static` and `types`: programs of node_modules one after another, until one fails. Started
 * by Node itself, so that no shell is needed and no script's name on Windows has to be known.
 */
import { spawnSync } from 'node:child_process'
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

const steps = STEPS[process.argv[2] ?? 'all']
if (!steps) giveUp(`npm run check, check:static or types: ${Object.keys(STEPS).join(', ')}`)
for (const step of steps) {
  const { status } = spawnSync(process.execPath, step, { cwd: projectPath('.'), stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
