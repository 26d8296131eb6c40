import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { projectPath } from '../lib/project.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unused-'))
  write('package.json', '{ "name": "small", "type": "module", "devDependencies": { "knip": "*" } }')
  write('knip.json', '{ "entry": ["scripts/*.ts"], "project": ["**/*.ts"] }')
  write('scripts/start.ts', "import { used } from './lib/one.ts'\nused()\n")
  write('scripts/lib/one.ts', 'export const used = () => 1\n')
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true })
  writeFileSync(join(directory, path), text)
}

/** Runs knip in a small project. @returns its exit code and its output */
function run(): Promise<{ code: number; output: string }> {
  const parameters = [projectPath('node_modules/knip/bin/knip.js'), '--no-progress', '--directory', directory]
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, (error, output) =>
      resolve({ code: Number(error?.code ?? 0), output }),
    )
  })
}

it('accepts a project in which everything is used', async () => {
  expect(await run()).toMatchObject({ code: 0 })
})

it.each([
  ['a file', 'scripts/lib/two.ts', 'export const other = 2\n', 'scripts/lib/two.ts'],
  ['an export', 'scripts/lib/one.ts', 'export const used = () => 1\nexport const unused = 2\n', 'unused'],
  [
    'a dependency',
    'package.json',
    '{ "name": "small", "type": "module", "dependencies": { "left-pad": "1" } }',
    'left-pad',
  ],
])('rejects %s that nothing uses', async (_kind, path, text, named) => {
  write(path, text)
  const { code, output } = await run()
  expect(code).toBe(1)
  expect(output).toContain(named)
})
