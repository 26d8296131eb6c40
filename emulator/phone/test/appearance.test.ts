import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { PhoneKit } from '../../testing/phone/phone-kit.ts'
import type { PhonePage } from '../../testing/phone/phone-page.ts'
import { page, WrittenMiniProgram } from '../../testing/phone/written-mini-program.ts'

const SCRIPT = `const seen = []
  wx.onThemeChange(({ theme }) => seen.push('wx ' + theme))
  App({ seen, onThemeChange({ theme }) { seen.push('App ' + theme) } })`
const WXSS = `.a { color: #ffffff } @media (prefers-color-scheme: dark) and (min-width: 1px) { .a { color: #000001 } }
  @media (prefers-color-scheme: light) { .b { color: #000002 } } .b { font-size: 2rem }`

const program = (darkmode: object) => ({
  'app.js': SCRIPT,
  'app.json': {
    pages: ['pages/start/start', 'pages/plain/plain'],
    window: { navigationBarBackgroundColor: '@bar', navigationBarTextStyle: '@text' },
    tabBar: { color: '@tab', list: [{ pagePath: 'pages/start/start', text: '首页' }] },
    ...darkmode,
  },
  'theme.json': {
    light: { bar: '#f0f0f0', text: 'black', tab: '#333333', page: '#eeeeee' },
    dark: { bar: '#202020', text: 'white', tab: '#cccccc', page: '#121212' },
  },
  ...page('pages/start/start', {
    wxml: '<page-meta root-font-size="system" /><view class="a">甲</view><view class="b">乙</view><button bindtap="go">去</button><button bindtap="ask">问</button>',
    wxss: WXSS,
    js: `Page({ go() { wx.navigateTo({ url: '/pages/plain/plain' }) },
      ask() { wx.showModal({ content: '问', confirmColor: '#000003', confirmColorDark: '#333333' }) } })`,
    json: { backgroundColor: '@page' },
  }),
  ...page('pages/plain/plain', { wxml: '<view class="b">丙</view>', wxss: '.b { font-size: 2rem }' }),
})

let kit: PhoneKit
let written: WrittenMiniProgram
beforeAll(async () => {
  written = new WrittenMiniProgram(program({ darkmode: true, themeLocation: 'theme.json' }))
  kit = await PhoneKit.start(written.directory)
})
afterEach(() => kit.finish())
afterAll(async () => {
  await kit.stop()
  written.remove()
})

const styleOf = (element: Locator, property: string): Promise<string> =>
  element.evaluate(
    (node, name) => node.ownerDocument.defaultView.getComputedStyle(node).getPropertyValue(name),
    property,
  )
const colourOf = (phone: PhonePage, selector: string) => styleOf(phone.top.locator(selector), 'color')
const sizeOf = (phone: PhonePage) => styleOf(phone.top.locator('.b'), 'font-size')
const barOf = (phone: PhonePage) => styleOf(phone.page.locator('.navigation'), 'background-color')
const seen = (phone: PhonePage) =>
  phone.run(() => (globalThis as unknown as { getApp(): { seen: string[] } }).getApp().seen)
const baseInfo = (phone: PhonePage) =>
  phone.run(() =>
    (globalThis as unknown as { wx: { getAppBaseInfo(): Record<string, unknown> } }).wx.getAppBaseInfo(),
  )

it('dark mode: bars, window, media queries and listeners follow WeChat’s switch, also after a reload', async () => {
  const phone = await kit.phone('oDark')
  await phone.text('甲').waitFor()
  expect(await baseInfo(phone)).toMatchObject({ theme: 'light' })
  expect(await colourOf(phone, '.b')).toBe('rgb(0, 0, 2)')
  await phone.setting('深色模式').selectOption('深色')
  await expect.poll(() => barOf(phone)).toBe('rgb(32, 32, 32)')
  expect(await seen(phone)).toEqual(['App dark', 'wx dark'])
  await phone.page.reload()
  await phone.text('甲').waitFor()
  expect(await baseInfo(phone)).toMatchObject({ theme: 'dark' })
  expect(await colourOf(phone, '.a')).toBe('rgb(0, 0, 1)')
  expect(await colourOf(phone, '.b')).not.toBe('rgb(0, 0, 2)')
  expect(await styleOf(phone.top, 'background-color')).toBe('rgb(18, 18, 18)')
  await expect.poll(() => barOf(phone)).toBe('rgb(32, 32, 32)')
  const tab = phone.page.locator('.tab-bar button')
  expect(await styleOf(tab, 'color')).not.toBe('rgb(51, 51, 51)')
  await phone.setAppearance({ theme: 'light' })
  await expect.poll(() => barOf(phone)).toBe('rgb(240, 240, 240)')
  expect(await colourOf(phone, '.a')).toBe('rgb(255, 255, 255)')
  expect(await seen(phone)).toEqual(['App light', 'wx light'])
})

it('dark mode: a dialog has the colours that the mini-program gives for it, and one that is faint is found', async () => {
  const phone = await kit.phone('oDialog')
  await phone.button('问').click()
  const confirm = phone.wechatButton('确定')
  expect(await styleOf(confirm, 'color')).toBe('rgb(0, 0, 3)')
  expect(await phone.faults()).toEqual([])
  await phone.setAppearance({ theme: 'dark' })
  await expect.poll(() => styleOf(confirm, 'color')).toBe('rgb(51, 51, 51)')
  expect(await styleOf(phone.wechatButton('取消'), 'color')).toBe('rgba(255, 255, 255, 0.8)')
  expect(await phone.faults()).toEqual([expect.stringMatching(/对比度.*: 确定/)])
  await confirm.click()
})

it('font size: root-font-size="system" has it, on that page alone, and a restart follows a change', async () => {
  const phone = await kit.phone('oLarge', '1', 'iPhone 15 Plus')
  await expect.poll(() => sizeOf(phone)).toBe('34px')
  await phone.setting('字体大小').selectOption('大五档（最大）')
  await expect.poll(() => sizeOf(phone)).toBe('51px')
  expect(await baseInfo(phone)).toMatchObject({ fontSizeSetting: 25.5, fontSizeScaleFactor: 1.5 })
  await phone.button('去').click()
  await phone.text('丙').waitFor()
  expect(await sizeOf(phone)).toBe('32px')
  await phone.back()
  await phone.text('甲').waitFor()
  expect(await sizeOf(phone)).toBe('51px')
})

it('without darkmode in app.json only media queries are dark', async () => {
  written.write('app.json', program({})['app.json'])
  await kit.rebuild()
  const phone = await kit.phone('oNotDark')
  await phone.text('甲').waitFor()
  await phone.setAppearance({ theme: 'dark' })
  await expect.poll(() => colourOf(phone, '.a')).toBe('rgb(0, 0, 1)')
  expect(await barOf(phone)).toBe('rgb(240, 240, 240)')
  expect(await baseInfo(phone)).not.toHaveProperty('theme')
  expect(await seen(phone)).toEqual([])
})
