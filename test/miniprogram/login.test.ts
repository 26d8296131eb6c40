import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import { useProject } from '../support/use-project.ts'
import { CITY, CONSENT_LINE, saveTrip } from './log-in.ts'
import {
  allow,
  atHome,
  callsDuring,
  HOME_PAGE,
  LOGIN_PAGE,
  loggedInAtHome,
  MASKED,
  PHONE_BUTTON,
  PHONE_NUMBER,
  tripDocuments,
  userDocument,
} from './own-account.ts'
import { TEXTS } from './texts.ts'

const app = useProject()
const realtime = useProject({ config: { realtimePhone: true } })

/** Somebody new, who wants to save a trip and is on the login page. */
async function onLoginPage({ project } = app): Promise<Phone> {
  const phone = await atHome(project)
  await saveTrip(phone)
  expect(await phone.page()).toContain(LOGIN_PAGE)
  return phone
}

/** What the phone button asks WeChat for. */
function openType(phone: Phone): Promise<unknown> {
  return phone.evaluate(
    ({ getCurrentPages }) => getCurrentPages().at(-1)?.selectComponent('.main-button').data['openType'],
  )
}

describe('首次授权登录', () => {
  it('returns a new user to where they were, with the trip saved', async () => {
    const phone = await atHome(app.project)
    expect(await phone.calls()).toEqual([])
    await saveTrip(phone)
    expect(await phone.page()).toContain(LOGIN_PAGE)
    const text = await phone.text()
    for (const shown of ['智能规划，精彩旅程', '收藏目的地', '查看历史记录', '个性化推荐', '暂不登录']) {
      expect(text).toContain(shown)
    }
    await allow(app.project)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await phone.toasts()).toContain(TEXTS.home.saved)
    expect(await tripDocuments(app.project)).toMatchObject([{ city: CITY, days: 3 }])
    expect(await userDocument(app.project)).toMatchObject({ phoneMasked: MASKED })
    await phone.tap('.account')
    await phone.see(MASKED)
  })

  it('sends which agreement was agreed to and on which device', async () => {
    await loggedInAtHome(app.project)
    expect(await userDocument(app.project)).toMatchObject({
      consent: { version: '2026-11-28' },
      sessions: [{ device: { model: 'Pixel 9', platform: 'android' } }],
    })
  })

  it('leads home when the login page was opened by itself', async () => {
    const { phone } = app.project
    await phone.open(LOGIN_PAGE)
    // The first tap asks whether there is an account already, which costs nothing.
    await phone.tap('.one-tap')
    await allow(app.project)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await phone.text()).not.toContain('登录后')
  })
})

describe('consent', () => {
  it('is given by the button that says so, beside the two documents, and by nothing beforehand', async () => {
    const phone = await atHome(app.project)
    const calls = await callsDuring(phone, async () => {
      await saveTrip(phone)
      await phone.see(CONSENT_LINE)
    })
    expect(calls.filter(({ data }) => 'consent' in data)).toEqual([])
    expect(await phone.count('同意并登录')).toBeGreaterThan(0)
    await allow(app.project)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await userDocument(app.project)).toMatchObject({ consent: { version: '2026-11-28' } })
  })

  it('lets the user read both documents before', async () => {
    const phone = await onLoginPage()
    for (const [link, heading] of [
      ['.link-agreement', '一、我们是谁'],
      ['.link-privacy', '一、谁处理你的信息'],
    ] as const) {
      await phone.tap(`.consent >>> ${link}`)
      await phone.see(heading)
      await phone.back()
      expect(await phone.page()).toContain(LOGIN_PAGE)
    }
    await allow(app.project)
    expect(await tripDocuments(app.project)).toHaveLength(1)
  })
})

describe('拒绝授权', () => {
  it('is shown, blocks nothing, and lets the user try again', async () => {
    const phone = await onLoginPage()
    const calls = await callsDuring(phone, async () => {
      await phone.tap(PHONE_BUTTON)
      await phone.refuseNumber()
    })
    expect(await phone.page()).toContain(LOGIN_PAGE)
    await phone.see('你没有授权手机号')
    expect(calls).toEqual([])
    await allow(app.project)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await tripDocuments(app.project)).toHaveLength(1)
  })

  it('leaving by the back arrow drops the waiting action as well', async () => {
    const phone = await onLoginPage()
    await phone.back()
    await phone.tap('.link')
    await allow(app.project)
    expect(await phone.page()).toBe('pages/trips/trips')
    expect(await tripDocuments(app.project)).toEqual([])
  })

  it('暂不登录 leads back to browsing and drops the waiting action', async () => {
    const phone = await onLoginPage()
    await phone.tap('.later')
    expect(await phone.page()).toBe(HOME_PAGE)
    await phone.tap('.account')
    await allow(app.project)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await tripDocuments(app.project)).toEqual([])
  })
})

describe('the phone button', () => {
  it('is disabled from the tap to the answer: a second tap is billed', async () => {
    const phone = await onLoginPage()
    expect(await phone.isDisabled(PHONE_BUTTON)).toBe(false)
    await phone.tap(PHONE_BUTTON)
    expect(await phone.isDisabled(PHONE_BUTTON)).toBe(true)
    await phone.refuseNumber()
    expect(await phone.isDisabled(PHONE_BUTTON)).toBe(false)
    const login = await phone.holdCall('login')
    await allow(app.project)
    await login.waiting()
    expect(await phone.isDisabled(PHONE_BUTTON)).toBe(true)
    await login.release()
    expect(await phone.page()).toBe(HOME_PAGE)
  })

  it('does not log in twice for a double tap', async () => {
    const phone = await onLoginPage()
    // Quicker than the screen that takes the button away: WeChat asks twice.
    await Promise.all([phone.tap(PHONE_BUTTON), phone.tap(PHONE_BUTTON)])
    const calls = await callsDuring(phone, () => Promise.all([phone.allowNumber(), phone.allowNumber()]))
    expect(calls.filter(({ data }) => 'phoneCode' in data)).toHaveLength(1)
    expect(await tripDocuments(app.project)).toHaveLength(1)
  })

  it('works again if WeChat never answers', async () => {
    const phone = await onLoginPage()
    await phone.tap(PHONE_BUTTON)
    await app.project.clock.advance('10 s')
    expect(await phone.isDisabled(PHONE_BUTTON)).toBe(false)
  })

  it('asks for the number and for WeChat’s privacy agreement, in real time if configured', async () => {
    expect(await openType(await onLoginPage())).toBe('getPhoneNumber|agreePrivacyAuthorization')
    const phone = await onLoginPage(realtime)
    expect(await openType(phone)).toBe('getRealtimePhoneNumber|agreePrivacyAuthorization')
    await allow(realtime.project)
    expect(await phone.page()).toBe(HOME_PAGE)
  })
})

it('keeps the whole number nowhere on the phone', async () => {
  const phone = await loggedInAtHome(app.project)
  expect(JSON.stringify(await phone.storage())).not.toContain(PHONE_NUMBER)
})
