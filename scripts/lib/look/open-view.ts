import type { PhonePage } from 'wechat-cloud-emulator/testing/phone'
import type { StoredLogin } from './example-user.ts'
import type { Look } from './looks.ts'
import type { PageView } from './page-views.ts'

interface ScreenWindow {
  wx: {
    setStorageSync(key: string, value: unknown): void
    reLaunch(options: { url: string; success(): void; fail(error: object): void }): void
  }
}

/** Gives a phone its look, and logs it in. @param stored absent for a phone that is not logged in */
export async function prepareLook(phone: PhonePage, look: Look, stored?: StoredLogin): Promise<void> {
  await phone.settle()
  if (stored) {
    await phone.run(
      (value) => (globalThis as unknown as ScreenWindow).wx.setStorageSync('login', value),
      stored,
    )
  }
  await phone.setAppearance({ language: look.language, theme: look.theme, fontStep: look.fontStep })
  await phone.page.reload()
  await phone.settle()
}

/** Shows a page alone on the phone, in the state of the view. */
export async function openView(phone: PhonePage, { url, taps = [] }: PageView): Promise<void> {
  await phone.run(
    (target) =>
      new Promise<void>((resolve, reject) =>
        (globalThis as unknown as ScreenWindow).wx.reLaunch({ url: target, success: resolve, fail: reject }),
      ),
    url,
  )
  await phone.settle()
  for (const name of taps) {
    await phone.top.locator(`[class~="${name}"], [class*="--${name}"]`).first().click()
    await phone.settle()
  }
}
