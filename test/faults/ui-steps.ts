import { LOST_CALL } from 'wechat-cloud-emulator/testing'
import { type CloudNetwork, offline } from 'wechat-cloud-emulator/testing/simulator'
import { picture } from '../miniprogram/phone/pictures.ts'
import { TEXTS } from '../miniprogram/texts.ts'
import { succeeded } from '../support/cloud-kit.ts'
import { beAsked } from '../support/operations/transfers.ts'
import type { PhoneOwner } from './phone-owner.ts'
import type { Scenario } from './scenario.ts'

export const CITY = '杭州'
export const NUMBER_BUTTON = '.main-button >>> .phone-button'
const CHANGE_BUTTON = '.changer >>> .change >>> .phone-button'
export const OTHER_NUMBER = '13900139000'
export const OTHER_MASKED = '139****9000'

export function tap(selector: string): Scenario['act'] {
  return ({ phone }) => {
    if (!phone.tap(selector)) throw new Error(`${selector} is disabled`)
  }
}

export function tapAndConfirm(selector: string): Scenario['act'] {
  return async (owner) => {
    await tap(selector)(owner)
    owner.phone.answer(true)
  }
}

export function retry({ screen }: PhoneOwner): void {
  if (!screen.tapRetry()) throw new Error('there is no 再试一次')
}

export function toasted(text: string): Scenario['isShown'] {
  return ({ phone }) => phone.toasts.includes(text)
}

/** On the page to which the person came back. */
export function isLoggedIn({ phone }: PhoneOwner): boolean {
  if (phone.route === 'account') return phone.find('.logout') !== undefined
  return phone.route === 'index' && !phone.text.includes(TEXTS.home.greeting)
}

export function hasNumber(masked: string): Scenario['isShown'] {
  return ({ user }) => user.documents().length === 1 && user.document()['phoneMasked'] === masked
}

export function hasSessions(count: number): Scenario['isShown'] {
  return ({ user }) => (user.document()['sessions'] as unknown[]).length === count
}

export async function loggedInAt(owner: PhoneOwner, page: string): Promise<void> {
  await owner.wasLoggedIn()
  await owner.open(page)
}

/** On the login page, known there. */
export async function loggedOut(owner: PhoneOwner): Promise<void> {
  await owner.wasLoggedIn()
  owner.loseLogin(true)
  await owner.open('login')
}

/** On the login page, unknown, by 登录 on the first page. */
export async function atPhoneButton(owner: PhoneOwner): Promise<void> {
  await owner.open('index')
  owner.phone.tap('.account')
  await owner.phone.settle()
}

export async function saveTrip({ user, token }: PhoneOwner): Promise<void> {
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
  owner.phone.answer(false)
  await owner.phone.settle()
}

/** The number is paid for, and the ticket for it is in the hand of the page. */
export async function withUsersReadOnly(owner: PhoneOwner, act: () => void): Promise<void> {
  const { user, phone } = owner
  const { openid } = user
  const answer = { kind: 'error', code: 'SYS_ERR', message: 'down' } as const
  const { faults } = user.kit.cloud
  const lifts = ['insertDocument', 'modifyDocument'].map((operation) =>
    faults.add({ action: `database.${operation}`, target: 'users', openid, answer }),
  )
  act()
  await phone.settle()
  for (const lift of lifts) lift()
}

/** Nothing of what is sent arrives, which the phone cannot know. */
export function withoutNetwork(owner: PhoneOwner, act: () => void): Promise<void> {
  return withNetwork(owner, offline, act)
}

/** What is sent is done, which the phone cannot know. */
export function withoutAnswers(owner: PhoneOwner, act: () => void): Promise<void> {
  const { deliver } = owner.phone
  const deaf: CloudNetwork = async (call) => {
    await deliver(call)
    throw LOST_CALL
  }
  return withNetwork(owner, deaf, act)
}

async function withNetwork({ phone }: PhoneOwner, network: CloudNetwork, act: () => void): Promise<void> {
  const { deliver } = phone
  phone.deliver = network
  act()
  await phone.settle()
  phone.deliver = deliver
}

export function submitNickname(nickname: string): (owner: PhoneOwner) => void {
  return ({ phone }) => {
    if (phone.attribute('.nickname >>> .save', 'disabled')) throw new Error('the form is disabled')
    phone.fire('.nickname >>> .form', 'submit', { value: { nickname } })
  }
}

export function choosePicture({ phone }: PhoneOwner): void {
  if (phone.attribute('.picker >>> .choose', 'disabled')) throw new Error('the picture is disabled')
  phone.files.set('http://tmp/me.png', picture('png'))
  phone.fire('.picker >>> .choose', 'chooseavatar', { avatarUrl: 'http://tmp/me.png' })
}

export function changeNumber(owner: PhoneOwner): void {
  owner.allow(CHANGE_BUTTON, OTHER_NUMBER)
}
