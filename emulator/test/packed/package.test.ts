import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { INSTALLED, installPacked } from './install-packed.ts'
import { NODE_TEST, TYPESCRIPT_TEST, VITEST_TEST, write, writeShop } from './shop-project.ts'

interface PackageJson {
  exports: Record<string, Record<string, string>>
  types: string
  typesVersions: { '*': Record<string, string[]> }
}

/** What a developer installs beside the package. */
const OTHERS = [
  'vitest',
  'tsx',
  'playwright-core',
  'miniprogram-simulate',
  'happy-dom',
  'wx-server-sdk',
  '@types/node',
]

let shop: string
let installed: string
let packageJson: PackageJson
beforeAll(() => {
  shop = realpathSync(mkdtempSync(join(tmpdir(), 'shop-')))
  installed = installPacked(shop, OTHERS)
  packageJson = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as PackageJson
  writeShop(shop)
}, 120_000)
afterAll(() => rmSync(shop, { recursive: true, force: true }))

/** Runs Node in the project, without what makes this process one of vitest's. @returns all it printed */
function run(...args: string[]): string {
  const { VITEST: _vitest, NODE_OPTIONS: _options, ...variables } = process.env
  const env = { ...variables, NO_COLOR: '1' }
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: shop, encoding: 'utf8', env })
  return stdout + stderr
}

