import { describe, expect, it } from 'vitest'
import type { PhonePage } from '../../testing/phone/phone-page.ts'
import { useMiniProgram } from '../../testing/phone/use-mini-program.ts'
import { component, page } from '../../testing/phone/written-mini-program.ts'

const SAY = "say(text) { this.setData({ out: this.data.out + ' / ' + text }) },"
/** The files of a page that appends events to its output, with the part that a test is about. */
function saying(name: string, wxml: string, js: string, more: Record<string, string | object> = {}) {
  const script = `Page({ data: { out: '' }, ${SAY} ${js} })`
  return page(`pages/${name}/${name}`, {
    wxml: `${wxml}<view class="out">{{out}}</view>`,
    js: script,
    ...more,
  })
}

const PAGES: Record<string, Record<string, string | object>> = {
  ready: {
    ...saying(
      'ready',
      '<c bind:report="report" /><c wx:if="{{late}}" name="late" bind:report="report" /><button bindtap="more">后来</button>',
      `
      onLoad() { this.say('onLoad') }, onShow() { this.say('onShow') }, onReady() { this.say('onReady') },
      report({ detail }) { this.say(detail) }, more() { this.setData({ late: true }) }`,
      { json: { usingComponents: { c: '/c/life' } } },
    ),
    ...component('c/life', {
      wxml: '<inner />',
      json: { usingComponents: { inner: '/c/inner' } },
      js: `Component({
      properties: { name: { type: String, value: 'first' } },
      lifetimes: {
        attached() { this.triggerEvent('report', this.data.name + ' attached') },
        ready() { this.triggerEvent('report', this.data.name + ' ready') },
      },
      pageLifetimes: { show() { this.triggerEvent('report', 'pageShow') } } })`,
    }),
    ...component('c/inner', { js: 'Component({ ready() { getApp().inner = (getApp().inner || 0) + 1 } })' }),
  },
  input: saying(
    'input',
    `<input bindinput="digits" aria-label="数字" placeholder="只要数字" placeholder-class="red" />
    <input bindinput="place" aria-label="光标" /><textarea bindinput="digits" aria-label="多行" />`,
    `
    digits({ detail }) { return detail.value.replace(/[^0-9]/g, '') },
    place({ detail }) { return { value: '[' + detail.value + ']', cursor: 1 } }`,
    { wxss: '.red { color: rgb(255, 0, 0); }' },
  ),
  press: saying(
    'press',
    `<view bindlongpress="long" bindtap="tap">两样都有</view><view bindtap="tap">只有点</view>
    <navigator url="/pages/ready/ready" bindlongpress="long">长按的链接</navigator>`,
    "long() { this.say('long') }, tap() { this.say('tap') }",
  ),
  text: saying(
    'text',
    '<text class="a" decode>{{a}}</text><text class="b">{{a}}</text><text class="c" decode space="ensp">{{b}}</text><button bindtap="next">换</button>',
    `
    onLoad() { this.setData({ a: 'a&nbsp;&lt;b&amp;lt;&copy;', b: 'x  y' }) }, next() { this.setData({ a: '&gt;&apos;' }) }`,
  ),
  storage: saying(
    'storage',
    '<button bindtap="go">存</button>',
    `go() {
    const values = [new Date(0), NaN, Infinity, null, true, 'x', 1.5, [new Date(0)], { a: undefined, b: 1 }]
    values.forEach((value, index) => wx.setStorageSync('k' + index, value))
    const read = values.map((_, index) => wx.getStorageSync('k' + index))
    this.say([read[0] instanceof Date && read[0].getTime(), String(read[1]), String(read[2]), ...read.slice(3).map((value) => JSON.stringify(value))].join(' '))
    wx.getStorage({ key: 'k0', success: ({ data }) => this.say(data instanceof Date) })
    wx.setStorageSync('f', () => 1)
  }`,
  ),
  can: saying(
    'can',
    '',
    `onLoad() { for (const schema of ${JSON.stringify([
      'button.open-type.getPhoneNumber',
      'button.open-type.liveActivity',
      'input.type.nickname',
      'input.type.nothing',
      'scroll-view',
      'xr-scene',
      'text.decode',
      'text.nothing',
      'button.bindgetphonenumber',
      'showToast',
      'showToast.object.icon.success',
      'showToast.object.icon.nothing',
      'showModal.object.editable',
      'showModal.success.content',
      'showModal.nothing',
      'getSystemInfoSync.return.safeArea.left',
      'getSystemInfoSync.return.nothing',
      'addCard',
      'cloud.callFunction',
      'wx.navigateTo.object.events',
      'getImageInfo.success.width',
    ])}) this.say(schema + '=' + wx.canIUse(schema)) }`,
  ),
  observe: saying(
    'observe',
    `<view style="height: 120vh" /><view id="below" data-n="1" style="height: 40px">下面</view>
    <scroll-view class="box" scroll-y style="height: 100px"><view style="height: 150px" /><view id="inside" style="height: 20px" /></scroll-view>`,
    `
    onReady() {
      const ratio = (name) => ({ intersectionRatio: r, dataset }) => this.say(name + r + (dataset.n || ''))
      this.createIntersectionObserver().relativeToViewport().observe('#below', ratio('plain '))
      wx.createIntersectionObserver(this, { thresholds: [1] }).relativeToViewport({ bottom: 600 }).observe('#below', ratio('margin '))
      this.createIntersectionObserver().relativeTo('.box').observe('#inside', ratio('box '))
      this.createIntersectionObserver().relativeToViewport().observe('.none', ratio('none '))
      this.createMediaQueryObserver().observe({ minWidth: 100 }, ({ matches }) => this.say('wide ' + matches))
      wx.createMediaQueryObserver(this).observe({ orientation: 'landscape' }, ({ matches }) => this.say('landscape ' + matches))
    }`,
  ),
  animate: saying(
    'animate',
    '<view id="a" style="width: 50px">动</view><button bindtap="go">动画</button><button bindtap="stop">清除</button>',
    `
    go() { this.animate('#a', [{ opacity: 1, width: 50 }, { opacity: 0.5, scale: [2, 2], width: 80 }], 50, () => this.say('done')) },
    stop() { this.clearAnimation('#a', { opacity: true }, () => this.say('cleared')) }`,
  ),
  unknown: saying(
    'unknown',
    `<xr-scene></xr-scene><button open-type="liveActivity">客服</button><button open-type="share" data-n="1">分享</button>
    <view bindtap="noSuchHandler">打错</view><view bindtap="later">后加的</view>
    <image src="https://pictures.test/a.png" /><image src="/no.png" /><view style="background-image: url(https://pictures.test/b.png); height: 5px" />
    <button bindtap="api">接口</button>`,
    `
    onLoad() { this.later = () => this.say('later') },
    onShareAppMessage({ from, target }) { return { title: '标题' + from + target.dataset.n, path: '/pages/a/a' } },
    api() { try { wx.getExptInfoSync() } catch (error) { this.say('caught') } }`,
  ),
  call: saying(
    'call',
    '<button bindtap="go">调用</button>',
    `go() { const bytes = new Uint8Array([0, 1, 2, 3]); wx.cloud.callFunction({ name: 'nowhere', data: {
      buffer: bytes.buffer, part: bytes.subarray(1, 3), id: wx.cloud.CloudID('abc'), deep: { id: wx.cloud.CloudID('def') }, n: 1,
    }, fail: () => this.say('failed') }) }`,
  ),
  database: {
    ...page('pages/database/database', {
      wxml: '{{out}}',
      js: `
      const db = wx.cloud.database()
      const _ = db.command
      Page({ data: { out: '' }, onLoad() {
        db.collection('things').where({ a: _.gt(1).and(_.lt(2)) }).limit(5).get().catch(({ errMsg }) => this.setData({ out: errMsg }))
        db.collection('things').doc('a').update({ data: { at: db.serverDate() }, fail: () => undefined })
        db.collection('things').aggregate().match({}).end()
      } })`,
    }),
  },
}

