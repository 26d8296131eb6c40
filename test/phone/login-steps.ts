import type { PhonePage } from 'wechat-cloud-emulator/testing/phone'

/** From the first page, or from the account page, to the login page. */
export async function openLogin(phone: PhonePage): Promise<void> {
  await phone.button('登录').click()
  await phone.button('暂不登录').waitFor()
}

/** On the login page, for somebody new. */
export async function allow(phone: PhonePage): Promise<void> {
  await phone.button('同意并登录').click()
  await phone.wechatButton('允许').click()
}

/** From the first page, for somebody new; ends on the account page. */
export async function login(phone: PhonePage): Promise<void> {
  await openLogin(phone)
  await allow(phone)
  await openAccount(phone)
}

export async function logout(phone: PhonePage): Promise<void> {
  await phone.button('退出登录').click()
  await phone.wechatButton('退出').click()
  await phone.text('未登录').waitFor()
}

/** For a person known to the cloud, on another phone: no number is asked for. Ends on the account page. */
export async function loginKnown(phone: PhonePage): Promise<void> {
  await phone.button('登录').click()
  await openAccount(phone)
}

/** From the first page, logged in and without a nickname. */
async function openAccount(phone: PhonePage): Promise<void> {
  await phone.button('旅行者').click()
  await phone.button('退出登录').waitFor()
}

/** Labels of the buttons that WeChat shows, and not the app. */
const OF_WECHAT: readonly string[] = ['允许', '拒绝']

/**
 * Taps the buttons with these labels, one after another.
 * @returns the title of the page on which each tap was
 */
export async function tapAll(phone: PhonePage, labels: readonly string[]): Promise<(string | null)[]> {
  const titles: (string | null)[] = []
  for (const label of labels) {
    const button = OF_WECHAT.includes(label) ? phone.wechatButton(label) : phone.button(label)
    await button.waitFor()
    titles.push(await phone.title())
    await button.click()
  }
  return titles
}
