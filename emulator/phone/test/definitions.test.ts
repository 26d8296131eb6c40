import { expect, it } from 'vitest'
import type { PhonePage } from '../../testing/phone/phone-page.ts'
import { useMiniProgram } from '../../testing/phone/use-mini-program.ts'
import { component, page } from '../../testing/phone/written-mini-program.ts'

/** Definitions that WeChat accepts, some with a warning, and what their components do. */
const PROGRAM = {
  'app.js': `App({ globalData: {}, onLaunch() { this.globalData.user = '张三' } })`,
  'app.json': {
    pages: [
      'pages/start/start',
      'pages/form/form',
      'pages/broken/broken',
      'pages/relations/relations',
      'pages/fields/fields',
      'pages/classes/classes',
      'pages/query/query',
    ],
  },
  'app.wxss': '.global { color: rgb(1, 2, 3) }',
  ...page('pages/start/start', {
    wxml: `<view class="user">{{user}}</view>
      <navigator wx:for="{{pages}}" wx:key="*this" url="/pages/{{item}}/{{item}}">去 {{item}}</navigator>`,
    js: `const { user } = getApp().globalData
      Page({ data: { user, pages: ['form', 'broken', 'relations', 'fields', 'classes', 'query'] } })`,
  }),
  ...page('pages/form/form', {
    wxml: `<form bindsubmit="submit" bindreset="reset">
      <field name="city" value="大理" /><plain /><group /><go /><button form-type="submit">提交</button><button form-type="reset">重置</button>
      </form><view class="out">{{out}}</view>`,
    js: `Page({ data: { out: '' }, submit({ detail }) { this.setData({ out: JSON.stringify(detail.value) }) }, reset() { this.setData({ out: '已重置' }) } })`,
    json: {
      usingComponents: {
        field: '/components/field',
        plain: '/components/plain',
        group: '/components/group',
        go: '/components/go',
      },
    },
  }),
  ...component('components/field', {
    wxml: '<view>{{value}}</view>',
    js: `Component({ behaviors: ['wx://form-field'] })`,
  }),
  ...component('components/plain', { wxml: '<input name="hidden" value="1" />' }),
  ...component('components/group', {
    wxml: '<input name="inner" value="2" />',
    js: `Component({ behaviors: ['wx://form-field-group'] })`,
  }),
  ...component('components/go', {
    wxml: '<button form-type="submit">里面提交</button>',
    js: `Component({ behaviors: ['wx://form-field-button'] })`,
  }),
  ...page('pages/broken/broken', {
    wxml: `<careless class="it" one="{{n}}" two="{{n}}" three="3" bind:made="made" /><view bindtap="add">加</view><view class="out">{{out}}</view>`,
    js: `Page({ data: { n: 1, out: '' }, made({ detail }) { this.setData({ out: this.data.out + ' ' + detail }) }, add() { this.setData({ n: this.data.n + 1 }) } })`,
    json: { usingComponents: { careless: '/components/careless' } },
  }),
  ...component('components/careless', {
    wxml: '<view class="shown">{{one}} {{two}} {{three}} {{four}}</view>',
    js: `Component({
      behaviors: ['wx://no-such', undefined],
      properties: {
        one: { type: [String, Number], observer: 'oneChanged' },
        two: { type: Number, observer: 'noSuchMethod' },
        three: [Number, String],
        four: { value: '四' },
        five: 'text',
      },
      observers: { 'one, two': 'bothChanged', 'list[0]': undefined, 'a.**': 'noSuchMethod', '$x': () => {} },
      lifetimes: { attached: 'attached', ready: undefined },
      pageLifetimes: { show: 1 },
      relations: { './nowhere': { type: 'friend' } },
      externalClasses: 'my-class',
      methods: {
        oneChanged(now, before) { this.triggerEvent('made', now + '<' + before) },
        bothChanged(one, two) { this.triggerEvent('made', one + '+' + two) },
        notAFunction: 1,
      },
    })`,
  }),
  ...page('pages/relations/relations', {
    wxml: `<list id="list"><item wx:for="{{[1, 2]}}" wx:key="*this" name="{{item}}" /></list><view class="out">{{out}}</view>`,
    js: `Page({ data: { out: '' }, onReady() {
      const list = this.selectComponent('#list')
      const [first] = this.selectAllComponents('item, .item')
      this.setData({ out: JSON.stringify({
        linked: list.linked, names: list.getRelationNodes('../item/item').map(({ data }) => data.name),
        exported: typeof list.linked, owner: list.selectOwnerComponent() === this, renderer: this.renderer, first: first === undefined,
      }) })
    } })`,
    json: { usingComponents: { list: '/components/list/list', item: '/components/item/item' } },
  }),
  'behaviors/listed.js': `module.exports = Behavior({ methods: { describe() { return 'listed' } } })`,
  ...component('components/list/list', {
    wxml: '<slot />',
    js: `const listed = require('../../behaviors/listed')
      Component({ relations: { '../item/item': { type: 'child', target: listed, linked(item) { this.linked = (this.linked || '') + item.describe() } } } })`,
  }),
  ...component('components/item/item', {
    wxml: '<view>{{name}}</view>',
    js: `const listed = require('../../behaviors/listed')
      Component({ behaviors: [listed], properties: { name: null }, relations: { '../list/list': { type: 'parent' } } })`,
  }),
  ...page('pages/fields/fields', {
    wxml: '<view bindtap="tap" data-item="{{item}}" id="it" mark:deep="1">点</view><view class="out">{{out}}</view>',
    js: `const { Shared, counted } = require('../../behaviors/page')
      Page({
        behaviors: [counted], data: { item: { n: 1 }, out: '' }, list: [1], shared: new Shared(), doubled: ['n'],
        onLoad() { this.tap = this.tap.bind(this); this.list.push(2); this.setData({ n: 4 }) },
        tap(event) {
          event.currentTarget.dataset.item.n = 9
          const { target, mark, type } = event
          this.setData({ event })
          this.setData({ out: JSON.stringify({ list: this.list, shared: this.shared.describe(), item: this.data.item, id: target.id, mark, type, twice: this.data.twice }) })
          return false
        },
      })`,
  }),
  'behaviors/page.js': `exports.Shared = class { describe() { return 'described' } }
    exports.counted = Behavior({ definitionFilter(fields) {
      fields.observers = { [fields.doubled[0]]: function (n) { this.setData({ twice: n * 2 }) } }
    } })`,
  ...page('pages/classes/classes', {
    wxml: `<box my-class="red big" /><mixed /><listing /><view class="out">{{out}}</view>`,
    wxss: '.red { color: rgb(255, 0, 0) } .big { font-size: 30px }',
    json: {
      usingComponents: { box: '/components/box', mixed: '/components/mixed', listing: '/components/listing' },
    },
  }),
  ...component('components/box', {
    wxml: '<inner inner-class="my-class" />',
    js: `Component({ externalClasses: ['my-class'] })`,
    json: { usingComponents: { inner: '/components/inner' } },
  }),
  ...component('components/inner', {
    wxml: '<text class="inner-class deep">外部样式</text>',
    js: `Component({ externalClasses: ['inner-class'], options: { virtualHost: true } })`,
  }),
  ...component('components/listing', {
    wxml: '<row /><text>后面</text>',
    json: { componentGenerics: { row: true } },
  }),
  'components/options.js': `module.exports = { options: { addGlobalClass: true, multipleSlots: true } }`,
  ...component('components/mixed', {
    wxml: '<text class="global">全局样式</text>',
    js: `Component(require('./options'))`,
  }),
  ...page('pages/query/query', {
    wxml: `<canvas type="2d" id="paint" style="width: 40px; height: 20px" /><scroll-view id="scroller" scroll-y style="height: 50px; padding: 3px"><view style="height: 200px">长</view></scroll-view>
      <field id="field" value="值" /><view class="out">{{out}}</view>`,
    js: `const early = wx.createSelectorQuery().select('#paint').boundingClientRect()
      Page({ data: { out: '' }, onReady() {
        let isLater = false
        early.exec(([{ width, id }]) => {
          wx.createSelectorQuery().in(this)
            .select('#paint').fields({ node: true, size: true })
            .select('#scroller').fields({ scrollOffset: true, computedStyle: ['padding-top'], properties: ['scrollY'] })
            .select('#field').node()
            .selectAll('.none').boundingClientRect()
            .select('#none').boundingClientRect()
            .selectViewport().scrollOffset()
            .exec(([paint, scroller, field, none, nothing, viewport]) => {
              const pen = paint.node.getContext('2d')
              pen.fillRect(0, 0, 1, 1)
              this.setData({ out: JSON.stringify({ isLater, width, id, painted: pen.getImageData(0, 0, 1, 1).data[3], image: typeof paint.node.createImage,
                scroll: scroller.scrollHeight, padding: scroller['padding-top'], scrollY: scroller.scrollY, field: field.node.data.value, none, nothing, top: viewport.scrollTop }) })
            })
        })
        isLater = true
      } })`,
    json: { usingComponents: { field: '/components/field' } },
  }),
}

