import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectPath } from '../scripts/project.ts'
import { runScript } from './run-script.ts'

const TIMEOUT_MILLISECONDS = 180_000
const COPIED =
  /^(contract|cloudfunctions|emulator|miniprogram|scripts|test|[^/]*\.(json|ts|md)|\.gitignore)(\/|$)/
let root: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'new-'))
  const source = projectPath('.')
  cpSync(source, root, {
    recursive: true,
    filter: (path) => path === source || COPIED.test(path.slice(source.length).replaceAll('\\', '/')),
  })
  symlinkSync(projectPath('node_modules'), join(root, 'node_modules'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const npm = (...words: string[]) =>
  spawnSync('npm', ['run', '--silent', ...words], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })

it(
  'npm run new makes a function that passes format, lint, types, boundaries and its own tests',
  async () => {
    const made = await runScript('new', ['function', 'travelNotes'], { root })
    expect(made.errors).toBe('')
    expect(made.output).toContain('cloudfunctions/travelNotes/travel-notes.ts')
    for (const check of ['lint', 'types', 'boundaries']) {
      const { status, stdout, stderr } = npm(check)
      expect(`${check} ${status} ${status === 0 ? '' : stdout + stderr}`.trim()).toBe(`${check} 0`)
    }
    const vitest = [projectPath('node_modules/vitest/vitest.mjs'), 'run', 'cloudfunctions/travelNotes']
    const { status, stdout } = spawnSync(process.execPath, vitest, { cwd: root, encoding: 'utf8' })
    expect(status === 0 ? '' : stdout).toBe('')
    const again = await runScript('new', ['function', 'travelNotes'], { root })
    expect(again.code).toBe(1)
    expect(again.errors).toContain('is there already')
  },
  TIMEOUT_MILLISECONDS,
)

it.each(['Notes', '../x', 'a b', ''])('refuses the name %j', async (name) => {
  const { code, errors } = await runScript('new', ['function', name], { root })
  expect(code).toBe(1)
  expect(errors).toContain('npm run new -- function <name>')
})