const names = Object.keys(PAGES)
const app = useMiniProgram({
  'app.json': { pages: ['pages/start/start', ...names.map((name) => `pages/${name}/${name}`)] },
  ...page('pages/start/start', {
    wxml: names.map((name) => `<navigator url="/pages/${name}/${name}">去 ${name} 页</navigator>`).join(''),
  }),
  ...Object.assign({}, ...Object.values(PAGES)),
})

const ABOUT_UNKNOWN = /<xr-scene>/
async function open(name: string): Promise<PhonePage> {
  const phone = await app.kit.phone('oTester')
  await phone.text(`去 ${name} 页`).waitFor()
  // The compiler's note about one page is in the panel of every phone.
  expect((await phone.takeErrors()).filter((error) => !ABOUT_UNKNOWN.test(error))).toEqual([])
  await phone.text(`去 ${name} 页`).click()
  return phone
}
const out = (phone: PhonePage) => phone.top.locator('.out').textContent()
const says = (phone: PhonePage, ...parts: string[]) =>
  expect.poll(() => out(phone)).toBe(parts.map((part) => ` / ${part}`).join(''))

describe('a component', () => {
  it('is ready after the page’s onShow and before its onReady, or when it is added later', async () => {
    const phone = await open('ready')
    await says(phone, 'first attached', 'onLoad', 'onShow', 'pageShow', 'first ready', 'onReady')
    await phone.button('后来').click()
    await says(
      phone,
      'first attached',
      'onLoad',
      'onShow',
      'pageShow',
      'first ready',
      'onReady',
      'late attached',
      'late ready',
    )
    const inner = () => (globalThis as unknown as { getApp(): { inner: number } }).getApp().inner
    expect(await phone.screen.locator('body').evaluate(inner)).toBe(2)
  })

  it('has animate and clearAnimation', async () => {
    const phone = await open('animate')
    const look = () =>
      phone.top
        .locator('wx-view')
        .first()
        .evaluate((view) => {
          const { opacity, width, transform } = view.ownerDocument.defaultView.getComputedStyle(view)
          return [opacity, width, transform]
        })
    await phone.button('动画').click()
    await says(phone, 'done')
    expect(await look()).toEqual(['0.5', '80px', 'matrix(2, 0, 0, 2, 0, 0)'])
    await phone.button('清除').click()
    await says(phone, 'done', 'cleared')
    expect(await look()).toEqual(['1', '50px', 'none'])
  })
})

