import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ControlClient } from '../../control/client.ts'
import { INSTALLED, installPacked } from '../../test/packed/install-packed.ts'
import { startCommand } from './running-command.ts'

const FILES = {
  'project.config.json': JSON.stringify({
    miniprogramRoot: 'miniprogram/',
    cloudfunctionRoot: 'cloudfunctions/',
    appid: 'wx0123456789abcdef',
  }),
  'emulator.config.json': JSON.stringify({ environmentId: 'shop-1', collections: { orders: 'ADMINONLY' } }),
  'miniprogram/app.json': JSON.stringify({ pages: ['pages/home/home'] }),
  'miniprogram/app.js': 'App({})',
  'miniprogram/pages/home/home.js': 'Page({})',
  'miniprogram/pages/home/home.wxml': '<view>店</view>',
  'cloudfunctions/hello/index.js':
    'exports.main = async (event) => ({ sum: event.a + 1, environmentId: process.env.SCF_NAMESPACE })',
  'cloudfunctions/order/index.js': `const cloud = require('wx-server-sdk')
    cloud.init()
    exports.main = ({ goods }) =>
      cloud.database().collection('orders').add({ data: { goods, owner: cloud.getWXContext().OPENID } })`,
  'cloudfunctions/cart/index.js': `const cloud = require('wx-server-sdk')
    cloud.init()
    exports.main = () => cloud.database().collection('carts').get()`,
}

let folder: string
let project: string
let program: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'command-')))
  project = join(folder, 'shop-main')
  for (const [file, text] of Object.entries(FILES)) write(file, text)
  writeFileSync(join(folder, 'posts.jsonl'), '{"_id":"p1","title":"a"}\n{"_id":"p2"}\n')
  program = join(installPacked(folder, ['vitest']), 'bin/wechat-cloud-emulator.js')
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(file: string, text: string): void {
  const path = join(project, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Each file of the project with its content and the time of its last change. */
function readFiles(): string[] {
  return readdirSync(project, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name, path: join(project, name) }))
    .map(({ name, path }) => {
      const stat = statSync(path)
      return `${name} ${stat.mtimeMs} ${stat.isFile() ? readFileSync(path, 'utf8') : ''}`
    })
    .sort()
}

it('the packed command runs a folder that has nothing of ours, and writes nothing into it', async () => {
  const before = readFiles()
  const args = ['--port', '0', '--data', join(folder, 'data'), '--seed', join(folder, 'posts.jsonl')]
  const running = await startCommand(program, project, [...args, '--permission', 'users=readonly'])
  expect(running.output()).toMatch(
    /^已导入 imported: posts 2\n手机和控制台 phone and console: http:\S+ .*\n$/,
  )
  const address = running.address ?? ''
  const control = new ControlClient(`${address}control`)
  const invoke = () => control.post('invoke', { function: 'hello', openid: 'oA', data: { a: 1 } })
  expect(await invoke()).toMatchObject({ result: { sum: 2, environmentId: 'shop-1' } })
  await running.untilWritten('微信 ')
  expect(running.output()).toMatch(
    /\n\d\d:\d\d:\d\d {2}hello {2,}微信 \w{4} +ok .* ms {2}0\/0 往返 round trips {2}冷启动 cold\n/,
  )
  expect(await control.get('allowed-hosts')).toEqual({ fixed: [], added: [] })
  const { collections } = await control.get('collections')
  expect(collections.map(({ name, permission, documentCount }) => [name, permission, documentCount])).toEqual(
    [
      ['orders', 'ADMINONLY', 0],
      ['posts', 'PRIVATE', 2],
      ['users', 'READONLY', 0],
    ],
  )
  for (let call = 0; call < 2; call++) await control.post('invoke', { function: 'cart', openid: 'oA' })
  await running.untilWritten('提示 note: 没有集合 carts，已在本机建好')
  expect(running.output().split('没有集合 carts')).toHaveLength(2)
  expect(await control.get('missing-collections')).toEqual({ names: [], made: ['carts'] })
  expect(await (await fetch(`${address}phone/script.js`)).text()).toContain('店')
  expect(readFiles()).toEqual(before)

  write('miniprogram/pages/home/home.js', 'Page({')
  await running.untilWritten('错误 error: miniprogram/pages/home/home.js:1')
  write('miniprogram/pages/home/home.js', 'Page({})')
  await running.untilWritten('没有错误了')
  write('emulator.config.json', JSON.stringify({ environmentId: 1, colections: {} }))
  await running.untilWritten('错误 error: emulator.config.json: colections: ')
  expect(running.output()).toContain('错误 error: emulator.config.json: environmentId: ')
  expect(await invoke()).toMatchObject({ result: { environmentId: 'shop-1' } })
  const permissions = { collections: { orders: { read: true } } }
  write('tools/wx.js', 'export default { getWeRunData: () => ({ steps: 4711 }) }')
  write(
    'emulator.config.json',
    JSON.stringify({ environmentId: 'shop-2', permissions, wx: 'tools/wx.js', strictCollections: true }),
  )
  await running.untilWritten('设置已更新')
  expect(await invoke()).toMatchObject({ result: { environmentId: 'shop-2' } })
  expect((await control.get('collections')).collections).toContainEqual(
    expect.objectContaining({ name: 'orders', permission: 'CUSTOM' }),
  )
  expect(await (await fetch(`${address}phone/script.js`)).text()).toContain('4711')
  await control.delete('collections/carts')
  expect(await control.post('invoke', { function: 'cart', openid: 'oA' })).toMatchObject({ errCode: -504002 })
  await running.untilWritten('没有集合 carts，云端也不会自动建')
  expect(await control.get('missing-collections')).toEqual({ names: ['carts'], made: [] })
  expect(await running.stop()).toBe(0)
}, 120_000)

