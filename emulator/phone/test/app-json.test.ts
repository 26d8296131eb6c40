import { afterEach, describe, expect, it } from 'vitest'
import { PhoneKit } from '../../testing/phone/phone-kit.ts'
import type { PhonePage } from '../../testing/phone/phone-page.ts'
import { component, page, WrittenMiniProgram } from '../../testing/phone/written-mini-program.ts'

let running: { kit: PhoneKit; program: WrittenMiniProgram } | undefined
afterEach(async () => {
  if (!running) return
  await running.kit.finish()
  await running.kit.stop()
  running.program.remove()
  running = undefined
})

async function run(files: Record<string, string | object>): Promise<PhonePage> {
  const program = new WrittenMiniProgram(files)
  running = { kit: await PhoneKit.start(program.directory), program }
  return running.kit.phone('oAuthor')
}

const SHOW_QUERY = "Page({ data: { q: '' }, onLoad(query) { this.setData({ q: JSON.stringify(query) }) } })"

describe('pages and packages', () => {
  it('opens pages of subpackages, spelled subpackages or subPackages', async () => {
    const phone = await run({
      'app.json': {
        pages: ['pages/start/start'],
        subpackages: [{ root: 'shop', pages: ['pages/s/s'], independent: true }],
        subPackages: [{ root: 'news/', name: 'n', pages: ['pages/n/n'] }],
        preloadRule: { 'pages/start/start': { network: 'all', packages: ['shop'] } },
      },
      ...page('pages/start/start', { wxml: '<navigator url="/shop/pages/s/s?id=1">去商店</navigator>' }),
      ...page('shop/pages/s/s', {
        wxml: '商店 {{q}}<navigator url="../../../news/pages/n/n">去新闻</navigator>',
        js: SHOW_QUERY,
      }),
      ...page('news/pages/n/n', { wxml: '新闻' }),
    })
    await phone.text('去商店').click()
    await phone.text('商店 {"id":"1"}').waitFor()
    await phone.text('去新闻').click()
    await phone.text('新闻').waitFor()
  })

  it('accepts paths with a leading slash or dot, and starts with entryPagePath', async () => {
    const phone = await run({
      'app.json': {
        pages: ['/pages/start/start', './pages/b/b'],
        entryPagePath: '/pages/b/b',
        tabBar: {
          list: [
            { pagePath: '/pages/start/start', text: '首页', iconPath: './icons/a.svg' },
            { pagePath: 'pages/b/b', text: '乙', selectedIconPath: '/icons/a.svg' },
          ],
        },
        usingComponents: { tag: 'parts/tag', other: './parts/tag' },
      },
      'icons/a.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7" />',
      ...component('parts/tag', { wxml: '<view>部件<slot /></view>' }),
      ...page('pages/start/start', { wxml: '<tag>甲</tag><other>乙</other>' }),
      ...page('pages/b/b', { wxml: '<tag>丙</tag>' }),
    })
    await phone.text('部件丙').waitFor()
    const icons = phone.page.locator('.tab-bar img')
    await expect
      .poll(() =>
        icons.evaluateAll((all) =>
          all.map((icon) => (icon as unknown as { naturalWidth: number }).naturalWidth),
        ),
      )
      .toEqual([7, 7])
    await phone.page.locator('.tab-bar').getByText('首页').click()
    await phone.text('部件甲').waitFor()
    await phone.text('部件乙').waitFor()
  })

  it('finds components and scripts beside the file first, then in miniprogram_npm of each folder above, and by alias', async () => {
    const phone = await run({
      'app.json': {
        pages: ['pages/start/start'],
        subpackages: [{ root: 'sub', pages: ['s/s'] }],
        resolveAlias: { '~/*': '/shared/*' },
        usingComponents: { bare: 'bare' },
      },
      ...component('miniprogram_npm/@some/ui/tag/index', { wxml: '<view>包里的组件</view>' }),
      ...component('miniprogram_npm/bare/index', { wxml: '<view>裸名组件</view>' }),
      ...component('pages/start/near/index', { wxml: '<view>旁边的组件</view>' }),
      ...component('miniprogram_npm/near/index', { wxml: '<view>不该是它</view>' }),
      ...component('shared/aliased', { wxml: '<view>别名组件</view>' }),
      'miniprogram_npm/lib/index.js': "module.exports = { name: '包里的脚本', part: require('./part') }",
      'miniprogram_npm/lib/part.js': "module.exports = '相对'",
      'sub/miniprogram_npm/lib/index.js': "module.exports = { name: '分包自己的脚本' }",
      'shared/a.js': "module.exports = '根'",
      ...page('pages/start/start', {
        wxml: '<tag /><bare /><near /><aliased />{{name}}<navigator url="/sub/s/s">去分包</navigator>',
        json: { usingComponents: { tag: '@some/ui/tag/index', near: 'near', aliased: '~/aliased' } },
        js: "const lib = require('lib'); Page({ data: { name: [lib.name, lib.part, require('/shared/a'), require('~/a.js')].join() } })",
      }),
      ...page('sub/s/s', { wxml: '{{name}}', js: "Page({ data: { name: require('lib').name } })" }),
    })
    for (const text of ['包里的组件', '裸名组件', '旁边的组件', '别名组件', '包里的脚本,相对,根,根'])
      await phone.text(text).waitFor()
    await phone.text('去分包').click()
    await phone.text('分包自己的脚本').waitFor()
  })

  it('reports a component of a plugin and leaves it out', async () => {
    const phone = await run(
      page('pages/start/start', { wxml: '<p />还在', json: { usingComponents: { p: 'plugin://some/p' } } }),
    )
    await phone.text('还在').waitFor()
    expect((await phone.takeErrors())[0]).toContain('plugin://some/p')
  })
})

