import { afterEach, describe, expect, it } from 'vitest'
import { ENDING_TEXTS, TEXTS } from '../../miniprogram/utils/texts.ts'
import { offline } from './deliver.ts'
import { HeldAnswer, isCallOf, isPhoneLogin } from './held.ts'
import { stored } from './inside.ts'
import type { Phone } from './phone.ts'
import { CITY, MASKED, PHONE_NUMBER, type Traveller, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()
let traveller: Traveller
afterEach(() => traveller.kit.cloud.faults.clear())

const MINUTE = 60 * 1000
const OTHER_NUMBER = '13900139000'
const OTHER_MASKED = '139****9000'
const CHANGE = '.changer >>> .change >>> .phone-button'
const RETRY = '.notice >>> .action'
const CHANGER_RETRY = '.changer >>> .notice >>> .action'

/** The code is spent, and what it was for cannot be written: a ticket is in hand. */
function keepUsersFromBeingWritten(): void {
  for (const operation of ['insertDocument', 'modifyDocument']) {
    traveller.kit.cloud.faults.add({
      action: `database.${operation}`,
      target: 'users',
      answer: { kind: 'error', code: 'SYS_ERR', message: 'down' },
    })
  }
}

/** Paid for on the login page, and no answer came: the code is in hand. */
async function paidOffline(): Promise<Phone> {
  traveller = await newTraveller()
  const { phone } = traveller
  await traveller.save()
  const cloud = phone.deliver
  phone.deliver = offline
  await traveller.allow()
  phone.deliver = cloud
  expect(phone.text).toContain(ENDING_TEXTS.OFFLINE)
  return phone
}

/** Paid for on the login page, and spent: a ticket is in hand. */
async function paidForNothing(): Promise<Phone> {
  traveller = await newTraveller()
  await traveller.save()
  keepUsersFromBeingWritten()
  await traveller.allow()
  traveller.kit.cloud.faults.clear()
  expect(traveller.phone.text).toContain(ENDING_TEXTS.DATABASE_UNAVAILABLE)
  return traveller.phone
}

/** How many numbers WeChat was paid for: those who are asked through a button. */
const exchanges = () =>
  new Set(
    traveller.phone.calls.map(({ data }) => data['phoneCode']).filter((code) => typeof code === 'string'),
  ).size

const isKept = ({ storage }: Phone) => storage.has('paid-proof')

async function tap(selector: string): Promise<void> {
  expect(traveller.phone.tap(selector)).toBe(true)
  await traveller.phone.settle()
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
    expect(traveller.tripDocuments).toMatchObject([{ city: CITY }])
    expect(exchanges()).toBe(1)
    expect(isKept(phone)).toBe(false)
  })

  it('is used in the sheet', async () => {
    const phone = await pay()
    phone.tap('.consent >>> .box')
    phone.tap('.before-consent')
    expect(phone.asksWeChat()).toBe(false)
    await tap(phone.phoneButton)
    expect(phone.route).toBe('index')
    expect(exchanges()).toBe(1)
  })

  it('outlives the login page: 再试一次 is there when it is opened again', async () => {
    const phone = await pay()
    phone.back()
    await traveller.save()
    expect(phone.text).toContain(TEXTS.login.unused)
    await tap(RETRY)
    expect(phone.route).toBe('index')
    expect(traveller.userDocument).toMatchObject({ phoneMasked: MASKED })
    expect(exchanges()).toBe(1)
  })

  it('outlives the app, within its five minutes', async () => {
    const phone = await pay()
    phone.switchOff()
    await traveller.wait(4 * MINUTE)
    await phone.launch()
    await traveller.save()
    expect(phone.text).toContain(TEXTS.login.unused)
    phone.tap('.consent >>> .box')
    expect(phone.asksWeChat()).toBe(false)
    await tap(phone.phoneButton)
    expect(phone.route).toBe('index')
    expect(exchanges()).toBe(1)
    expect(isKept(phone)).toBe(false)
  })

  it('is over after them, and the button asks again', async () => {
    const phone = await pay()
    phone.switchOff()
    await traveller.wait(5 * MINUTE)
    await phone.launch()
    expect(isKept(phone)).toBe(false)
    await traveller.save()
    expect(phone.text).not.toContain(TEXTS.login.unused)
    phone.tap('.consent >>> .box')
    expect(phone.asksWeChat()).toBe(true)
  })

  it('comes to its end while the app is open: a tap says so, calls nobody, and the button asks again', async () => {
    const phone = await pay()
    await traveller.wait(5 * MINUTE)
    phone.calls.length = 0
    await tap(phone.phoneButton)
    expect(phone.text).toContain(ENDING_TEXTS.PHONE_CODE_INVALID)
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

  it('does not live for ever by a clock that was put back', async () => {
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
  await traveller.kit.login(traveller.openid, {})
  phone.storage.set('paid-proof', {
    ...(phone.storage.get('paid-proof') as object),
    proof: { phoneCode: 'worth nothing' },
  })
  phone.switchOff()
  await phone.launch('pages/login/login')
  await tap(RETRY)
  expect(phone.text).toContain(ENDING_TEXTS.PHONE_CODE_INVALID)
  expect(isKept(phone)).toBe(false)
  phone.tap('.consent >>> .box')
  expect(phone.asksWeChat()).toBe(true)
  await traveller.allow()
  expect(phone.route).toBe('index')
})

it('is kept from the moment it is paid for: the app may be closed before any answer', async () => {
  traveller = await newTraveller()
  const { phone } = traveller
  await traveller.save()
  phone.tap('.consent >>> .box')
  const login = new HeldAnswer(phone, isPhoneLogin, offline)
  phone.tapPhoneButton(await traveller.allowed())
  await login.waiting()
  phone.switchOff()
  await phone.launch('pages/login/login')
  await tap(RETRY)
  expect(stored(traveller).login).toBeDefined()
  expect(exchanges()).toBe(1)
  await login.arrives()
})

it('keeps the ticket of an answer though the app is closed before the next try is over', async () => {
  traveller = await newTraveller()
  const { phone } = traveller
  await traveller.save()
  keepUsersFromBeingWritten()
  phone.tap('.consent >>> .box')
  const second = new HeldAnswer(phone, ({ data }) => 'ticket' in data, offline)
  phone.tapPhoneButton(await traveller.allowed())
  await second.waiting()
  phone.switchOff()
  traveller.kit.cloud.faults.clear()
  await phone.launch('pages/login/login')
  await tap(RETRY)
  expect(traveller.userDocument).toMatchObject({ phoneMasked: MASKED })
  expect(exchanges()).toBe(1)
  await second.arrives()
})

it('while its login is under way on a page that was left, the login page opened again waits for it', async () => {
  traveller = await newTraveller()
  const { phone } = traveller
  await phone.launch('pages/account/account')
  await tap('.login')
  phone.tap('.consent >>> .box')
  const login = new HeldAnswer(phone, isPhoneLogin, offline)
  phone.tapPhoneButton(await traveller.allowed())
  await login.waiting()
  phone.back()
  await tap('.login')
  expect(phone.route).toBe('login')
  expect(phone.data['working']).toBe(true)
  phone.tap('.consent >>> .box')
  expect(phone.asksWeChat()).toBe(false)
  await login.arrives()
  expect(phone.route).toBe('account')
  expect(phone.text).toContain(MASKED)
  expect(exchanges()).toBe(1)
})

it('of another number is used by 使用其他手机号 after the page was left', async () => {
  traveller = await newTraveller()
  const { phone } = traveller
  await traveller.logIn()
  await traveller.logOut()
  await tap('.login')
  phone.tap('.other-number')
  keepUsersFromBeingWritten()
  await traveller.allow(OTHER_NUMBER)
  traveller.kit.cloud.faults.clear()
  phone.back()
  await tap('.login')
  phone.tap('.other-number')
  phone.tap('.consent >>> .box')
  expect(phone.asksWeChat()).toBe(false)
  await tap(phone.phoneButton)
  expect(phone.text).toContain(OTHER_MASKED)
})

describe('on the account page', () => {
  /** Wants another number, which is paid for and not written. */
  async function paidForAnother(): Promise<Phone> {
    traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await tap('.account')
    keepUsersFromBeingWritten()
    expect(phone.asksWeChat(CHANGE)).toBe(true)
    phone.tap(CHANGE)
    phone.fire(CHANGE, 'getphonenumber', await traveller.allowed(OTHER_NUMBER))
    await phone.settle()
    traveller.kit.cloud.faults.clear()
    expect(phone.text).toContain(ENDING_TEXTS.DATABASE_UNAVAILABLE)
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

  it('it is used once, however many ask for that at the same moment', async () => {
    const phone = await paidForAnother()
    phone.calls.length = 0
    const { changePhone } = phone.module<{ changePhone(): Promise<object> }>('services/phone-number.js')
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
    await phone.launch('pages/account/account')
    expect(phone.asksWeChat(CHANGE)).toBe(false)
    await tap(CHANGER_RETRY)
    expect(phone.text).toContain(OTHER_MASKED)
    expect(phone.text).not.toContain(TEXTS.phoneChanger.unused)
  })

  it('it is seen to have got through though the app was closed before the answer', async () => {
    traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await tap('.account')
    const change = new HeldAnswer(phone, isCallOf('account', 'changePhone'))
    phone.tap(CHANGE)
    phone.fire(CHANGE, 'getphonenumber', await traveller.allowed(OTHER_NUMBER))
    await change.waiting()
    phone.switchOff()
    await phone.launch('pages/account/account')
    await tap(CHANGER_RETRY)
    expect(phone.toasts.at(-1)).toBe(TEXTS.phoneChanger.changed)
    expect(phone.text).toContain(OTHER_MASKED)
    await change.arrives()
  })

  it('a proof that was paid for there is used by the login page after a logout, with a new consent', async () => {
    const phone = await paidForAnother()
    phone.tap('.logout')
    phone.answer(true)
    await phone.settle()
    await tap('.login')
    await tap(RETRY)
    expect(phone.text).toContain(TEXTS.login.sheetTitle)
    await tap(phone.phoneButton)
    expect(phone.text).toContain(OTHER_MASKED)
  })

  it('a proof of the login page is used there by somebody who came in by one tap', async () => {
    traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.logOut()
    await tap('.login')
    phone.tap('.other-number')
    const cloud = phone.deliver
    phone.deliver = offline
    await traveller.allow(OTHER_NUMBER)
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
    await traveller.open('close-account')
    phone.tap('.box')
    phone.tap('.close')
    phone.answer(true)
    await phone.settle()
    expect(phone.modal?.content).toContain('账号已注销')
    expect([...phone.storage.keys()]).toEqual(['login'])
  })
})

it('of two answers to one hasty double tap the first is kept, once its try has begun', async () => {
  traveller = await newTraveller()
  const { phone } = traveller
  await traveller.save()
  phone.tap('.consent >>> .box')
  const [first, second] = [await traveller.allowed(), await traveller.allowed()]
  phone.deliver = offline
  phone.tapPhoneButton(first)
  // As the button does at an answer; on the screen it is another button by now.
  phone
    .module<{ keepProof(code: string, purpose: string): void }>('services/paid-proof.js')
    .keepProof(second.code, 'login')
  await phone.settle()
  expect(phone.storage.get('paid-proof')).toMatchObject({ proof: { phoneCode: first.code }, wasSent: true })
})

it('keeps no number on the phone, and nothing that is no proof', async () => {
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
    await phone.launch('pages/login/login')
    phone.tap('.consent >>> .box')
    expect(phone.asksWeChat()).toBe(true)
  }
})

it('is used though nothing can be stored', async () => {
  traveller = await newTraveller()
  const { phone } = traveller
  const full = () => {
    throw new Error('the storage is full')
  }
  Object.assign(phone.wx, { setStorageSync: full, removeStorageSync: full })
  await traveller.save()
  const cloud = phone.deliver
  phone.deliver = offline
  await traveller.allow()
  phone.deliver = cloud
  expect(phone.asksWeChat()).toBe(false)
  await tap(phone.phoneButton)
  expect(phone.route).toBe('index')
})
