import { expect } from 'vitest'
import type { FunctionCall, Phone, TestProject } from 'wechat-cloud-emulator/testing'
import type { Stored } from './app-state.ts'
import { logInAtHome } from './log-in.ts'
import { OWN_PAGES } from './own-pages.ts'
import { TEXTS } from './texts.ts'

export const PHONE_NUMBER = '13800138000'
export const MASKED = '138****8000'
export const LOGIN_PAGE = 'account/pages/login/login'
export const HOME_PAGE = 'pages/index/index'

/** Selects the button of the login page that asks WeChat for the number, or uses the one in hand. */
export const PHONE_BUTTON = '.main-button >>> .phone-button'

/** The tester's phone with this number, on the home page. */
export async function atHome({ phone, phones }: TestProject, phoneNumber = PHONE_NUMBER): Promise<Phone> {
  await phones.of(phone.openid, { phoneNumber })
  await phone.open()
  return phone
}

/** The tester's phone, logged in by saving a trip; the home page is on top. */
export async function loggedInAtHome({ phone, phones }: TestProject): Promise<Phone> {
  await phones.of(phone.openid, { phoneNumber: PHONE_NUMBER })
  await logInAtHome(phone)
  return phone
}

/** On the login page: taps the phone button and allows, with another number if one is given. */
export async function allow({ phone, phones }: TestProject, phoneNumber?: string): Promise<void> {
  if (phoneNumber !== undefined) await phones.of(phone.openid, { phoneNumber })
  await phone.tap(PHONE_BUTTON)
  await phone.allowNumber()
}

/** From the home page, by way of the account page. */
export async function openOwn(phone: Phone, page: keyof typeof OWN_PAGES): Promise<void> {
  if ((await phone.page()) === HOME_PAGE) await phone.tap('.account')
  await phone.tap(OWN_PAGES[page])
}

/** Taps a button, and the one of the question that follows. */
export async function tapAndConfirm(phone: Phone, target: string): Promise<void> {
  await phone.tap(target)
  await confirm(phone)
}

/** Taps the last button of the question on top, which says yes. */
export async function confirm(phone: Phone): Promise<void> {
  await phone.tap((await phone.dialog()).buttons.at(-1) ?? '')
}

/** From the home page; the account page is on top afterwards. */
export async function logOut(phone: Phone): Promise<void> {
  await phone.tap('.account')
  await tapAndConfirm(phone, '.logout')
  expect(await phone.toast()).toBe(TEXTS.account.loggedOut)
}

/** What is stored on the phone of the login. */
export async function stored(phone: Phone): Promise<Stored> {
  return (await phone.storage('login')) as Stored
}

/** The person's document; undefined if there is none. */
export async function userDocument(
  { cloud, phone }: TestProject,
  openid = phone.openid,
): Promise<Record<string, unknown> | undefined> {
  const [document] = await cloud.collection('users').documents({ openid })
  return document
}

/** Trips that the person has saved. */
export async function tripDocuments(
  project: TestProject,
  openid?: string,
): Promise<Record<string, unknown>[]> {
  const userId = (await userDocument(project, openid))?.['_id']
  return project.cloud.collection('trips').documents({ userId: String(userId) })
}

/** The calls of functions that leave the phone meanwhile, those that get lost on the way included. */
export async function callsDuring(phone: Phone, act: () => Promise<unknown>): Promise<FunctionCall[]> {
  await phone.calls()
  await act()
  return phone.calls()
}