describe('the tab bar', () => {
  const LIST = [
    { pagePath: 'pages/start/start', text: '首页' },
    { pagePath: 'pages/b/b', text: '乙' },
  ]
  const TAPPED =
    "Page({ data: { t: '没点' }, onTabItemTap(item) { this.setData({ t: JSON.stringify(item) }) } })"

  it('calls onTabItemTap of its page', async () => {
    const phone = await run({
      'app.json': { pages: ['pages/start/start', 'pages/b/b'], tabBar: { list: LIST } },
      ...page('pages/start/start', { wxml: '第一页' }),
      ...page('pages/b/b', { wxml: '{{t}}', js: TAPPED }),
    })
    await phone.page.locator('.tab-bar').getByText('乙').click()
    await phone.text('{"index":"1","pagePath":"pages/b/b","text":"乙"}').waitFor()
  })

  it('drawn by the mini-program: has one instance per page, found by getTabBar, and replaces the phone’s bar', async () => {
    const phone = await run({
      'app.json': {
        pages: ['pages/start/start', 'pages/b/b', 'pages/c/c'],
        tabBar: { custom: true, list: LIST },
      },
      ...component('custom-tab-bar/index', {
        wxml: '<view class="own" bindtap="go">自己的栏 {{selected}} {{isOwn}}</view>',
        wxss: '.own { position: fixed; bottom: 0 }',
        js: `Component({
          data: { selected: 0 },
          lifetimes: { attached() { this.setData({ isOwn: this.getTabBar() === this }) } },
          methods: { go() { wx.switchTab({ url: '/pages/b/b' }) } },
        })`,
      }),
      ...page('pages/start/start', { wxml: '第一页' }),
      ...page('pages/b/b', {
        wxml: '{{t}}<navigator url="/pages/c/c">去丙</navigator>',
        js: TAPPED.replace('Page({', 'Page({ onShow() { this.getTabBar().setData({ selected: 1 }) },'),
      }),
      ...page('pages/c/c', {
        wxml: '{{has}}',
        js: "Page({ data: { has: '' }, onShow() { this.setData({ has: '栏：' + typeof this.getTabBar() }) } })",
      }),
    })
    await phone.text('自己的栏 0 true').waitFor()
    expect(await phone.page.locator('.tab-bar').isVisible()).toBe(false)
    await phone.text('自己的栏').click()
    await phone.text('自己的栏 1 true').waitFor()
    await phone.text('"pagePath":"pages/b/b"').waitFor()
    await phone.text('去丙').click()
    await phone.text('栏：undefined').waitFor()
    expect(await phone.text('自己的栏').count()).toBe(0)
  })
})

