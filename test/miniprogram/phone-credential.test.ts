import { afterEach, describe, expect, it } from 'vitest'
import { offline } from 'wechat-cloud-emulator/testing/simulator'
import { stored } from './app-state.ts'
import { HeldAnswer, isCallOf, isPhoneLogin } from './phone/held-answer.ts'
import type { Phone } from './phone/phone.ts'
import { CITY, MASKED, PHONE_NUMBER, type PhoneUser, useTestUsers } from './phone-user.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const newTestUser = useTestUsers()
let testUser: PhoneUser
afterEach(() => testUser.kit.cloud.faults.clear())

const MINUTE = 60 * 1000
const OTHER_NUMBER = '13900139000'
const OTHER_MASKED = '139****9000'
const CHANGE = '.changer >>> .change >>> .phone-button'
const RETRY = '.notice >>> .action'
const CHANGER_RETRY = '.changer >>> .notice >>> .action'

/** The code is spent, and what it was for cannot be written: a ticket is in hand. */
function keepUsersFromBeingWritten(): void {
  for (const operation of ['insertDocument', 'modifyDocument']) {
    testUser.kit.cloud.faults.add({
      action: `database.${operation}`,
      target: 'users',
      answer: { kind: 'error', code: 'SYS_ERR', message: 'down' },
    })
  }
}

/** Paid for on the login page, and no answer came: the code is in hand. */
async function paidOffline(): Promise<Phone> {
  testUser = await newTestUser()
  const { phone } = testUser
  await testUser.save()
  const cloud = phone.deliver
  phone.deliver = offline
  await testUser.allow()
  phone.deliver = cloud
  expect(phone.text).toContain(ERROR_TEXTS.OFFLINE)
  return phone
}

/** Paid for on the login page, and spent: a ticket is in hand. */
async function paidForNothing(): Promise<Phone> {
  testUser = await newTestUser()
  await testUser.save()
  keepUsersFromBeingWritten()
  await testUser.allow()
  testUser.kit.cloud.faults.clear()
  expect(testUser.phone.text).toContain(ERROR_TEXTS.DATABASE_UNAVAILABLE)
  return testUser.phone
}

/** How many numbers WeChat was paid for: those who are asked through a button. */
const exchanges = () =>
  new Set(
    testUser.phone.calls.map(({ data }) => data['phoneCode']).filter((code) => typeof code === 'string'),
  ).size

const isKept = ({ storage }: Phone) => storage.has('paid-proof')

async function tap(selector: string): Promise<void> {
  expect(testUser.phone.tap(selector)).toBe(true)
  await testUser.phone.settle()
}

describe.each([
  ['a code without an answer', paidOffline],
  ['a ticket', paidForNothing],
])('%s in hand', (_name, pay) => {
  it('is used by the phone button, which asks WeChat for no other', async () => {
    const phone = await pay()
    expect(phone.asksWeChat()).toBe(false)
    await tap(phone.phoneButton)
    expect(phone.route).toBe('index')
    expect(testUser.tripDocuments).toMatchObject([{ city: CITY }])
    expect(exchanges()).toBe(1)
    expect(isKept(phone)).toBe(false)
  })

  it('outlives the login page: 再试一次 is there when it is opened again', async () => {
    const phone = await pay()
    phone.back()
    await testUser.save()
    expect(phone.text).toContain(TEXTS.login.unused)
    await tap(RETRY)
    expect(phone.route).toBe('index')
    expect(testUser.userDocument).toMatchObject({ phoneMasked: MASKED })
    expect(exchanges()).toBe(1)
  })

  it('outlives the app, within its five minutes', async () => {
    const phone = await pay()
    phone.switchOff()
    await testUser.wait(4 * MINUTE)
    await phone.launch()
    await testUser.save()
    expect(phone.text).toContain(TEXTS.login.unused)
    expect(phone.asksWeChat()).toBe(false)
    await tap(phone.phoneButton)
    expect(phone.route).toBe('index')
    expect(exchanges()).toBe(1)
    expect(isKept(phone)).toBe(false)
  })

  it('expires after them, and the button asks again', async () => {
    const phone = await pay()
    phone.switchOff()
    await testUser.wait(5 * MINUTE)
    await phone.launch()
    expect(isKept(phone)).toBe(false)
    await testUser.save()
    expect(phone.text).not.toContain(TEXTS.login.unused)
    expect(phone.asksWeChat()).toBe(true)
  })

  it('expires while the app is open: a tap shows it, calls nothing, and the button asks again', async () => {
    const phone = await pay()
    await testUser.wait(5 * MINUTE)
    phone.calls.length = 0
    await tap(phone.phoneButton)
    expect(phone.text).toContain(ERROR_TEXTS.PHONE_CODE_INVALID)
    expect(phone.calls).toEqual([])
    expect(isKept(phone)).toBe(false)
    expect(phone.asksWeChat()).toBe(true)
  })

  it('is kept when the phone’s clock is put back', async () => {
    const phone = await pay()
    phone.clock.aheadMilliseconds -= 60 * MINUTE
    expect(phone.asksWeChat()).toBe(false)
    await tap(RETRY)
    expect(phone.route).toBe('index')
    expect(exchanges()).toBe(1)
  })

  it('expires also on a phone whose clock was put back', async () => {
    const phone = await pay()
    phone.clock.aheadMilliseconds -= 60 * MINUTE
    await phone.launch()
    phone.clock.aheadMilliseconds += 5 * MINUTE
    await phone.launch()
    expect(isKept(phone)).toBe(false)
  })
})

