import { expect, it } from 'vitest'
import type { PhonePage } from '../../testing/phone/phone-page.ts'
import { useMiniProgram } from '../../testing/phone/use-mini-program.ts'
import { component, page } from '../../testing/phone/written-mini-program.ts'

/** A slider that WXS moves: the page hears of it once the finger is lifted. */
const SLIDER_WXS = `
  function start(event, owner) { event.instance.getState().from = event.touches[0].pageX }
  function move(event, owner) {
    var by = event.touches[0].pageX - event.instance.getState().from
    var knob = owner.selectComponent('.knob')
    knob.setStyle({ transform: 'translateX(' + by + 'px)', backgroundColor: 'red' }).addClass('moving')
    knob.getState().by = by
    return false
  }
  function end(event, owner) {
    var knob = owner.selectComponent('.knob')
    knob.removeClass('moving')
    owner.callMethod('moved', {
      by: knob.getState().by, moving: knob.hasClass('moving'), knob: knob.hasClass('knob'), name: event.currentTarget.dataset.name,
      all: owner.selectAllComponents('.knob').length, width: knob.getBoundingClientRect().width, color: knob.getComputedStyle(['background-color'])['background-color'],
      left: event.touches.length, changed: event.changedTouches.length
    })
    owner.requestAnimationFrame(function () { owner.triggerEvent('settled', 1) })
  }
  function changed(now, before, owner, instance) {
    owner.callMethod('noted', [now, before === undefined, instance.getDataset().name].join())
  }
  module.exports = { start: start, move: move, end: end, changed: changed }`

const PROGRAM = {
  'app.json': { pages: ['pages/start/start', 'pages/call/call'] },
  ...page('pages/call/call', {
    wxml: '<wxs module="m">module.exports.max = Math.max</wxs><view>[{{price.toFixed(2)}}][{{m.max(2, 3)}}]</view>',
    js: 'Page({ data: { price: 1 } })',
  }),
  ...page('pages/start/start', {
    wxml: `<wxs module="faulty">module.exports.throws = function () { throw new Error('WXS 出错') }</wxs>
      <view capture-bind:touchstart="captured"><view bindtouchmove="outer"><slider-bar value="{{value}}" bind:settled="settled" /></view></view>
      <view class="pad" bindtouchstart="down" bindtouchmove="drag" bindtouchend="up" bindtap="tap" bindlongpress="long">触摸区</view>
      <view bindtap="outerTap"><view catchtap>拦住</view><view bindtap="stays">不拦</view><view catchtap="{{none}}">没有值</view></view>
      <view bindtap="{{faulty.throws}}">出错</view><view mut-bind:tap="outerTap"><view mut-bind:tap="stays">互斥</view></view>
      <button bindtap="more">加</button><navigator url="/pages/call/call">去调用</navigator><view class="out">{{out}}</view>`,
    wxss: '.pad { height: 60px }',
    js: `Page({
      data: { out: '', value: 1, none: '' },
      say(text) { this.setData({ out: this.data.out + ' / ' + text }) },
      captured() { this.say('captured') }, outer() { this.say('outer') },
      settled({ detail }) { this.say('settled ' + detail) },
      down({ touches, changedTouches }) { this.say('down ' + touches.length + changedTouches.length + ' ' + (touches[0].pageY - touches[0].clientY)) },
      drag({ touches }) { this.dragged = touches[0].clientX }, up({ touches, changedTouches: [{ clientX }] }) { this.say('up ' + touches.length + ' ' + (clientX === this.dragged)) },
      tap() { this.say('tap') }, long() {}, outerTap() { this.say('outerTap') }, stays() { this.say('stays'); return false },
      more() { this.setData({ value: 2 }) },
    })`,
    json: { usingComponents: { 'slider-bar': '/components/slider/slider' } },
  }),
  'components/slider/slider.wxs': SLIDER_WXS,
  ...component('components/slider/slider', {
    wxml: `<wxs module="wxs" src="./slider.wxs" />
      <view class="bar" data-name="条" value="{{value}}" change:value="{{wxs.changed}}" bindtouchstart="{{value ? wxs.start : ''}}" bindtouchmove="{{wxs.move}}" bind:touchend="{{wxs.end}}"><view class="knob" style="width: 20px; height: 20px">钮</view></view>
      <view class="moved">{{moved}}</view><view class="noted">{{noted}}</view>`,
    js: `Component({ properties: { value: Number }, data: { moved: '', noted: '' }, methods: {
      moved(fact) { this.setData({ moved: JSON.stringify(fact) }) }, noted(text) { this.setData({ noted: this.data.noted + text + ';' }) },
    } })`,
  }),
}