const app = useMiniProgram(PROGRAM)

/** Opens a page. @returns the phone, without the notes that definitions gave */
async function open(name: string): Promise<{ phone: PhonePage; notes: string[] }> {
  const phone = await app.kit.phone('oTester')
  await phone.text(`去 ${name}`).waitFor()
  const notes = await phone.takeErrors()
  await phone.text(`去 ${name}`).click()
  return { phone, notes }
}
const out = (phone: PhonePage) => phone.top.locator('.out').textContent()

it('onLaunch runs before the scripts of pages', async () => {
  const { phone } = await open('form')
  expect(await phone.screen.locator('.user').textContent()).toBe('张三')
})

it('a form takes fields of components by their form behaviors, and no others', async () => {
  const { phone } = await open('form')
  await phone.button('提交').click()
  await expect.poll(() => out(phone)).toBe('{"inner":"2","city":"大理"}')
  await phone.button('重置').click()
  await expect.poll(() => out(phone)).toBe('已重置')
  await phone.button('里面提交').click()
  await expect.poll(() => out(phone)).toBe('{"inner":"","city":""}')
})

it('mistakes in a definition are notes, and the rest of the component works', async () => {
  const { phone, notes } = await open('broken')
  await phone.text('1 1 3 四').waitFor()
  await phone.text('加').click()
  await phone.text('2 2 3 四').waitFor()
  expect(await out(phone)).toBe(' 1+1 1< 2+2 2<1')
  const later = await phone.takeErrors()
  const all = [...notes, ...later].join('\n')
  for (const words of [
    'components/careless.js: behaviors 里的 wx://no-such 不是 Behavior',
    'properties.four',
    'properties.five 没有类型',
    "observers['list[0]'] 不是函数",
    "observers['$x']",
    'lifetimes.attached 不是函数',
    'pageLifetimes.show 不是函数',
    "relations['./nowhere'].type",
    'properties.two.observer 指的方法 noSuchMethod 不存在',
  ])
    expect(all).toContain(words)
})

