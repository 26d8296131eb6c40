import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { FIXTURE, PhoneKit } from '../../testing/phone/phone-kit.ts'
import type { PhonePage } from '../../testing/phone/phone-page.ts'

let kit: PhoneKit
beforeAll(async () => {
  kit = await PhoneKit.start(FIXTURE)
})
afterEach(() => kit.finish())
afterAll(() => kit.stop())

async function open(page: string): Promise<PhonePage> {
  const phone = await kit.phone('oTester')
  await phone.text(page).click()
  await phone.top.locator('.log').waitFor({ state: 'attached' })
  return phone
}

/** The page's text about the last event. */
const logOf = (phone: PhonePage) => phone.top.locator('.log').textContent()

async function submitted(phone: PhonePage): Promise<Record<string, unknown>> {
  await phone.button('提交').click()
  return JSON.parse((await logOf(phone)) ?? '')
}

describe('a form', () => {
  it('submits the values of its named fields, and resets them', async () => {
    const phone = await open('表单')
    expect(await submitted(phone)).toEqual({
      city: '',
      nickname: '',
      note: '',
      remind: true,
      meals: [],
      way: 'train',
      days: 3,
      season: 0,
      date: '2026-02-28',
    })
    await phone.top.getByRole('textbox', { name: '城市' }).fill('大理')
    await phone.top.getByRole('textbox', { name: '备注' }).fill('两行\n字')
    await phone.text('提醒我').click()
    await phone.text('早餐').click()
    await phone.text('夜宵').click()
    await phone.text('飞机').click()
    await phone.top.getByRole('slider', { name: '天数' }).press('ArrowRight')
    expect(await submitted(phone)).toMatchObject({
      city: '大理',
      note: '两行\n字',
      remind: false,
      meals: ['早餐'],
      way: 'plane',
      days: 4,
    })
    await phone.button('重置').click()
    expect(await logOf(phone)).toBe('已重置')
    expect(await submitted(phone)).toMatchObject({ city: '', remind: false, meals: [], way: '', days: 1 })
  })

  it('fires input and confirm, limits the length, and shows the placeholder only while empty', async () => {
    const phone = await open('表单')
    const city = phone.top.getByRole('textbox', { name: '城市' })
    await phone.text('城市').waitFor()
    await city.pressSequentially('一二三四五')
    expect(JSON.parse((await logOf(phone)) ?? '')).toEqual({ value: '一二三四', cursor: 4 })
    expect(await phone.text('城市').isVisible()).toBe(false)
    await city.press('Enter')
    expect(await logOf(phone)).toBe('确认 一二三四')
  })

  it('ignores a tap on a disabled button', async () => {
    const phone = await open('表单')
    const button = phone.button('不可点')
    expect(await button.getAttribute('aria-disabled')).toBe('true')
    await button.click({ force: true })
    expect(await logOf(phone)).toBe('')
  })

  it('offers the WeChat nickname after consent to the privacy guide', async () => {
    const phone = await open('表单')
    const nickname = phone.top.getByRole('textbox', { name: '昵称' })
    await nickname.click()
    await phone.wechatButton('同意').click()
    await phone.page.getByRole('button', { name: '用微信昵称' }).click()
    expect(await nickname.inputValue()).toBe('微信用户')
    await nickname.fill('违规的名字')
    await nickname.blur()
    await expect.poll(() => nickname.inputValue()).toBe('')
  })
})

