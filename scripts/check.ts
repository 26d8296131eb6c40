/**
 * `npm run check`, `check:static` and `types`: runs programs of node_modules one after another, until one fails. Node
 * starts them itself, so that no shell is needed, nor the names that scripts have on Windows.
 */
import { spawnSync } from 'node:child_process'
import { readArguments } from './lib/arguments.ts'
import { fail, projectPath } from './lib/project.ts'

const TSC = 'node_modules/typescript/bin/tsc'
const TYPES = [
  'tsconfig.json',
  'tsconfig.miniprogram.json',
  'emulator/tsconfig.json',
  'emulator/tsconfig.browser.json',
  'emulator/tsconfig.miniprogram.json',
].map((project) => [TSC, '-p', project])
const STATIC = [
  ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.'],
  ...TYPES,
  ['emulator/bin/run.js', 'scripts/boundaries.ts'],
  ['emulator/bin/run.js', 'scripts/words.ts'],
  ['node_modules/knip/bin/knip.js', '--no-progress'],
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
if (!steps || others.length > 0) fail(USAGE)
for (const step of steps) {
  const { status } = spawnSync(process.execPath, step, { cwd: projectPath('.'), stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
