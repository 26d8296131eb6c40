import { expect } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import { TEXTS } from './texts.ts'

export const CITY = '大理'
/** Beside the button that gives consent, with the two documents. */
export const CONSENT_LINE = /点击“同意并登录”，即表示已阅读并同意\s*《用户协议》\s*和\s*《隐私政策》/

/** On the login page: agrees to the documents and gives the phone number. */
export async function logIn(phone: Phone): Promise<void> {
  await phone.tap(TEXTS.login.agreeButton)
  await phone.allowNumber()
  expect(await phone.toast()).toBe(TEXTS.login.welcome)
}

/** On the home page: saves a trip; without a login that leads to the login page. */
export async function saveTrip(phone: Phone): Promise<void> {
  await phone.type('.city', CITY)
  await phone.tap('.save')
}

/** Opens the mini-program and logs in by saving a trip; the home page is on top afterwards. */
export async function logInAtHome(phone: Phone): Promise<void> {
  await phone.open()
  await saveTrip(phone)
  await logIn(phone)
  expect(await phone.toast()).toBe(TEXTS.home.saved)
}
