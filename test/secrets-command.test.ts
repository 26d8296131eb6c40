import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectPath } from '../scripts/project.ts'
import { runScript } from './run-script.ts'

/** A copy, so that nobody's own `.env` is touched. */
let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'secrets-'))
  cpSync(projectPath('scripts'), join(root, 'scripts'), { recursive: true })
  cpSync(projectPath('package.json'), join(root, 'package.json'))
  symlinkSync(projectPath('node_modules'), join(root, 'node_modules'), 'junction')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const file = () => join(root, '.env')
const text = () => readFileSync(file(), 'utf8')
const keys = () => (parseEnv(text())['LOGIN_SECRETS'] ?? '').split(',').map((entry) => entry.split(':')[0])
const secrets = (...words: string[]) => runScript('secrets', words, { root })
const change = (from: string | RegExp, to: string) => writeFileSync(file(), text().replace(from, to))

it('guides from the first key to the next, and lets the old one go only when nothing needs it', async () => {
  expect((await secrets()).code).toBe(0)
  expect(keys()).toEqual(['k1'])
  expect((await secrets()).errors).toContain('rotate')
  writeFileSync(file(), `${text()}# of this project alone\nLOGIN_LIMIT=50\n`)

  const { output, code } = await secrets('rotate')
  expect(code).toBe(0)
  expect(keys()).toEqual(['k2', 'k1'])
  for (const step of ['1. ', '2. ', '3. ', '4. ', 'numbersByKey.k1', 'drop k1 --numbers-left 0']) {
    expect(output).toContain(step)
  }
  expect(text()).toContain('# of this project alone\nLOGIN_LIMIT=50\n')
  expect(statSync(file()).mode & 0o077).toBe(0)

  for (const words of [[], ['--numbers-left', '3'], ['--numbers-left', '0'], ['--numbers-left', 'x']]) {
    expect((await secrets('drop', 'k1', ...words)).code).toBe(1)
  }
  expect((await secrets('drop', 'k2', '--numbers-left', '0')).errors).toContain('in use')
  expect(keys()).toEqual(['k2', 'k1'])
  change(/k1@[\d-]+/, 'k1@2020-01-01')
  expect((await secrets('drop', 'k1', '--numbers-left', '0')).code).toBe(0)
  expect(keys()).toEqual(['k2'])
  expect(text()).toContain('LOGIN_LIMIT=50')

  expect((await secrets('--rotate')).code).toBe(0)
  expect(keys()).toEqual(['k3', 'k2'])
  expect((await secrets('drop', 'k2', '--numbers-left', '0', '--leaked')).code).toBe(0)
  expect(keys()).toEqual(['k3'])
}, 120_000)

it('prints no key, whatever it is asked', async () => {
  const all = [
    await secrets('rotate'),
    await secrets('drop', 'k3'),
    await secrets('drop'),
    await secrets('x'),
  ]
  const said = all.map(({ output, errors }) => output + errors).join('\n')
  for (const [, key = ''] of text().matchAll(/[:=]([\w-]{43})/g)) expect(said).not.toContain(key)
  expect(said).toContain('npm run secrets -- drop')
}, 60_000)
