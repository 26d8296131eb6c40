import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { useMiniProgram } from '../../testing/phone/use-mini-program.ts'
import { component, page } from '../../testing/phone/written-mini-program.ts'

const PROGRAM = {
  'app.json': { pages: ['pages/start/start', 'pages/wxs/wxs'] },
  'utils/check.ts':
    "\nexport function check(order: { number: string }): void {\n  throw new RangeError('no ' + order.number)\n}\n",
  ...page('pages/start/start', {
    wxml: `<button bindtap="throws">抛出</button><button bindtap="rejects">拒绝</button><button bindtap="later">稍后</button>
      <button bindtap="callback">回调</button><button bindtap="unhandled">无人等</button><button bindtap="logs">日志</button>
      <button bindtap="show">组件</button><button bindtap="go">去</button><bad-part wx:if="{{shown}}" />`,
    ts: `import { check } from '../../utils/check'

Page({
  data: { shown: false },
  throws() {
    check({ number: 'throws' })
  },
  async rejects() {
    await null
    check({ number: 'rejects' })
  },
  later() {
    setTimeout(() => check({ number: 'later' }), 1)
  },
  callback() {
    wx.getSystemInfo({ success: () => check({ number: 'callback' }) })
  },
  unhandled() {
    void Promise.resolve().then(() => check({ number: 'unhandled' }))
  },
  logs() {
    console.error('failed', new Error('logged'))
  },
  go() {
    wx.navigateTo({ url: '/pages/wxs/wxs' })
  },
  show() {
    this.setData({ shown: true })
  },
})`,
    json: { usingComponents: { 'bad-part': '/components/bad/bad' } },
  }),
  ...component('components/bad/bad', {
    wxml: '<view>部件</view>',
    js: `Component({
  data: {},
  methods: {},





  lifetimes: {
    attached() {
      throw new Error('attached')
    },
  },
})`,
  }),
  ...page('pages/wxs/wxs', {
    wxml: '<wxs module="a" src="./a.wxs" />\n<wxs module="b">\n\nfunction inner() {\n  throw new Error("inline wxs")\n}\nmodule.exports = { inner: inner }\n</wxs>\n<view>{{a.fail(x)}}</view>\n<view wx:if="{{y}}">{{b.inner()}}</view>\n<button bindtap="inline">内嵌</button><button bindtap="file">文件</button>',
    js: 'Page({ data: { x: 0, y: false }, inline() { this.setData({ y: true }) }, file() { this.setData({ x: 1 }) } })',
  }),
  'pages/wxs/a.wxs':
    '\nfunction fail(x) {\n  if (x === 0) return 1\n  throw new Error("file wxs")\n}\nmodule.exports = { fail: fail }',
}

const app = useMiniProgram(PROGRAM)
rmSync(join(app.program.directory, 'pages/start/start.js'))

/** The errors that the cloud has from the phone, once there are so many. */
async function reported(count: number) {
  await expect.poll(async () => (await app.kit.control.get('page-errors')).errors.length).toBe(count)
  const { errors } = await app.kit.control.get('page-errors')
  await app.kit.control.delete('page-errors')
  return errors
}

it.each([
  ['抛出', 'throws', ['utils/check.ts:3', 'pages/start/start.ts:6']],
  ['拒绝', 'rejects', ['utils/check.ts:3', 'pages/start/start.ts:10']],
  ['稍后', 'later', ['utils/check.ts:3', 'pages/start/start.ts:13']],
  ['回调', 'callback', ['utils/check.ts:3', 'pages/start/start.ts:16', 'pages/start/start.ts:16']],
  ['无人等', 'unhandled', ['utils/check.ts:3', 'pages/start/start.ts:19']],
  ['日志', 'logged', ['pages/start/start.ts:22']],
  ['组件', 'attached', ['components/bad/bad.js:11']],
])('an error has its places and the code around in the cloud: %s', async (button, message, places) => {
  const phone = await app.kit.phone('oAlice')
  await phone.button(button).click()
  const [error] = await reported(1)
  expect(error).toMatchObject({ openid: 'oAlice', page: 'pages/start/start', times: 1 })
  expect(error?.thrown?.message).toContain(message)
  expect(error?.thrown?.places.map(({ file, line }) => `${file}:${line}`)).toEqual(places)
  const { excerpt } = error?.thrown ?? {}
  const [first = ''] = places
  const line = Number(first.split(':')[1])
  expect(excerpt?.lines[line - excerpt.firstLine]).toMatch(/throw|Error/)
  expect((await phone.takeErrors())[0]).toContain(first)
})

it('an error of WXS has its line, and that of the WXML which calls it', async () => {
  const phone = await app.kit.phone('oAlice')
  await phone.button('去').click()
  await phone.button('内嵌').click()
  const [inline] = await reported(1)
  expect(inline?.thrown?.places.map(({ file, line }) => `${file}:${line}`)).toEqual([
    'pages/wxs/wxs.wxml:5',
    'pages/wxs/wxs.wxml:10',
  ])
  expect(inline?.thrown).toMatchObject({ name: 'Error', message: 'inline wxs' })
  await phone.takeErrors()
  await phone.button('文件').click()
  const [file] = await reported(1)
  expect(file?.thrown?.places.map(({ file, line }) => `${file}:${line}`)).toEqual([
    'pages/wxs/a.wxs:4',
    'pages/wxs/wxs.wxml:9',
    'pages/wxs/wxs.js:1',
  ])
  expect((await phone.takeErrors()).join()).toContain('pages/wxs/a.wxs:4')
})

it('an error after a change of the sources has its place in the new ones', async () => {
  const phone = await app.kit.phone('oAlice')
  const check = (lines: number) => {
    const text = `${'\n'.repeat(lines)}export function check(): void {\n  throw new RangeError('after ${lines} lines')\n}\n`
    writeFileSync(join(app.program.directory, 'utils/check.ts'), text)
    return app.kit.rebuild()
  }
  for (const lines of [4, 9]) {
    await check(lines)
    // The screen of the new edition has loaded.
    const edition = await editionOf()
    await expect.poll(() => phone.run(loadedScripts)).toContain(edition)
    await phone.button('抛出').click()
    const [error] = await reported(1)
    const [place] = error?.thrown?.places ?? []
    expect(`${place?.file}:${place?.line}`).toBe(`utils/check.ts:${lines + 2}`)
    expect(error?.thrown?.excerpt?.lines.join('\n')).toContain(`after ${lines} lines`)
    await phone.takeErrors()
  }
})

/** In the window of the screen. */
function loadedScripts(): string {
  const { document } = globalThis as unknown as { document: { scripts: Iterable<{ src: string }> } }
  return [...document.scripts].map(({ src }) => src).join()
}

/** As the server gives it out now. */
async function editionOf(): Promise<string> {
  const html = await (await fetch(`${new URL(app.kit.cloud.controlUrl).origin}/phone`)).text()
  return /script\.js\?v=([\w-]+)/.exec(html)?.[1] ?? 'none'
}
