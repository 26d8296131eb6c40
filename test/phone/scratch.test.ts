import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { projectPath } from '../../scripts/lib/project.ts'
import { succeeded } from '../support/cloud-kit.ts'
import { TestUser } from '../support/test-user.ts'
import { PhoneKit } from './phone-kit.ts'

/** Chromium's sum of layout shifts, of which 0.1 counts as good: https://web.dev/articles/cls */
const MOST_SHIFT = 0.05
/** A card may be this much taller or shorter than what stands for it. */
const MOST_PIXELS = 1
/** Pages that load what they show, with a text of it. */
const LOADED = [
  ['pages/trips/trips', '3 天'],
  ['pages/favourites/favourites', '收藏'],
  ['pages/history/history', '厦门'],
  ['pages/discover/discover', '湖光山色'],
  ['account/pages/devices/devices', '当前设备'],
  ['account/pages/transfer/transfer', '账号'],
] as const
/** Pages whose text is as long as the case needs. */
const OF_ANY_HEIGHT: readonly string[] = ['account/pages/transfer/transfer']
/** The others, with a text of each. */
const STILL = [
  ['pages/destination/destination?city=%E5%A4%A7%E7%90%86', '苍山洱海'],
  ['account/pages/account/account', '旅行者'],
  ['account/pages/my-data/my-data', '查看我的数据'],
  ['account/pages/close-account/close-account', '我已了解'],
  ['account/pages/agreement/agreement', '协议'],
  ['account/pages/privacy/privacy', '隐私'],
] as const
const CITIES = ['大理', '成都', '厦门']

interface Shift {
  value: number
}

/** What the screen's frame has, as the scripts here use it. */
interface Frame {
  wx: { navigateTo(options: { url: string }): void; setStorageSync(key: string, value: unknown): void }
  PerformanceObserver: new (
    report: (list: { getEntries(): Shift[] }) => void,
  ) => { observe(options: object): void }
  requestAnimationFrame(run: () => void): void
  /** The sum so far. */
  shifted: number
}

let kit: PhoneKit
beforeAll(async () => {
  kit = await PhoneKit.start(projectPath('miniprogram'))
})
afterEach(() => kit.finish())
afterAll(() => kit.stop())

/** The first page of a phone whose person is logged in and has used the app. */
async function usedPhone(openid: string): Promise<PhonePage> {
  const user = new TestUser(kit.cloud, openid)
  const device = { model: 'iPhone 15', platform: 'ios' }
  const { token, expiresInSeconds, userInfo } = await user.logIn({ device })
  for (const [index, city] of CITIES.entries()) {
    const saved = { action: 'save', token, key: `the-key-of-${index}`, city }
    succeeded(await user.call('trips', { ...saved, days: 3 }))
    succeeded(await user.call('favourites', saved))
    succeeded(await user.call('history', saved))
  }
  const phone = await kit.phone(openid)
  await phone.text('想去哪里').waitFor()
  const login = { token, expiresAt: kit.cloud.cloud.clock.now() + expiresInSeconds * 1000, userInfo }
  await phone.run((stored) => (globalThis as unknown as Frame).wx.setStorageSync('login', stored), {
    login,
    staysOut: false,
    lastPhone: '',
  })
  await phone.panelButton('重新启动').click()
  await phone.button('旅行者').waitFor()
  return phone
}

/** Between a phone and the cloud: holds the calls back while it is closed. */
class Gate {
  #isOpen = Promise.resolve()
  /** Lets through what waits, and what comes. */
  open = () => {}

  static async before({ page }: PhonePage): Promise<Gate> {
    const gate = new Gate()
    await page.route('**/control/invoke', async (route) => {
      await gate.#isOpen
      await route.continue()
    })
    return gate
  }

  close(): void {
    this.#isOpen = new Promise((resolve) => {
      this.open = resolve
    })
  }
}

/** Counts from the start of the mini-program on. */
function watchShifts(phone: PhonePage): Promise<void> {
  return phone.run(() => {
    const frame = globalThis as unknown as Frame
    frame.shifted = 0
    const observer = new frame.PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) frame.shifted += value
    })
    observer.observe({ type: 'layout-shift', buffered: true })
  })
}

/** @returns what has shifted since the last time */
function takeShifts(phone: PhonePage): Promise<number> {
  return phone.run(async () => {
    const frame = globalThis as unknown as Frame
    // A shift is reported after the frame in which it happened.
    for (let frames = 0; frames < 3; frames++)
      await new Promise<void>((resolve) => frame.requestAnimationFrame(resolve))
    await new Promise((resolve) => setTimeout(resolve))
    const { shifted } = frame
    frame.shifted = 0
    return shifted
  })
}

/** @param url of the page, opened without a tap: Chromium does not count what follows a tap within half a second */
function openPage(phone: PhonePage, url: string): Promise<void> {
  return phone.run((target) => (globalThis as unknown as Frame).wx.navigateTo({ url: target }), `/${url}`)
}

const firstCard = (phone: PhonePage) => phone.top.locator('[class*="card"]').first()


it('shots', async () => {
  const phone = await usedPhone('oShots')
  await openPage(phone, 'pages/trips/trips')
  await phone.text('3 天').first().waitFor()
  await phone.button('删除 厦门').click()
  await phone.button('删除 成都').click()
  await new Promise((r) => setTimeout(r, 600))
  await phone.page.screenshot({ path: '/tmp/feel/shots/undo.png' })
  await phone.page.keyboard.press('Tab')
  console.log(await phone.top.locator('[aria-live]').allTextContents())
  console.log(await phone.button('撤销').boundingBox())
  await phone.button('撤销').focus()
  await phone.page.keyboard.press('Enter')
  await phone.button('删除 厦门').waitFor()
  await phone.button('删除 厦门').click()
  await phone.setting('断网').check()
  await phone.text('知道了').waitFor({ timeout: 20000 })
  await phone.page.screenshot({ path: '/tmp/feel/shots/failed.png' })
  await phone.setting('断网').uncheck()
  await phone.button('知道了').click()
  await phone.button('删除 厦门').waitFor()
  await phone.forgetLog()
}, 90000)