it.each(['README.md', 'README.zh-CN.md'])(
  'the test in %s passes with the packed package, in Node and in vitest',
  (page) => {
    const readme = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')
    const scripts = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, script = '']) => script)
    const test = scripts.find((script) => script.includes("'node:test'")) ?? ''
    write('emulator.config.json', '{}')
    write('orders.test.mjs', test)
    const run = (...args: string[]) =>
      spawnSync(process.execPath, args, {
        cwd: project,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      })
    try {
      const inNode = run('--test')
      expect(inNode.stdout, inNode.stderr).toMatch(/^# pass 2$/m)
      expect(inNode.stdout).toMatch(/^# fail 0$/m)
      write('orders.test.mjs', test.replace(/^import .* from 'node:test'$/m, VITEST_IMPORT))
      const inVitest = run(join(INSTALLED, 'vitest/vitest.mjs'), 'run', ...VITEST_OPTIONS)
      expect(inVitest.stdout, inVitest.stderr).toMatch(/Tests +2 passed \(2\)/)
    } finally {
      rmSync(join(project, 'orders.test.mjs'))
    }
  },
  120_000,
)

it('installs what the mini-program lacks beside the data with --install, and says so without it', async () => {
  const component = { component: true, usingComponents: {} }
  write('../tag/package.json', JSON.stringify({ name: 'tag', version: '1.0.0', miniprogram: 'dist' }))
  write('../tag/dist/index.json', JSON.stringify(component))
  write('../tag/dist/index.js', 'Component({})')
  write('../tag/dist/index.wxml', '<text>标签</text>')
  write('package.json', JSON.stringify({ dependencies: { tag: 'file:../tag' } }))
  write('miniprogram/pages/home/home.json', JSON.stringify({ usingComponents: { tag: 'tag/index' } }))
  write('miniprogram/pages/home/home.wxml', '<tag />')
  const before = readFiles()
  const args = ['--port', '0', '--data', join(folder, 'data')]
  const lacking = await startCommand(program, project, args)
  await lacking.untilWritten('packages are missing: 小程序 mini-program (tag)\n加 --install')
  expect(lacking.output()).toContain('packages are missing: 小程序 mini-program (tag)\n加 --install')
  expect((await fetch(`${lacking.address}phone/script.js`)).ok).toBe(true)
  expect(lacking.output()).not.toContain('npm install tag')
  await lacking.stop()
  const whole = await startCommand(program, project, [...args, '--install', '--json'])
  const values = whole
    .output()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
  expect(values).toEqual([
    { type: 'message', text: '小程序 mini-program：npm install tag' },
    { type: 'address', url: whole.address },
  ])
  expect(await (await fetch(`${whole.address}phone/script.js`)).text()).toContain('标签')
  await whole.stop()
  expect(readFiles()).toEqual(before)
}, 120_000)

it.each([
  [[], /没有 project\.config\.json · has no project\.config\.json；试试 try: --project shop-main\n$/],
  [['--project', 'shop-main', '--seed', 'none.json'], /^--seed \S*none\.json: 没有这个文件/],
])(
  'refuses %j in one line',
  async (args, line) => {
    const data = ['--port', '0', '--data', join(folder, 'other-data')]
    const ended = await startCommand(program, folder, [...args, ...data])
    expect(ended.output()).toMatch(line)
    expect(ended.output().trim().split('\n')).toHaveLength(1)
    expect(await ended.stop()).toBe(1)
  },
  60_000,
)

const VITEST_OPTIONS = ['--maxWorkers=1', '--testTimeout=30000', '--hookTimeout=60000']
const VITEST_IMPORT = "import { afterAll as after, beforeAll as before, it } from 'vitest'"
