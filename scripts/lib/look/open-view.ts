import type { Locator } from 'playwright-core'
import type { PhonePage } from 'wechat-cloud-emulator/testing/phone'
import { changeAnswers } from './change-answers.ts'
import type { StoredLogin } from './example-user.ts'
import type { Look } from './looks.ts'
import type { PageView, Target } from './page-views.ts'

interface ScreenWindow {
  wx: {
    setStorageSync(key: string, value: unknown): void
    reLaunch(options: { url: string; success(): void; fail(error: object): void }): void
  }
}

/** Of a phone that is not logged in, and has been. */
const LOGGED_OUT = { staysOut: true, lastPhone: '138****0000' }

/** Gives a phone its look, and logs it in. @param stored absent for a phone that is not logged in */
export async function prepareLook(phone: PhonePage, look: Look, stored?: StoredLogin): Promise<void> {
  await phone.settle()
  await phone.run(
    (value) => (globalThis as unknown as ScreenWindow).wx.setStorageSync('login', value),
    stored ?? LOGGED_OUT,
  )
  await phone.setAppearance({ language: look.language, theme: look.theme, fontStep: look.fontStep })
  await phone.page.reload()
  await phone.settle()
}

/**
 * Shows a page alone on the phone, in the state of the view, while `read` runs.
 * @returns its result
 */
export async function whileShown<Result>(
  phone: PhonePage,
  view: PageView,
  read: () => Promise<Result>,
): Promise<Result> {
  const { url, answers, taps = [], shows, leave = [] } = view
  const restoreAnswers = answers === undefined ? undefined : await changeAnswers(phone, answers)
  await relaunch(phone, url)
  if (answers !== 'none') await phone.settle()
  for (const target of taps) await tap(phone, target)
  if (shows) await find(phone, shows).waitFor()
  const result = await read()
  for (const target of leave) await tap(phone, target)
  await restoreAnswers?.()
  return result
}

function relaunch(phone: PhonePage, url: string): Promise<void> {
  return phone.run(
    (target) =>
      new Promise<void>((resolve, reject) =>
        (globalThis as unknown as ScreenWindow).wx.reLaunch({ url: target, success: resolve, fail: reject }),
      ),
    url,
  )
}

async function tap(phone: PhonePage, target: Target): Promise<void> {
  await find(phone, target).click()
  await phone.settle()
}

/** A class of a component has the component's name before it. */
function find({ page, top }: PhonePage, { class: name, isInSheet }: Target): Locator {
  const root = isInSheet ? page.locator('.overlay') : top
  return root.locator(`[class~="${name}"], [class*="--${name}"]`).first()
}