it('relations link by a behavior, and components find each other', async () => {
  const { phone } = await open('relations')
  await expect
    .poll(() => out(phone))
    .toBe(
      JSON.stringify({
        linked: 'listedlisted',
        names: [1, 2],
        exported: 'string',
        owner: true,
        renderer: 'webview',
        first: true,
      }),
    )
})

it('a page copies its plain fields, shares objects with a class, and gives handlers plain events', async () => {
  const { phone } = await open('fields')
  await phone.text('点').click()
  await expect
    .poll(() => out(phone))
    .toBe(
      JSON.stringify({
        list: [1, 2],
        shared: 'described',
        item: { n: 1 },
        id: 'it',
        mark: { deep: '1' },
        type: 'tap',
        twice: 8,
      }),
    )
})

it('external classes go through nested components; options of another file decide the style isolation', async () => {
  const { phone } = await open('classes')
  const css = (text: string, name: string) =>
    phone
      .text(text)
      .evaluate(
        (element, property) =>
          element.ownerDocument.defaultView?.getComputedStyle(element).getPropertyValue(property),
        name,
      )
  expect(await css('外部样式', 'color')).toBe('rgb(255, 0, 0)')
  expect(await css('外部样式', 'font-size')).toBe('30px')
  expect(await css('全局样式', 'color')).toBe('rgb(1, 2, 3)')
  // A generic that nobody fills is empty.
  await phone.text('后面').waitFor()
})

it('a selector query answers later, with nodes, styles, properties and scroll offsets', async () => {
  const { phone } = await open('query')
  await expect.poll(() => out(phone)).not.toBe('')
  expect(JSON.parse((await out(phone)) ?? '')).toEqual({
    isLater: true,
    width: 40,
    id: 'paint',
    painted: 255,
    image: 'function',
    scroll: 206,
    padding: '3px',
    scrollY: true,
    field: '值',
    none: [],
    nothing: null,
    top: 0,
  })
})