it('once it is refused it is dropped, and the button asks again', async () => {
  const phone = await paidOffline()
  await testUser.kit.login(testUser.openid, {})
  phone.storage.set('paid-proof', {
    ...(phone.storage.get('paid-proof') as object),
    proof: { phoneCode: 'worth nothing' },
  })
  phone.switchOff()
  await phone.launch('account/pages/login/login')
  await tap(RETRY)
  expect(phone.text).toContain(ERROR_TEXTS.PHONE_CODE_INVALID)
  expect(isKept(phone)).toBe(false)
  expect(phone.asksWeChat()).toBe(true)
  await testUser.allow()
  expect(phone.route).toBe('index')
})

it('is kept from the moment it is paid for: the app may be closed before any answer', async () => {
  testUser = await newTestUser()
  const { phone } = testUser
  await testUser.save()
  const login = new HeldAnswer(phone, isPhoneLogin, offline)
  phone.tapPhoneButton(await testUser.allowed())
  await login.waiting()
  phone.switchOff()
  await phone.launch('account/pages/login/login')
  await tap(RETRY)
  expect(stored(testUser).login).toBeDefined()
  expect(exchanges()).toBe(1)
  await login.arrives()
})

it('keeps the ticket of an answer though the app is closed before the next try is over', async () => {
  testUser = await newTestUser()
  const { phone } = testUser
  await testUser.save()
  keepUsersFromBeingWritten()
  const second = new HeldAnswer(phone, ({ data }) => 'ticket' in data, offline)
  phone.tapPhoneButton(await testUser.allowed())
  await second.waiting()
  phone.switchOff()
  testUser.kit.cloud.faults.clear()
  await phone.launch('account/pages/login/login')
  await tap(RETRY)
  expect(testUser.userDocument).toMatchObject({ phoneMasked: MASKED })
  expect(exchanges()).toBe(1)
  await second.arrives()
})

it('while its login is under way on a page that was left, the login page opened again waits for it', async () => {
  testUser = await newTestUser()
  const { phone } = testUser
  await phone.launch('account/pages/account/account')
  await tap('.login')
  const login = new HeldAnswer(phone, isPhoneLogin, offline)
  phone.tapPhoneButton(await testUser.allowed())
  await login.waiting()
  phone.back()
  await tap('.login')
  expect(phone.route).toBe('login')
  expect(phone.data['working']).toBe(true)
  expect(phone.asksWeChat()).toBe(false)
  await login.arrives()
  expect(phone.route).toBe('account')
  expect(phone.text).toContain(MASKED)
  expect(exchanges()).toBe(1)
})

it('of another number is used by 使用其他手机号 after the page was left', async () => {
  testUser = await newTestUser()
  const { phone } = testUser
  await testUser.logIn()
  await testUser.logOut()
  await testUser.open('devices')
  phone.tap('.other-number')
  keepUsersFromBeingWritten()
  await testUser.allow(OTHER_NUMBER)
  testUser.kit.cloud.faults.clear()
  phone.back()
  await tap('.login')
  phone.tap('.other-number')
  expect(phone.asksWeChat()).toBe(false)
  await tap(phone.phoneButton)
  expect(phone.text).toContain(OTHER_MASKED)
})

