import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A project of somebody else's with the package installed: one page, one function, and a test of them. */
const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }',
  'project.config.json': JSON.stringify({
    miniprogramRoot: 'miniprogram/',
    cloudfunctionRoot: 'cloudfunctions/',
    appid: 'wx0123456789abcdef',
  }),
  'miniprogram/app.json': '{ "pages": ["pages/home/home"] }',
  'miniprogram/app.js': 'App({ onLaunch() { wx.cloud.init() } })',
  'miniprogram/pages/home/home.wxml': `<input placeholder="茶" bindinput="typed" />
<button bindtap="order">下单</button>
<view>{{said}}</view>`,
  'miniprogram/pages/home/home.js': `Page({
  data: { goods: '', said: '' },
  typed({ detail }) {
    this.setData({ goods: detail.value })
  },
  async order() {
    const call = { name: 'order', data: { goods: this.data.goods } }
    const said = await wx.cloud.callFunction(call).then(({ result }) => '取茶号 ' + result.number, () => '下单失败')
    this.setData({ said })
  },
})`,
  'cloudfunctions/package.json': '{ "type": "commonjs" }',
  'cloudfunctions/order/index.js': `exports.main = async ({ goods }) => {
  if (!goods) throw new TypeError('an order needs a tea')
  return { number: 7 }
}`,
}

/** A test for any runner, in JavaScript and TypeScript alike. Its script for the page has a function with a name. */
const TEST = `import assert from 'node:assert/strict'
import { after, it } from 'node:test'
import { startProject } from 'wechat-cloud-emulator/testing'

const simulator = await startProject('.', { phone: 'simulator', timeoutMilliseconds: 10_000 })
const browser = await startProject('.', { phone: 'browser', timeoutMilliseconds: 10_000 })
after(() => Promise.all([simulator.stop(), browser.stop()]))

for (const [name, shop] of Object.entries({ simulator, browser })) {
  it('a tea is ordered, ' + name, async () => {
    const { phone } = shop
    await phone.open()
    await phone.type('茶', '祁门红茶')
    await phone.tap('下单')
    await phone.see('取茶号 7')
    const said = await phone.evaluate(({ getCurrentPages }) => {
      const dataOf = () => getCurrentPages().at(-1).data
      return dataOf().said
    })
    assert.equal(said, '取茶号 7')
  })

  it('a failure says where the function threw, ' + name, async () => {
    const { phone, patience } = shop
    await phone.open()
    await phone.tap('下单')
    await phone.see('下单失败')
    patience.timeoutMilliseconds = 100
    const failure = await phone.see('取茶号').then(String, String)
    assert.match(failure, /TypeError: an order needs a tea\\n +at main \\(cloudfunctions.order.index\\.js:2:21\\)/)
    assert.match(failure, /> 2 \\|   if \\(!goods\\) throw new TypeError/)
  })
}
`

/** How a test of the project is run. */
export interface Runner {
  /** Below the project. */
  file: string
  test: string
}

export const NODE_TEST: Runner = { file: 'node.test.mjs', test: TEST }
/** tsx compiles it, as it does the package. */
export const TYPESCRIPT_TEST: Runner = { file: 'node.test.ts', test: TEST }
export const VITEST_TEST: Runner = {
  file: 'shop.spec.ts',
  test: TEST.replace("{ after, it } from 'node:test'", "{ afterAll as after, it } from 'vitest'"),
}

/** Writes the project into a folder, with its tests. */
export function writeShop(folder: string): void {
  for (const [path, text] of Object.entries(FILES)) write(folder, path, text)
  for (const { file, test } of [NODE_TEST, TYPESCRIPT_TEST, VITEST_TEST]) write(folder, file, test)
}

/** Writes a file below a folder. */
export function write(folder: string, path: string, text: string): void {
  const target = join(folder, path)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, text)
}
