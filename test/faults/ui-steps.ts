import { type CallHandler, LOST_CALL, type Target } from 'wechat-cloud-emulator/testing'
import { choosePicture as choosePictureOn, saveNickname } from '../miniprogram/late-answers.ts'
import { PHONE_BUTTON, tapAndConfirm as tapAndConfirmOn } from '../miniprogram/own-account.ts'
import { TEXTS } from '../miniprogram/texts.ts'
import { succeeded } from '../support/cloud-kit.ts'
import { beAsked } from '../support/operations/transfers.ts'
import type { PhoneOwner } from './phone-owner.ts'
import type { Scenario } from './scenario.ts'
import { tapRetry } from './screen.ts'

type Act = Scenario['act']
type IsShown = Scenario['isShown']
type IsTrue = NonNullable<Scenario['isTrue']>

export const CITY = '杭州'
const CHANGE_BUTTON = '.changer >>> .change >>> .phone-button'
const OTHER_NUMBER = '13900139000'
export const OTHER_MASKED = '139****9000'

export function tap(target: Target): Act {
  return ({ phone }) => phone.tap(target)
}

export function tapAndConfirm(selector: string): Act {
  return ({ phone }) => tapAndConfirmOn(phone, selector)
}

/** On the login page. */
export const allowNumber: Act = (owner) => owner.allow(PHONE_BUTTON)
export const allowOtherNumber: Act = (owner) => owner.allow(PHONE_BUTTON, OTHER_NUMBER)

export const retry: Act = async ({ phone }) => {
  if (!(await tapRetry(phone))) throw new Error('there is no 再试一次')
}

export function isOn(page: string, text: string): IsShown {
  return (screen) => screen.page === page && screen.text.includes(text)
}

export function toasted(text: string): IsShown {
  return ({ toasts }) => toasts.includes(text)
}

/** On the page to which the person came back. */
export const isLoggedIn: IsShown = ({ page, text }) => {
  if (page === 'account') return text.includes(TEXTS.account.logout)
  return page === 'index' && !text.includes(TEXTS.home.greeting)
}

export function hasNumber(masked: string): IsTrue {
  return ({ user }) => user.documents().length === 1 && user.document()['phoneMasked'] === masked
}

export function hasSessions(count: number): IsTrue {
  return ({ user }) => (user.document()['sessions'] as unknown[]).length === count
}

export async function loggedInAt(owner: PhoneOwner, page: string): Promise<void> {
  await owner.wasLoggedIn()
  await owner.open(page)
}

/** On the login page, known there. */
export async function loggedOut(owner: PhoneOwner): Promise<void> {
  await owner.wasLoggedIn()
  await owner.loseLogin(true)
  await owner.open('login')
}

/** On the login page, unknown, by 登录 on the first page. */
export async function atPhoneButton(owner: PhoneOwner): Promise<void> {
  await owner.open('index')
  await owner.phone.tap('.account')
}

export async function saveTrip({ user }: PhoneOwner): Promise<void> {
  const { token } = user
  succeeded(await user.call('trips', { action: 'save', token, key: 'the-same-key', city: CITY, days: 2 }))
}

export async function withTwoDevices(owner: PhoneOwner): Promise<void> {
  await owner.wasLoggedIn()
  succeeded(await owner.user.call('login', { device: { model: 'iPhone 15', platform: 'ios' } }))
  await owner.open('devices')
}

/** On the page with the question of another account of theirs. */
export async function withQuestion(owner: PhoneOwner): Promise<void> {
  await owner.wasLoggedIn()
  await beAsked(owner.user)
  await owner.open('transfer')
  // The dialog at launch says the same.
  const { buttons } = await owner.phone.dialog()
  await owner.phone.tap(buttons[0] ?? '')
}

/** The number is paid for, and the ticket for it is in the hand of the page. */
export async function withUsersReadOnly(owner: PhoneOwner, act: Act): Promise<void> {
  const { openid } = owner.user
  const answer = { kind: 'error', code: 'SYS_ERR', message: 'down' } as const
  const { faults } = owner.user.kit.cloud
  const lifts = ['insertDocument', 'modifyDocument'].map((operation) =>
    faults.add({ action: `database.${operation}`, target: 'users', openid, answer }),
  )
  await act(owner)
  for (const lift of lifts) lift()
}

/** Nothing of what is sent arrives, which the phone cannot know. */
export function withoutNetwork(owner: PhoneOwner, act: Act): Promise<void> {
  return withAnswers(owner, () => Promise.reject(LOST_CALL), act)
}

/** What is sent is done, which the phone cannot know. */
export function withoutAnswers(owner: PhoneOwner, act: Act): Promise<void> {
  const lose: CallHandler = async (_call, cloud) => {
    await cloud()
    throw LOST_CALL
  }
  return withAnswers(owner, lose, act)
}

async function withAnswers(owner: PhoneOwner, handler: CallHandler, act: Act): Promise<void> {
  const end = await owner.phone.answerCalls(() => true, handler)
  await act(owner)
  end()
}

export function submitNickname(nickname: string): Act {
  return ({ phone }) => saveNickname(phone, nickname)
}

export const choosePicture: Act = ({ phone }) => choosePictureOn(phone)

export const changeNumber: Act = (owner) => owner.allow(CHANGE_BUTTON, OTHER_NUMBER)
