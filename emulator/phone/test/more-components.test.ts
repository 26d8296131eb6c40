import { expect, it } from 'vitest'
import type { PhonePage } from '../../testing/phone/phone-page.ts'
import { useMiniProgram } from '../../testing/phone/use-mini-program.ts'
import { page } from '../../testing/phone/written-mini-program.ts'

const LOG = `log({ type, detail }) { this.setData({ out: this.data.out + ' / ' + type + ' ' + JSON.stringify(detail) }) }`
const out = (phone: PhonePage) => phone.top.locator('.out').textContent()

const PROGRAM = {
  'app.js': `App(new (class { constructor() { this.kept = 1 } onLaunch() { this.launched = this.kept } })())
    getApp({ allowDefault: true }).early = 1`,
  'app.json': { pages: ['pages/start/start', 'pages/boxes/boxes', 'pages/moves/moves'] },
  ...page('pages/start/start', {
    wxml: `<navigator url="/pages/boxes/boxes">去 boxes</navigator><navigator url="/pages/moves/moves">去 moves</navigator>
      <text>{{app}}</text>`,
    js: `Page({ data: { app: JSON.stringify(getApp()) } })`,
  }),
  ...page('pages/boxes/boxes', {
    wxml: `<navigation-bar title="标题栏" front-color="#ffffff" background-color="#123456" /><page-meta page-style="letter-spacing: 2px" />
      <camera /><live-player src="x" /><ad unit-id="1" /><official-account /><voip-room /><video src="" />
      <map latitude="23" longitude="113" markers="{{markers}}" bindmarkertap="log" style="width: 100%; height: 200px" />
      <open-data type="userNickName" /><match-media min-width="5000"><text>太宽</text></match-media><match-media max-width="5000"><text>够宽</text></match-media>
      <editor id="editor" placeholder="写" bindinput="log" style="height: 50px" />
      <sticky-section><sticky-header><text>吸顶</text></sticky-header><list-view><text>列表</text></list-view></sticky-section>
      <grid-view cross-axis-count="3"><view>格一</view><view>格二</view></grid-view>
      <pan-gesture-handler><view>手势</view></pan-gesture-handler><button bindtap="write">写入</button><view class="out">{{out}}</view>`,
    js: `Page({ data: { out: '', markers: [{ id: 7, title: '店' }] }, ${LOG},
      write() { this.createSelectorQuery().select('#editor').context(({ context }) => {
        context.setContents({ html: '<p>甲</p>', success: () => context.format('bold') })
      }).exec() } })`,
  }),
  ...page('pages/moves/moves', {
    wxml: `<movable-area style="width: 200px; height: 100px"><movable-view direction="horizontal" x="{{x}}" style="width: 50px; height: 50px; color: {{color}}" bindchange="log">移</movable-view></movable-area>
      <swiper class="swiper" current="{{current}}" previous-margin="20px" next-margin="20px" display-multiple-items="2" bindchange="log" style="height: 40px; width: 300px"><swiper-item wx:for="{{['子', '丑', '寅', '卯']}}" wx:key="*this" item-id="{{item}}">{{item}}</swiper-item></swiper>
      <scroll-view id="scroller" scroll-y enhanced refresher-enabled refresher-triggered="{{refreshing}}" bindrefresherrefresh="refresh" bindrefresherrestore="log" style="height: 80px"><view style="height: 300px">下拉我</view><view id="low">底部</view></scroll-view>
      <picker-view value="{{[2]}}" indicator-style="height: 50px" bindchange="log" style="height: 150px"><picker-view-column><view wx:for="{{[0, 1, 2, 3]}}" wx:key="*this">第{{item}}行</view></picker-view-column></picker-view>
      <picker mode="region" value="{{['广东省', '深圳市', '南山区']}}" bindchange="log">地区</picker>
      <button bindtap="turn">变</button><button bindtap="scroll">滚</button><view class="out">{{out}}</view>`,
    js: `Page({ data: { out: '', x: 10, current: 0, color: 'red', refreshing: false }, ${LOG},
      turn() { this.setData({ current: 1, color: 'blue' }) }, refresh(event) { this.log(event); setTimeout(() => this.setData({ refreshing: false }), 50) },
      scroll() { wx.createSelectorQuery().select('#scroller').node(({ node }) => node.scrollTo({ top: 120, animated: false })).select('#scroller').scrollOffset().exec(() =>
        wx.createSelectorQuery().select('#scroller').scrollOffset(({ scrollTop }) => this.setData({ out: 'top ' + scrollTop })).exec()) } })`,
  }),
}

