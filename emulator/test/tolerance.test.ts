import { expect, it } from 'vitest'
import { useMiniProgram } from '../testing/phone/use-mini-program.ts'
import { page } from '../testing/phone/written-mini-program.ts'

/** What many projects have in common, as far as the phone once stumbled over it. */
const app = useMiniProgram({
  'app.json': { pages: ['pages/start/start', 'pages/call/call'] },
  'pages/start/root.js': "module.exports = Function('return this')()",
  'pages/start/generators.js': `var runtime = { mark: function (f) { return f } }
    try { regeneratorRuntime = runtime } catch (strict) { Function('r', 'regeneratorRuntime = r')(runtime) }
    module.exports = runtime`,
  ...page('pages/start/start', {
    wxml: '{{out}}',
    js: `const root = require('./root'), generators = require('./generators')
      Page({ data: { out: [typeof root.Array, typeof generators.mark, Page instanceof Function,
        (() => 1).constructor === Function, typeof new Function('a', 'return a')(1)].join(' ') } })`,
  }),
  ...page('pages/call/call', {
    wxml: `<wxs module="money">module.exports = { twice: function (n) { return n * 2 } }</wxs>
      <view>[{{price.toFixed(2)}}] [{{list.join('、')}}] {{money.twice(price)}}</view>`,
    js: 'Page({ data: { price: 1.5, list: [1, 2] } })',
  }),
})

it('libraries that make functions of text load; the functions do nothing, but for the one that asks for the global object', async () => {
  const phone = await app.kit.phone('oReader')
  await phone.text('function function true true undefined').waitFor()
  expect(await phone.takeErrors()).toEqual([
    expect.stringContaining('Function("regeneratorRuntime = r")'),
    expect.stringContaining('Function("return a")'),
  ])
})

it('a method that WXML calls on a value shows nothing, with a note', async () => {
  const phone = await app.kit.phone('oReader')
  await phone.text(/function true/).waitFor()
  await phone.takeErrors()
  await phone.screen.locator('body').evaluate(() => {
    ;(globalThis as unknown as { wx: { navigateTo(o: object): void } }).wx.navigateTo({
      url: '/pages/call/call',
    })
  })
  await phone.text('[] [] 3').waitFor()
  expect(await phone.takeErrors()).toEqual([
    expect.stringContaining('toFixed()'),
    expect.stringContaining('join()'),
  ])
})