it.each([
  ['node --test', /^# pass 4$/m, ['--test', NODE_TEST.file]],
  ['node --test and tsx', /^# pass 4$/m, ['--import', 'tsx', '--test', TYPESCRIPT_TEST.file]],
  [
    'vitest',
    /Tests +4 passed \(4\)/,
    [join(INSTALLED, 'vitest/vitest.mjs'), 'run', '--testTimeout=30000', VITEST_TEST.file],
  ],
])(
  'tests with either phone pass by %s',
  (_name, passed, args) => {
    const output = run(...args)
    expect(output).toMatch(passed)
    expect(output).not.toMatch(/^# fail [^0]| failed/m)
  },
  120_000,
)

it('vitest appends to any failed test what a function threw in it, once', () => {
  write(
    shop,
    'failing.spec.ts',
    `import { quoteThrownErrors } from 'wechat-cloud-emulator/testing/errors'
import { startProject } from 'wechat-cloud-emulator/testing'
import { afterAll, expect, it } from 'vitest'
const shop = await startProject('.', { phone: 'simulator' })
quoteThrownErrors(shop.cloud.cloud)
afterAll(() => shop.stop())
it('orders', async () => {
  await shop.phone.open()
  await shop.phone.tap('下单')
  expect(await shop.phone.text()).toContain('取茶号')
})`,
  )
  const output = run(join(INSTALLED, 'vitest/vitest.mjs'), 'run', 'failing.spec.ts')
  expect(output).toMatch(
    /to contain '取茶号'\s+云函数 order 出错 · threw:\nTypeError: an order needs a tea\n/,
  )
  expect(output.split('\n    at main (cloudfunctions/order/index.js:2:21)\n')).toHaveLength(2)
}, 60_000)

it('plain Node imports what a developer imports', () => {
  const script = (name: string) =>
    `console.log(Object.keys(await import('wechat-cloud-emulator/${name}')).sort().join())`
  expect(run('--input-type=module', '-e', script('config'))).toBe('defineConfig\n')
  expect(run('--input-type=module', '-e', script('control'))).toBe('ControlClient,describeThrown\n')
  expect(run('--input-type=module', '-e', script('testing'))).toContain('startProject')
})

it('what is exported in JavaScript is what is exported in TypeScript', async () => {
  for (const { 'wechat-cloud-emulator-source': source = '', default: file = '' } of Object.values(
    packageJson.exports,
  ).filter((conditions) => conditions['default']?.endsWith('.js'))) {
    const load = async (path: string) =>
      Object.keys(await import(/* @vite-ignore */ new URL(`../../${path}`, import.meta.url).href)).sort()
    expect(await load(file), file).toEqual(await load(source))
  }
})

it('holds what it exports, and neither tests nor fixtures', () => {
  const targets = Object.values(packageJson.exports).flatMap((conditions) => Object.values(conditions))
  expect(targets.filter((path) => !existsSync(join(installed, path)))).toEqual([])
  const files = readdirSync(installed, { encoding: 'utf8' })
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => [name, ...filesOf(name)])
  expect(
    files.filter((file) =>
      /\.test\.|(^|[\\/])(test|fixture)[\\/]|tsconfig|fixture-|written-|-kit\./.test(file),
    ),
  ).toEqual([])
})

function filesOf(folder: string): string[] {
  const path = join(installed, folder)
  if (/\.\w+$/.test(folder)) return []
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
}

it('an older resolution of modules finds the same declarations', () => {
  const { exports, types, typesVersions } = packageJson
  const byExport = Object.entries(exports).map(([name, conditions]) => [name, conditions['types']])
  const byVersion = Object.entries(typesVersions['*']).map(([name, [path]]) => [`./${name}`, `./${path}`])
  expect([['.', types], ...byVersion]).toEqual(byExport)
})

/** Each line after `@ts-expect-error` must be an error, and no other line. */
const USE = `import { defineConfig } from 'wechat-cloud-emulator/config'
import { ControlClient } from 'wechat-cloud-emulator/control'
import type { OpenApi } from 'wechat-cloud-emulator/openapi'
import { startProject } from 'wechat-cloud-emulator/testing'
import { quoteThrownErrors } from 'wechat-cloud-emulator/testing/errors'
import cloud from 'wx-server-sdk'

defineConfig({ variables: { MAP_KEY: 'test' }, collections: { goods: 'READONLY' } })
// @ts-expect-error
defineConfig({ colections: {} })
// @ts-expect-error
defineConfig({ variables: { MAP_KEY: 1 } })

const shop = await startProject('.', { phone: 'simulator' })
// @ts-expect-error
await startProject('.', { phone: 'simulater' })
await shop.phone.tap({ selector: '.row', nth: 2 })
// @ts-expect-error
await shop.phone.tap(1)
// @ts-expect-error
await shop.phone.tapp('下单')
export const count: number = await shop.phone.count('茶')
export const title: string = await shop.phone.evaluate(({ wx }, key: string) => String(wx.getStorageSync(key)), 'a')
await shop.cloud.collection('goods').put({ _id: 'qimen' })
// @ts-expect-error
await shop.cloud.collection('goods').put('qimen')
quoteThrownErrors(shop.cloud.cloud)

const { calls } = await new ControlClient('http://127.0.0.1').get('calls')
export const names: string[] = calls.map(({ functionName }) => functionName)
// @ts-expect-error
await new ControlClient('http://127.0.0.1').get('callz')

const number = await cloud.openapi.phonenumber.getPhoneNumber({ code: '' })
export const digits: string = number.phoneInfo.purePhoneNumber
// @ts-expect-error
await cloud.openapi.phonenumber.getPhoneNumber({ code: 1 })
export type Known = OpenApi['phonenumber']
`

it.each([
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
])(
  'TypeScript accepts all exports and finds wrong use with moduleResolution $moduleResolution',
  (options) => {
    const all = Object.keys(packageJson.exports).map((name, index) => {
      const specifier = name.replace(/^\./, 'wechat-cloud-emulator')
      return `import type * as export${index} from '${specifier}'\nexport type Type${index} = typeof export${index}\n`
    })
    const everything = all.filter((text) => !text.includes('/wx-server-sdk'))
    write(shop, 'types/all.ts', everything.join(''))
    write(shop, 'types/use.ts', USE)
    const types = ['node', 'wechat-cloud-emulator/wx-server-sdk']
    const compilerOptions = {
      ...options,
      target: 'es2022',
      strict: true,
      skipLibCheck: true,
      noEmit: true,
      types,
    }
    write(shop, 'tsconfig.json', JSON.stringify({ compilerOptions, include: ['types', '*.ts'] }))
    expect(run(join(INSTALLED, 'typescript/bin/tsc'), '-p', '.')).toBe('')
  },
)