describe('pickers', () => {
  const choose = async (phone: PhonePage, option: string) => {
    await phone.page.getByRole('option', { name: option, exact: true }).click()
  }
  const confirm = (phone: PhonePage) => phone.wechatButton('确定').click()

  it('choose one of a list, or nothing when cancelled', async () => {
    const phone = await open('表单')
    await phone.text('季节：春').click()
    await choose(phone, '秋')
    await phone.wechatButton('取消').click()
    await phone.text('季节：春').click()
    await phone.page.getByRole('listbox').press('ArrowDown')
    await confirm(phone)
    await phone.text('季节：夏').waitFor()
  })

  it('choose a date: the days depend on the month, the years on the limits', async () => {
    const phone = await open('表单')
    await phone.text('日期：').click()
    expect(await phone.page.getByRole('option', { name: /年$/ }).count()).toBe(2)
    expect(await phone.page.getByRole('option', { name: /日$/ }).count()).toBe(28)
    await choose(phone, '03 月')
    await choose(phone, '31 日')
    await confirm(phone)
    await phone.text('日期：2026-03-31').waitFor()
  })

  it('choose a time', async () => {
    const phone = await open('表单')
    await phone.text('时间：').click()
    await choose(phone, '09 时')
    await confirm(phone)
    await phone.text('时间：09:30').waitFor()
  })

  it('choose from several columns, the second depending on the first', async () => {
    const phone = await open('表单')
    await phone.text('地点：云南 大理').click()
    await choose(phone, '四川')
    await choose(phone, '乐山')
    await confirm(phone)
    await phone.text('地点：四川 乐山').waitFor()
  })
})

describe('views', () => {
  it('a tap has dataset, mark and position; queries find elements; hover-class applies', async () => {
    const phone = await open('展示')
    const tappable = phone.text('点我')
    await tappable.click()
    await expect
      .poll(() => logOf(phone))
      .toBe(JSON.stringify({ city: '大理', zone: 'right', place: true, width: 52 }))
    await tappable.hover()
    await phone.page.mouse.down()
    await expect.poll(() => tappable.getAttribute('class')).toContain('pressed')
    await phone.page.mouse.up()
  })

  it('a swiper moves by key and by finger', async () => {
    const phone = await open('展示')
    const swiper = phone.screen.locator('wx-swiper')
    await swiper.press('ArrowRight')
    expect(await logOf(phone)).toBe(JSON.stringify({ current: 1, source: 'touch' }))
    const box = await swiper.boundingBox()
    if (!box) throw new Error('no swiper')
    await phone.page.mouse.move(box.x + 300, box.y + 50)
    await phone.page.mouse.down()
    await phone.page.mouse.move(box.x + 100, box.y + 50, { steps: 4 })
    await phone.page.mouse.up()
    await expect.poll(() => logOf(phone)).toBe(JSON.stringify({ current: 2, source: 'touch' }))
  })

  it('a scroll-view scrolls into view, and fires scrolltolower at its end', async () => {
    const phone = await open('展示')
    await phone.button('滚到第 20 行').click()
    const list = phone.screen.locator('wx-scroll-view')
    await expect.poll(() => list.evaluate((element) => element.scrollTop)).toBeGreaterThan(500)
    await list.evaluate((element) => element.scrollTo(0, 1e6))
    await expect.poll(() => logOf(phone)).toBe(JSON.stringify({ direction: 'bottom' }))
  })

  it('rich text keeps harmless tags, and drops scripts and handlers', async () => {
    const phone = await open('展示')
    const [html, nodes] = await phone.screen
      .locator('wx-rich-text')
      .evaluateAll((all) => all.map((element) => element.innerHTML))
    expect(html).toBe('<p style="color: red">你好 <b>世界</b><img><a>链接</a></p>')
    expect(nodes).toBe('<div class="big">节点 &lt;b&gt;</div>')
  })

  it('a component of the mini-program has slot, properties, events and isolated classes', async () => {
    const phone = await kit.phone('oTester')
    const tag = phone.screen.locator('wx-tag').nth(1)
    const background = () =>
      tag
        .locator('wx-view')
        .evaluate((view) => view.ownerDocument.defaultView.getComputedStyle(view).backgroundColor)
    expect((await tag.textContent())?.trim()).toBe('# 海')
    expect(await background()).toBe('rgba(0, 0, 0, 0)')
    await tag.click()
    await expect.poll(background).toBe('rgb(7, 193, 96)')
  })

  it('a navigator to a missing page fails and is reported', async () => {
    const phone = await kit.phone('oTester')
    await phone.text('不存在的页面').click()
    expect(await logOf(phone)).toBe('navigateTo:fail page "pages/nowhere/nowhere" is not found')
    expect(await phone.takeErrors()).toHaveLength(1)
  })
})