it('the answer of an input handler sets text and cursor of an input, but not of a textarea', async () => {
  const phone = await open('input')
  const field = (name: string) => phone.top.getByRole('textbox', { name })
  await field('数字').pressSequentially('1a2b')
  expect(await field('数字').inputValue()).toBe('12')
  await field('光标').pressSequentially('xy')
  expect(await field('光标').inputValue()).toBe('[[yx]]')
  await field('多行').pressSequentially('1a')
  expect(await field('多行').inputValue()).toBe('1a')
  await field('数字').fill('')
  const color = phone
    .text('只要数字')
    .evaluate((text) => text.ownerDocument.defaultView.getComputedStyle(text).color)
  expect(await color).toBe('rgb(255, 0, 0)')
})

it('a handled long press suppresses the tap and its action', async () => {
  const phone = await open('press')
  const press = (text: string) => phone.text(text).click({ delay: 500 })
  await press('两样都有')
  await says(phone, 'long')
  await phone.text('两样都有').click()
  await says(phone, 'long', 'tap')
  await press('只有点')
  await says(phone, 'long', 'tap', 'tap')
  await press('长按的链接')
  await says(phone, 'long', 'tap', 'tap', 'long')
})

it('text decodes WeChat’s entities once, and keeps spaces', async () => {
  const phone = await open('text')
  const text = (name: string) => phone.top.locator(`.${name}`).evaluate((element) => element.textContent)
  expect(await text('a')).toBe('a\u00a0<b&lt;&copy;')
  expect(await text('b')).toBe('a&nbsp;&lt;b&amp;lt;&copy;')
  expect(await text('c')).toBe('x\u2002\u2002y')
  await phone.button('换').click()
  await expect.poll(() => text('a')).toBe(">'")
})

it('storage keeps Dates and numbers, stores all else as JSON, and reports what it cannot store', async () => {
  const phone = await open('storage')
  await phone.button('存').click()
  await says(phone, '0 NaN Infinity null true "x" 1.5 ["1970-01-01T00:00:00.000Z"] {"b":1}', 'true')
  expect((await phone.takeErrors()).join()).toContain('存储 f：function')
})

