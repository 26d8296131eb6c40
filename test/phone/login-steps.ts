import type { PhonePage } from 'wechat-cloud-emulator/testing/phone'

/** From the first page to the login page, with consent given. */
export async function openLogin(phone: PhonePage): Promise<void> {
  await phone.button('登录').click()
  await phone.text('未登录').waitFor()
  await phone.button('登录').click()
  await phone.top.getByRole('checkbox').click()
}

export async function login(phone: PhonePage): Promise<void> {
  await openLogin(phone)
  await phone.button('手机号快捷登录').click()
  await phone.wechatButton('允许').click()
  await phone.text('旅行者').waitFor()
}

export async function logout(phone: PhonePage): Promise<void> {
  await phone.button('退出登录').click()
  await phone.wechatButton('退出').click()
  await phone.text('未登录').waitFor()
}

/** For a person known to the cloud, on another phone: no number is asked for. */
export async function loginKnown(phone: PhonePage): Promise<void> {
  await phone.button('登录').click()
  await phone.button('登录').click()
  await phone.text('旅行者').waitFor()
}
