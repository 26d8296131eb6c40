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

it('what is loaded takes the place of what stood for it', async () => {
  const phone = await usedPhone('oSteadyLists')
  const gate = await Gate.before(phone)
  await watchShifts(phone)
  for (const [page, content] of LOADED) {
    gate.close()
    await openPage(phone, page)
    await phone.top.getByRole('status', { name: '正在加载…' }).waitFor()
    const before = await firstCard(phone).boundingBox()
    gate.open()
    await phone.text(content).first().waitFor()
    const after = await firstCard(phone).boundingBox()
    expect(await takeShifts(phone), page).toBeLessThan(MOST_SHIFT)
    expect({ page, y: after?.y }).toEqual({ page, y: before?.y })
    const change = Math.abs(Number(after?.height) - Number(before?.height))
    if (!OF_ANY_HEIGHT.includes(page)) expect(change, page).toBeLessThanOrEqual(MOST_PIXELS)
    await phone.back()
  }
})

it('no other page moves what is on it, from the launch on; a jump would be found', async () => {
  const phone = await usedPhone('oSteadyPages')
  await watchShifts(phone)
  expect(await takeShifts(phone), 'the first page').toBeLessThan(MOST_SHIFT)
  for (const [page, content] of STILL) {
    await openPage(phone, page)
    await phone.text(content).first().waitFor()
    expect(await takeShifts(phone), page).toBeLessThan(MOST_SHIFT)
    await phone.back()
  }
  await firstCard(phone).evaluate((card) => {
    card.insertAdjacentHTML('beforebegin', '<div style="height: 200px"></div>')
  })
  expect(await takeShifts(phone)).toBeGreaterThan(MOST_SHIFT)
})
