import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectPath } from '../../scripts/lib/project.ts'
import { runScript } from '../support/run-script.ts'

/** A copy, so that nobody's own `.env` is touched. */
let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'secrets-'))
  cpSync(projectPath('scripts'), join(root, 'scripts'), { recursive: true })
  cpSync(projectPath('package.json'), join(root, 'package.json'))
  for (const path of ['emulator/bin', 'emulator/package.json'])
    cpSync(projectPath(path), join(root, path), { recursive: true })
  symlinkSync(projectPath('node_modules'), join(root, 'node_modules'), 'junction')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const file = () => join(root, '.env')
const text = () => readFileSync(file(), 'utf8')
const keys = () => (parseEnv(text())['LOGIN_SECRETS'] ?? '').split(',').map((entry) => entry.split(':')[0])
const change = (from: string | RegExp, to: string) => writeFileSync(file(), text().replace(from, to))

/** Without a question; with `input` typed where one is asked. */
const secrets = (...words: string[]) => runScript('secrets', [...words, '--yes'], { root })
const asking = (input: string, ...words: string[]) => runScript('secrets', words, { root, input })
const closed = () => (statSync(file()).mode & 0o777) === 0o600

it('guides from the first key to the next in two phases, and drops the old one when nothing needs it', async () => {
  expect((await secrets()).code).toBe(0)
  expect(keys()).toEqual(['k1'])
  expect((await secrets()).errors).toContain('rotate')
  writeFileSync(file(), `${text()}# of this project alone\nLOGIN_LIMIT=50\n`)

  const added = await secrets('add')
  expect(added.code).toBe(0)
  expect(keys()).toEqual(['k1', 'k2'])
  for (const step of ['npm run build', 'secrets -- use k2']) expect(added.output).toContain(step)
  expect((await secrets('add')).errors).toContain('use k2')
  expect(keys()).toEqual(['k1', 'k2'])

  const used = await secrets('use', 'k2')
  expect(used.code).toBe(0)
  expect(keys()).toEqual(['k2', 'k1'])
  for (const step of ['1. ', '2. ', '3. ', '4. ', 'numbersByKey.k1', 'drop k1 --numbers-left 0']) {
    expect(used.output).toContain(step)
  }
  expect(text()).toContain('# of this project alone\nLOGIN_LIMIT=50\n')
  expect(closed()).toBe(true)

  for (const words of [[], ['--numbers-left', '3'], ['--numbers-left', '0'], ['--numbers-left', 'x']]) {
    expect((await secrets('drop', 'k1', ...words)).code).toBe(1)
  }
  expect((await secrets('drop', 'k2', '--numbers-left', '0')).errors).toContain('in use')
  expect(keys()).toEqual(['k2', 'k1'])
  change(/k1@[\d-]+/, 'k1@2020-01-01')
  expect((await secrets('drop', 'k1', '--numbers-left', '0')).code).toBe(0)
  expect(keys()).toEqual(['k2'])
  expect(text()).toContain('LOGIN_LIMIT=50')

  const rotated = await secrets('rotate')
  expect(rotated.output).toContain('secrets -- use k3')
  expect(keys()).toEqual(['k2', 'k3'])
  expect((await secrets('--rotate')).output).toContain('secrets -- use k3')
  expect(keys()).toEqual(['k2', 'k3'])
  expect((await secrets('use', 'k3')).code).toBe(0)
  expect((await secrets('drop', 'k2', '--numbers-left', '0', '--leaked')).code).toBe(0)
  expect(keys()).toEqual(['k3'])
  expect((await secrets('add')).code).toBe(0)
  expect((await secrets('drop', 'k4')).code).toBe(0)
  expect(keys()).toEqual(['k3'])
}, 120_000)

it('asks before it changes .env, and changes nothing without a yes or in a dry run', async () => {
  const before = text()
  for (const input of ['no\n', '\n', '']) {
    for (const words of [['add'], ['rotate']]) {
      const { code, output, errors } = await asking(input, ...words)
      expect(code).toBe(1)
      expect(output).toContain('[yes/no]')
      expect(errors).toContain('.env was not changed')
      expect(text()).toBe(before)
    }
  }
  const dry = await asking('', 'add', '--dry-run')
  expect(dry).toMatchObject({ code: 0, errors: '' })
  expect(dry.output).toContain('k3 → k3,k4')
  expect(text()).toBe(before)
  expect((await asking('yes\n', 'add')).code).toBe(0)
  const [current, next = ''] = keys()
  expect([current, next]).toEqual(['k3', 'k4'])
  const added = text()
  const question = await asking('no\n', 'use', next)
  expect(question.output).toContain('ALL functions')
  expect((await asking('', 'use', next, '--dry-run')).output).toContain('k3,k4 → k4,k3')
  expect((await asking('', 'drop', next, '--dry-run')).output).toContain('k3,k4 → k3')
  expect((await asking('', 'drop', next)).code).toBe(1)
  expect(text()).toBe(added)
  expect((await asking('yes\n', 'use', next)).code).toBe(0)
  expect(keys()).toEqual(['k4', 'k3'])
}, 120_000)

it('leaves .env to its owner alone, also when it was there with other rights', async () => {
  rmSync(file(), { force: true })
  expect((await secrets()).code).toBe(0)
  chmodSync(file(), 0o644)
  expect((await secrets()).code).toBe(1)
  expect(closed()).toBe(true)
  for (const words of [['add'], ['use', 'k2'], ['drop', 'k1', '--numbers-left', '0', '--leaked']]) {
    chmodSync(file(), 0o666)
    expect((await secrets(...words)).code).toBe(0)
    expect(closed()).toBe(true)
  }
}, 60_000)

it.each([
  [['add', 'k9']],
  [['rotate', 'now']],
  [['make', 'k9']],
  [['use']],
  [['use', 'k1', 'k2']],
  [['drop', 'k1', 'k2', '--numbers-left', '0']],
  [['toString']],
])(
  'refuses %j, of which it would have to ignore a part',
  async (words) => {
    const before = text()
    const { code, errors } = await secrets(...words)
    expect(code).toBe(1)
    expect(errors).toContain('npm run secrets -- use')
    expect(text()).toBe(before)
  },
  60_000,
)

it('prints no key, whatever it is asked', async () => {
  const all = [
    await secrets('rotate', '--dry-run'),
    await secrets('rotate'),
    await secrets('use', 'k3'),
    await secrets('drop', 'k2'),
    await secrets('drop'),
    await secrets('x'),
  ]
  const said = all.map(({ output, errors }) => output + errors).join('\n')
  for (const [, key = ''] of text().matchAll(/[:=]([\w-]{43})/g)) expect(said).not.toContain(key)
  expect(said).toContain('npm run secrets -- drop')
}, 60_000)