describe('on the account page', () => {
  /** Wants another number, which is paid for and not written. */
  async function paidForAnother(): Promise<Phone> {
    testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await tap('.account')
    keepUsersFromBeingWritten()
    expect(phone.asksWeChat(CHANGE)).toBe(true)
    phone.tap(CHANGE)
    phone.fire(CHANGE, 'getphonenumber', await testUser.allowed(OTHER_NUMBER))
    await phone.settle()
    testUser.kit.cloud.faults.clear()
    expect(phone.text).toContain(ERROR_TEXTS.DATABASE_UNAVAILABLE)
    return phone
  }

  it('更换手机号 uses it, and asks WeChat for no other', async () => {
    const phone = await paidForAnother()
    expect(phone.asksWeChat(CHANGE)).toBe(false)
    await tap(CHANGE)
    expect(phone.text).toContain(OTHER_MASKED)
    expect(phone.asksWeChat(CHANGE)).toBe(true)
    expect(isKept(phone)).toBe(false)
  })

  it('it is used once by several requests at the same moment', async () => {
    const phone = await paidForAnother()
    phone.calls.length = 0
    const { changePhone } = phone.module<{ changePhone(): Promise<object> }>(
      'account/services/phone-number.js',
    )
    const [first, second] = await Promise.all([changePhone(), changePhone()])
    expect(first).toMatchObject({ ok: true })
    expect(second).toMatchObject({ ok: false, failure: 'PHONE_CODE_INVALID' })
    expect(phone.callsOf('account')).toHaveLength(1)
    expect(phone.text).toContain(OTHER_MASKED)
  })

  it('it outlives the page and the app', async () => {
    const phone = await paidForAnother()
    phone.back()
    await tap('.account')
    expect(phone.text).toContain(TEXTS.phoneChanger.unused)
    phone.switchOff()
    await phone.launch('account/pages/account/account')
    expect(phone.asksWeChat(CHANGE)).toBe(false)
    await tap(CHANGER_RETRY)
    expect(phone.text).toContain(OTHER_MASKED)
    expect(phone.text).not.toContain(TEXTS.phoneChanger.unused)
  })

  it('it is known to have succeeded although the app was closed before the answer', async () => {
    testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await tap('.account')
    const change = new HeldAnswer(phone, isCallOf('account', 'changePhone'))
    phone.tap(CHANGE)
    phone.fire(CHANGE, 'getphonenumber', await testUser.allowed(OTHER_NUMBER))
    await change.waiting()
    phone.switchOff()
    await phone.launch('account/pages/account/account')
    await tap(CHANGER_RETRY)
    expect(phone.toasts.at(-1)).toBe(TEXTS.phoneChanger.changed)
    expect(phone.text).toContain(OTHER_MASKED)
    await change.arrives()
  })

  it('a credential paid for there is used by the login page after a logout, with a new consent', async () => {
    const phone = await paidForAnother()
    phone.tap('.logout')
    phone.answer(true)
    await phone.settle()
    await tap('.login')
    await tap(RETRY)
    expect(phone.text).toContain(ERROR_TEXTS.CONSENT_REQUIRED)
    expect(phone.text).toContain(TEXTS.login.agreeButton)
    await tap(phone.phoneButton)
    expect(phone.text).toContain(OTHER_MASKED)
  })

  it('a credential of the login page is used there after a login by one tap', async () => {
    testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await testUser.logOut()
    await testUser.open('devices')
    phone.tap('.other-number')
    const cloud = phone.deliver
    phone.deliver = offline
    await testUser.allow(OTHER_NUMBER)
    phone.deliver = cloud
    phone.back()
    await tap('.login')
    await tap('.one-tap')
    expect(phone.text).toContain(MASKED)
    expect(phone.asksWeChat(CHANGE)).toBe(false)
    await tap(CHANGE)
    expect(phone.text).toContain(OTHER_MASKED)
  })

  it('closing the account leaves none on the phone', async () => {
    const phone = await paidForAnother()
    await testUser.open('close-account')
    phone.tap('.box')
    phone.tap('.close')
    phone.answer(true)
    await phone.settle()
    expect(phone.modal?.content).toContain('账号已注销')
    expect([...phone.storage.keys()]).toEqual(['login'])
  })
})

it('keeps the first answer of a double tap, once its try has begun', async () => {
  testUser = await newTestUser()
  const { phone } = testUser
  await testUser.save()
  const [first, second] = [await testUser.allowed(), await testUser.allowed()]
  phone.deliver = offline
  phone.tapPhoneButton(first)
  // As the button does at an answer; on the screen it is another button by now.
  phone
    .module<{ storeCredential(code: string, purpose: string): void }>('auth/session/phone-credential.js')
    .storeCredential(second.code, 'login')
  await phone.settle()
  expect(phone.storage.get('paid-proof')).toMatchObject({ proof: { phoneCode: first.code }, wasSent: true })
})

it('keeps no number on the phone, and ignores stored values that are no credential', async () => {
  const phone = await paidForNothing()
  expect(JSON.stringify([...phone.storage])).not.toContain(PHONE_NUMBER)
  for (const rubbish of [
    null,
    7,
    {},
    { proof: {} },
    { proof: { phoneCode: '' }, paidAt: 1, purpose: 'login' },
    { proof: { phoneCode: '' }, paidAt: Date.now() + phone.clock.aheadMilliseconds, purpose: 'login' },
    { proof: { phoneCode: 7 }, paidAt: Date.now() + phone.clock.aheadMilliseconds, purpose: 'login' },
  ]) {
    phone.storage.set('paid-proof', rubbish)
    await phone.launch()
    await tap('.account')
    expect(phone.asksWeChat()).toBe(true)
  }
})

it('is used although nothing can be stored', async () => {
  testUser = await newTestUser()
  const { phone } = testUser
  const full = () => {
    throw new Error('the storage is full')
  }
  Object.assign(phone.wx, { setStorageSync: full, removeStorageSync: full })
  await testUser.save()
  const cloud = phone.deliver
  phone.deliver = offline
  await testUser.allow()
  phone.deliver = cloud
  expect(phone.asksWeChat()).toBe(false)
  await tap(phone.phoneButton)
  expect(phone.route).toBe('index')
})