describe('WXS', () => {
  it('supports require in a circle, getDate, getRegExp, and constructor as the name of a type', async () => {
    const phone = await run({
      'u/a.wxs':
        "var b = require('./b.wxs'); var class = 'a'; exports.name = class; exports.keys = { class: class }; exports.say = function (x) { return b.hi(x) }",
      'u/b.wxs':
        "var a = require('a.wxs'); module.exports = { hi: function (x) { return 'hi ' + x + ' ' + a.name } }",
      ...page('pages/start/start', {
        wxml: `<wxs src="../../u/a.wxs" module="m" />
          <wxs module="t">
            var b = require('../../u/b.wxs')
            var TYPES = [[], {}, 'x', 1, true, getDate(0), getRegExp('a'), function () {}]
            module.exports = {
              year: function (ms) { return getDate(ms).getFullYear() },
              day: function () { return getDate(2020, 1, 3).getMonth() + getDate('2020/03/04').getDate() },
              found: function (text) { return getRegExp('^A', 'i').test(text) },
              digits: function (text) { return getRegExp('^\\d+\\.\\d$').test(text) + '\\\\\\'.constructor' },
              types: TYPES.map(function (value) { return value.constructor }).join(),
              isArray: function (list) { return list.constructor === 'Array' },
              hi: b.hi,
            }
          </wxs>
          <view>{{m.say('you')}}|{{t.year(86400000)}}|{{t.day()}}|{{t.found('abc')}}|{{t.digits('12.5')}}|{{t.isArray([1])}}|{{t.hi(2)}}</view>
          <view>{{t.types}}</view>`,
      }),
    })
    await phone.text("hi you a|1970|5|true|true\\'.constructor|true|hi 2 a").waitFor()
    await phone.text('Array,Object,String,Number,Boolean,Date,RegExp,Function').waitFor()
  })
})

describe('navigateTo', () => {
  it('connects the two pages by an event channel', async () => {
    const phone = await run({
      'app.json': { pages: ['pages/start/start', 'pages/b/b'] },
      ...page('pages/start/start', {
        wxml: '<button bindtap="go">去</button>收到 {{got}}',
        js: `Page({ data: { got: '' }, go() { wx.navigateTo({
          url: '../b/b',
          events: { chosen: (one, two) => this.setData({ got: this.data.got + one.name + two }) },
          success: ({ eventChannel }) => eventChannel.emit('sent', { from: '首页' }),
        }) } })`,
      }),
      ...page('pages/b/b', {
        wxml: '来自 {{from}}<button bindtap="pick">选</button>',
        js: `Page({ data: { from: '' },
          onLoad() {
            const channel = this.getOpenerEventChannel()
            channel.once('sent', ({ from }) => this.setData({ from }))
          },
          pick() {
            const channel = this.getOpenerEventChannel()
            channel.emit('chosen', { name: '一' }, '号')
            channel.off('sent')
            wx.navigateBack()
          } })`,
      }),
    })
    await phone.button('去').click()
    await phone.text('来自 首页').waitFor()
    await phone.button('选').click()
    await phone.text('收到 一号').waitFor()
  })

  it('passes the query as properties to a page that is a component', async () => {
    const phone = await run({
      'app.json': { pages: ['pages/start/start', 'pages/b/b'] },
      ...page('pages/start/start', {
        wxml: '<navigator url="/pages/b/b?id=7&name=%E5%B1%B1">去</navigator>',
      }),
      ...page('pages/b/b', {
        wxml: '{{seen}}',
        json: { usingComponents: {} },
        js: `Component({ properties: { id: Number, name: String }, data: { seen: '' },
          lifetimes: { attached() { this.setData({ seen: JSON.stringify([this.properties.id, this.data.name]) }) } },
          methods: { onLoad(query) { this.setData({ seen: this.data.seen + query.id }) } } })`,
      }),
    })
    await phone.text('去').click()
    await phone.text('[7,"%E5%B1%B1"]7').waitFor()
  })
})