it('callFunction sends bytes as a JSON Buffer, and the ids of CloudIDs at the top level', async () => {
  const phone = await open('call')
  const sent = phone.page.waitForRequest('**/control/invoke')
  await phone.button('调用').click()
  expect((await sent).postDataJSON()).toEqual({
    function: 'nowhere',
    openid: 'oTester',
    data: {
      buffer: { type: 'Buffer', data: [0, 1, 2, 3] },
      part: { type: 'Buffer', data: [1, 2] },
      id: { cloudID: 'abc' },
      deep: { id: { cloudID: 'def' } },
      n: 1,
    },
    cloudIDs: { id: 'abc' },
  })
  await says(phone, 'failed')
  expect((await phone.takeErrors()).join()).toContain('buffer 是二进制数据')
})

it('canIUse knows options, results and attributes', async () => {
  const phone = await open('can')
  const answers = Object.fromEntries(
    (await out(phone))
      ?.split(' / ')
      .slice(1)
      .map((answer) => answer.split('=')) ?? [],
  )
  const no = Object.keys(answers).filter((schema) => answers[schema] !== 'true')
  expect(no).toEqual([
    'button.open-type.liveActivity',
    'input.type.nothing',
    'xr-scene',
    'text.nothing',
    'showToast.object.icon.nothing',
    'showModal.nothing',
    'getSystemInfoSync.return.nothing',
    'addCard',
  ])
})

it('observers support margins, regions and the size of the screen', async () => {
  const phone = await open('observe')
  await expect
    .poll(async () => (await out(phone))?.split(' / ').sort())
    .toEqual(['', 'landscape false', 'margin 11', 'wide true'])
  await phone.top.evaluate((layer) => layer.scrollTo(0, 1e6))
  await expect.poll(() => out(phone)).toMatch(/plain 0\.\d+1|plain 11/)
  await phone.screen.locator('.box').evaluate((box) => box.scrollTo(0, 1e6))
  await expect.poll(() => out(phone)).toContain('box ')
  expect(await phone.takeErrors()).toEqual([
    expect.stringMatching(/^提示 pages\/observe\/observe IntersectionObserver：/),
  ])
})

describe('the panel reports what the phone does not have', () => {
  it('a tag, with file and line', async () => {
    const phone = await app.kit.phone('oTester')
    await phone.text('去 ready 页').waitFor()
    expect(await phone.takeErrors()).toEqual([
      expect.stringContaining('pages/unknown/unknown.wxml:1 <xr-scene>'),
    ])
  })

  it('open types, handlers, pictures, interfaces', async () => {
    const phone = await open('unknown')
    await phone.button('客服').click()
    await phone.text('打错').click()
    await phone.text('后加的').click()
    await phone.button('接口').click()
    await says(phone, 'later', 'caught')
    await expect.poll(async () => (await phone.allErrors()).length).toBe(5)
    const errors = (await phone.takeErrors()).join('\n')
    for (const word of [
      'open-type="liveActivity"',
      'pages/unknown/unknown: 没有方法 noSuchHandler',
      'pictures.test 不在允许的域名里',
      '/no.png',
      'wx.getExptInfoSync is not implemented',
    ])
      expect(errors).toContain(word)
  })

  it('sharing, with the answer of onShareAppMessage', async () => {
    const phone = await open('unknown')
    await phone.button('分享').click()
    const sheet = phone.page.getByRole('dialog', { name: '转发：标题button1' })
    await sheet.getByText('pages/a/a').waitFor()
    await phone.wechatButton('关闭').click()
    await phone.takeErrors()
  })

  it('failures of the client database that the page does not handle, while the page itself runs', async () => {
    const phone = await open('database')
    await phone.text('collection.get:fail errCode: -502005 database collection not exists').waitFor()
    await expect.poll(async () => (await phone.allErrors()).join()).toContain('pages/database/database.js:7')
    const errors = (await phone.takeErrors()).join()
    expect(errors).toContain('Error: collection.aggregate:fail errCode: -502005')
  })
})