const app = useMiniProgram(PROGRAM)

async function open(name: string): Promise<PhonePage> {
  const phone = await app.kit.phone('oTester')
  await phone.text(`去 ${name}`).click()
  await phone.top.locator('.out').waitFor({ state: 'attached' })
  return phone
}

async function drag(phone: PhonePage, text: string, byX: number, byY: number): Promise<void> {
  const box = await phone.text(text).boundingBox()
  if (!box) throw new Error(`${text} is not shown`)
  const [x, y] = [box.x + 5, box.y + 5]
  await phone.page.mouse.move(x, y)
  await phone.page.mouse.down()
  await phone.page.mouse.move(x + byX / 2, y + byY / 2)
  await phone.page.mouse.move(x + byX, y + byY)
  await phone.page.mouse.up()
}

it('App takes an object of a class; getApp gives one object from the start', async () => {
  const phone = await app.kit.phone('oTester')
  await phone.text('{"kept":1,"early":1,"launched":1}').waitFor()
})

it('what only a device can draw is a box that says its name, once in the panel', async () => {
  const phone = await open('boxes')
  for (const text of [
    '相机 camera',
    '直播播放 live-player',
    '广告 ad',
    '关注公众号',
    '多人通话',
    '微信用户',
    '够宽',
    '列表',
    '手势',
  ])
    await phone.text(text).waitFor()
  expect(await phone.text('太宽').isVisible()).toBe(false)
  expect(await phone.title()).toBe('标题栏')
  await phone.top.getByRole('button', { name: '店' }).click()
  await expect.poll(() => out(phone)).toBe(' / markertap {"markerId":7}')
  const [one, two] = await Promise.all(['格一', '格二'].map((text) => phone.text(text).boundingBox()))
  expect(one?.y).toBe(two?.y)
  await phone.button('写入').click()
  await expect.poll(() => out(phone)).toContain('"text":"甲"')
  const notes = await phone.takeErrors()
  for (const tag of ['camera', 'live-player', 'ad', 'official-account', 'voip-room', 'map', 'editor']) {
    expect(notes.filter((note) => note.includes(`<${tag}>`))).toHaveLength(1)
  }
})

it('a movable view stays in its area and keeps its place when its style changes', async () => {
  const phone = await open('moves')
  await expect.poll(() => out(phone)).toBe(' / change {"x":10,"y":0,"source":""}')
  await drag(phone, '移', 40, 30)
  await drag(phone, '移', 500, 0)
  await expect.poll(() => out(phone)).toContain('{"x":50,"y":0,"source":"touch"}')
  await expect.poll(() => out(phone)).toContain('{"x":150,"y":0,"source":"touch"}')
  const position = await phone.text('移').boundingBox()
  await phone.button('变').click()
  expect(await phone.text('移').boundingBox()).toEqual(position)
})

it('a swiper has margins, several items at once, and reports a change by the page', async () => {
  const phone = await open('moves')
  const width = async (text: string) => (await phone.text(text).boundingBox())?.width
  expect(await width('丑')).toBe(130)
  await phone.button('变').click()
  await expect.poll(() => out(phone)).toContain('/ change {"current":1,"currentItemId":"丑","source":""}')
})

it('a scroll-view is pulled to refresh it, and scrolled by its node', async () => {
  const phone = await open('moves')
  await drag(phone, '下拉我', 0, 60)
  await expect.poll(() => out(phone)).toContain('refresherrefresh {"dy":45} / refresherrestore {"dy":0}')
  await phone.button('滚').click()
  await expect.poll(() => out(phone)).toBe('top 120')
})

it('pickers have rows of any height, and regions', async () => {
  const phone = await open('moves')
  const [view, row] = await Promise.all(
    [phone.top.locator('wx-picker-view'), phone.text('第2行')].map((part) => part.boundingBox()),
  )
  expect(row?.height).toBe(50)
  expect((row?.y ?? 0) - (view?.y ?? 0)).toBe(50)
  await phone.text('地区').click()
  await phone.page.getByRole('option', { name: '福田区', exact: true }).click()
  await phone.wechatButton('确定').click()
  await expect
    .poll(() => out(phone))
    .toContain('{"value":["广东省","深圳市","福田区"],"code":["440000","440300","440304"]}')
  expect(await phone.takeErrors()).toEqual([expect.stringContaining('region')])
})