const app = useMiniProgram(PROGRAM)

const out = (phone: PhonePage) => phone.top.locator('.out').textContent()

async function drag(phone: PhonePage, text: string, byX: number): Promise<void> {
  const box = await phone.text(text).boundingBox()
  if (!box) throw new Error(`${text} is not shown`)
  const [x, y] = [box.x + 5, box.y + 5]
  await phone.page.mouse.move(x, y)
  await phone.page.mouse.down()
  await phone.page.mouse.move(x + byX / 2, y)
  await phone.page.mouse.move(x + byX, y)
  await phone.page.mouse.up()
}

it('WXS handles touches: it moves elements, keeps states, stops the event, and calls the component', async () => {
  const phone = await app.kit.phone('oTester')
  await drag(phone, '钮', 60)
  await phone.text('"by":60').waitFor()
  expect(JSON.parse((await phone.text('"by":60').textContent()) ?? '')).toEqual({
    by: 60,
    moving: false,
    knob: true,
    name: '条',
    all: 1,
    width: 20,
    color: 'rgb(255, 0, 0)',
    left: 0,
    changed: 1,
  })
  await expect.poll(() => out(phone)).toBe(' / captured / settled 1')
})

it('WXS observes a property, at the start and at each change', async () => {
  const phone = await app.kit.phone('oTester')
  await phone.text('1,true,条;').waitFor()
  await phone.button('加').click()
  await phone.text('1,true,条;2,false,条;').waitFor()
})

it('a method of a value in an expression shows nothing, and the panel says so', async () => {
  const phone = await app.kit.phone('oTester')
  await phone.text('去调用').click()
  await phone.text('[][3]').waitFor()
  expect(await phone.takeErrors()).toEqual([expect.stringContaining('toFixed()')])
})

it('an error in a WXS handler is reported with its component', async () => {
  const phone = await app.kit.phone('oTester')
  await phone.text('出错').click()
  await expect.poll(() => phone.allErrors()).toEqual([expect.stringContaining('WXS 出错')])
  expect((await phone.takeErrors()).join()).toContain('pages/start/start WXS tap')
})

it('a mouse makes touches and one tap, a drag of it no tap', async () => {
  const phone = await app.kit.phone('oTester')
  await phone.text('触摸区').click()
  await expect.poll(() => out(phone)).toBe(' / down 11 0 / up 0 false / tap')
  await drag(phone, '触摸区', 40)
  await expect.poll(() => out(phone)).toBe(' / down 11 0 / up 0 false / tap / down 11 0 / up 0 true')
})

it('a catch without a value stops a tap, an answer of a handler does not, and mut-bind excludes', async () => {
  const phone = await app.kit.phone('oTester')
  await phone.text('拦住').click()
  await phone.text('不拦').click()
  await expect.poll(() => out(phone)).toBe(' / stays / outerTap')
  await phone.text('没有值').click()
  await expect.poll(() => out(phone)).toBe(' / stays / outerTap / outerTap')
  await phone.text('互斥').click()
  await expect.poll(() => out(phone)).toBe(' / stays / outerTap / outerTap / stays')
})
