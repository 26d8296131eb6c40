import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Plugin } from 'esbuild'
import { afterEach, beforeEach, expect, expectTypeOf, it } from 'vitest'
import { projectPath } from '../project.ts'
import { bundleGuard } from './build-guard.ts'
import { guardHeadOf, withGuardHead } from './guard-head.ts'
import { copyGuard, writeGuard } from './write-guard.ts'

const source = projectPath('cloudfunctions')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guard-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

type Declared = typeof import('./auth-guard.d.ts')
type Source = typeof import('../../../cloudfunctions/shared/handlers/auth-guard.ts')
type LoginOf<Module extends Declared | Source> = Parameters<Parameters<Module['guarded']>[0]>[1]
type RefusalOf<Module extends Declared | Source> = ConstructorParameters<Module['Refusal']>[0]

it('the types beside it are those of its source', () => {
  expectTypeOf<LoginOf<Source>>().toExtend<LoginOf<Declared>>()
  expectTypeOf<LoginOf<Declared>>().toExtend<LoginOf<Source>>()
  expectTypeOf<RefusalOf<Declared>>().toEqualTypeOf<RefusalOf<Source>>()
  expectTypeOf<keyof Declared>().toEqualTypeOf<keyof Source>()
})

it('is one file that needs the function’s SDK and Node alone, and says what it was made from', async () => {
  const write = () => writeGuard(source, folder)
  expect(await write()).toEqual([join(folder, 'auth-guard.js'), join(folder, 'auth-guard.d.ts')])
  const code = readFileSync(join(folder, 'auth-guard.js'), 'utf8')
  const required = new Set([...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name))
  expect([...required].filter((name) => !name?.startsWith('node:'))).toEqual(['wx-server-sdk'])
  expect(guardHeadOf(code)).toMatch(/^\/\/ wechat-phone-login auth-guard \d+\.\d+\.\d+ [0-9a-f]{16}: /)
  expect(code).not.toContain(projectPath('.'))
  expect(Buffer.byteLength(code)).toBeLessThan(44_000)
  // Written again, nothing changes.
  expect(await write()).toEqual([])
  expect(guardHeadOf('exports.main = () => 1')).toBeUndefined()
})

it('is copied beside a function, and replaces an older copy alone', async () => {
  const [notes, other] = [join(folder, 'notes'), join(folder, 'other')]
  for (const name of [notes, other]) mkdirSync(name)
  writeFileSync(join(notes, 'index.js'), '')
  await expect(copyGuard(source, [notes, other])).rejects.toThrow(`${other}: `)
  expect(readdirSync(notes)).toEqual(['index.js'])
  const guard = join(notes, 'auth-guard.js')
  expect(await copyGuard(source, [notes])).toHaveLength(2)
  const current = readFileSync(guard, 'utf8')
  writeFileSync(guard, withGuardHead('"older"\n', '0.0.1').replaceAll('\n', '\r\n'))
  expect(await copyGuard(source, [notes])).toEqual([guard])
  expect(readFileSync(guard, 'utf8')).toBe(current)
  for (const edited of [current.replace('TOKEN_MISSING', 'OK'), 'exports.guarded = (main) => main']) {
    writeFileSync(guard, edited)
    await expect(copyGuard(source, [notes])).rejects.toThrow(/^[^\n]*auth-guard\.js: [^\n]*$/)
    expect(readFileSync(guard, 'utf8')).toBe(edited)
  }
})

it('can be bundled with another configuration of the app, such as its names of collections', async () => {
  const names = {
    users: 'people',
    audit_logs: 'b',
    avatars: 'c',
    closed_accounts: 'd',
    rate_limits: 'e',
    daily_counts: 'f',
  }
  const contents = `export const COLLECTION_NAMES = ${JSON.stringify(names)}
    export const OWNED_COLLECTIONS = []`
  const plugins: Plugin[] = [
    {
      name: 'app-config',
      setup: ({ onLoad }) => onLoad({ filter: /app-config\.ts$/ }, () => ({ contents })),
    },
  ]
  const code = await bundleGuard(source, { plugins })
  expect(code).toContain('users:"people"')
})
