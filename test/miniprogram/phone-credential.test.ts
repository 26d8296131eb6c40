import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import { useProject } from '../support/use-project.ts'
import { isCallOf, isPhoneLogin, loseCalls } from './calls.ts'
import { CITY, saveTrip } from './log-in.ts'
import {
  allow,
  atHome,
  callsDuring,
  HOME_PAGE,
  LOGIN_PAGE,
  loggedInAtHome,
  logOut,
  MASKED,
  openOwn,
  PHONE_BUTTON,
  PHONE_NUMBER,
  stored,
  tapAndConfirm,
  tripDocuments,
  userDocument,
} from './own-account.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()

const OTHER_NUMBER = '13900139000'
const OTHER_MASKED = '139****9000'
const CHANGE = '.changer >>> .change >>> .phone-button'
const RETRY = '.notice >>> .action'
const CHANGER_RETRY = '.changer >>> .notice >>> .action'
const ACCOUNT_PAGE = 'account/pages/account/account'

/** The code is spent, and what it was for cannot be written: a ticket is in hand. */
async function keepUsersFromBeingWritten(): Promise<void> {
  for (const operation of ['insertDocument', 'modifyDocument']) {
    await app.project.faults.add({
      action: `database.${operation}`,
      target: 'users',
      answer: { kind: 'error', code: 'SYS_ERR', message: 'down' },
    })
  }
}

/** Paid for on the login page, and no answer came: the code is in hand. */
async function paidOffline(): Promise<Phone> {
  const phone = await atHome(app.project)
  await saveTrip(phone)
  const end = await loseCalls(phone)
  await allow(app.project)
  end()
  await phone.see(ERROR_TEXTS.OFFLINE)
  return phone
}

/** Paid for on the login page, and spent: a ticket is in hand. */
async function paidForNothing(): Promise<Phone> {
  const phone = await atHome(app.project)
  await saveTrip(phone)
  await keepUsersFromBeingWritten()
  await allow(app.project)
  await app.project.faults.clear()
  await phone.see(ERROR_TEXTS.DATABASE_UNAVAILABLE)
  return phone
}

/** How many numbers WeChat was paid for in this test: at the tap, whatever becomes of them. */
async function payments(): Promise<number> {
  const { days } = await app.project.cloud.control.get('figures')
  return days.reduce((sum, { authorizations }) => sum + authorizations.quick, 0)
}

const isKept = async (phone: Phone) => (await phone.storage('paid-proof')) !== undefined

/** Taps the button, which makes WeChat ask for the number. */
async function expectAsked(phone: Phone, button = PHONE_BUTTON): Promise<void> {
  await phone.tap(button)
  await phone.refuseNumber()
}

describe.each([
  ['a code without an answer', paidOffline],
  ['a ticket', paidForNothing],
])('%s in hand', (_name, pay) => {
  it('is used by the phone button, which asks WeChat for no other', async () => {
    const phone = await pay()
    await phone.tap(PHONE_BUTTON)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await tripDocuments(app.project)).toMatchObject([{ city: CITY }])
    expect(await payments()).toBe(1)
    expect(await isKept(phone)).toBe(false)
  })

  it('outlives the login page: 再试一次 is there when it is opened again', async () => {
    const phone = await pay()
    await phone.back()
    await saveTrip(phone)
    await phone.see(TEXTS.login.unused)
    await phone.tap(RETRY)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await userDocument(app.project)).toMatchObject({ phoneMasked: MASKED })
    expect(await payments()).toBe(1)
  })

  it('outlives the app, within its five minutes', async () => {
    const phone = await pay()
    await app.project.clock.advance('4 min')
    await phone.open()
    await saveTrip(phone)
    await phone.see(TEXTS.login.unused)
    await phone.tap(PHONE_BUTTON)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await payments()).toBe(1)
    expect(await isKept(phone)).toBe(false)
  })

  it('expires after them, and the button asks again', async () => {
    const phone = await pay()
    await app.project.clock.advance('5 min')
    await phone.open()
    expect(await isKept(phone)).toBe(false)
    await saveTrip(phone)
    expect(await phone.text()).not.toContain(TEXTS.login.unused)
    await expectAsked(phone)
  })

  it('expires while the app is open: a tap shows it, calls nothing, and the button asks again', async () => {
    const phone = await pay()
    await app.project.clock.advance('5 min')
    expect(await callsDuring(phone, () => phone.tap(PHONE_BUTTON))).toEqual([])
    await phone.see(ERROR_TEXTS.PHONE_CODE_INVALID)
    expect(await isKept(phone)).toBe(false)
    await expectAsked(phone)
  })

  it('is kept when the phone’s clock is put back', async () => {
    const phone = await pay()
    await phone.setClock('-60 min')
    await phone.tap(RETRY)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await payments()).toBe(1)
  })

  it('expires also on a phone whose clock was put back', async () => {
    const phone = await pay()
    await phone.setClock('-60 min')
    await phone.open()
    expect(await isKept(phone)).toBe(true)
    await app.project.clock.advance('5 min')
    await phone.open()
    expect(await isKept(phone)).toBe(false)
  })
})

it('once it is refused it is dropped, and the button asks again', async () => {
  const phone = await paidOffline()
  const kept = (await phone.storage('paid-proof')) as object
  await phone.store('paid-proof', { ...kept, proof: { phoneCode: 'worth nothing' } })
  await phone.open(LOGIN_PAGE)
  await phone.tap(RETRY)
  await phone.see(ERROR_TEXTS.PHONE_CODE_INVALID)
  expect(await isKept(phone)).toBe(false)
  await allow(app.project)
  expect(await phone.page()).toBe(HOME_PAGE)
})

it('is kept from the moment it is paid for: the app may be closed before any answer', async () => {
  const phone = await atHome(app.project)
  await saveTrip(phone)
  const login = await phone.holdCall(isPhoneLogin, 'request')
  await allow(app.project)
  await login.waiting()
  await phone.open(LOGIN_PAGE)
  await phone.tap(RETRY)
  expect((await stored(phone)).login).toBeDefined()
  expect(await payments()).toBe(1)
  await login.lose()
})

it('keeps the ticket of an answer though the app is closed before the next try is over', async () => {
  const phone = await atHome(app.project)
  await saveTrip(phone)
  await keepUsersFromBeingWritten()
  const second = await phone.holdCall(({ data }) => 'ticket' in data, 'request')
  await allow(app.project)
  await second.waiting()
  await app.project.faults.clear()
  await phone.open(LOGIN_PAGE)
  await phone.tap(RETRY)
  expect(await userDocument(app.project)).toMatchObject({ phoneMasked: MASKED })
  expect(await payments()).toBe(1)
  await second.lose()
})

it('while its login is under way on a page that was left, the login page opened again waits for it', async () => {
  const { phone, phones } = app.project
  await phones.of(phone.openid, { phoneNumber: PHONE_NUMBER })
  await phone.open(ACCOUNT_PAGE)
  await phone.tap('.login')
  const login = await phone.holdCall(isPhoneLogin, 'request')
  await allow(app.project)
  await login.waiting()
  await phone.back()
  await phone.tap('.login')
  expect(await phone.page()).toContain(LOGIN_PAGE)
  expect(await phone.isDisabled(PHONE_BUTTON)).toBe(true)
  await phone.see(TEXTS.login.working)
  await login.lose()
  expect(await phone.page()).toBe(ACCOUNT_PAGE)
  await phone.see(MASKED)
  expect(await payments()).toBe(1)
})

it('of another number is used by 使用其他手机号 after the page was left', async () => {
  const phone = await loggedInAtHome(app.project)
  await logOut(phone)
  await openOwn(phone, 'devices')
  await phone.tap('.other-number')
  await keepUsersFromBeingWritten()
  await allow(app.project, OTHER_NUMBER)
  await app.project.faults.clear()
  await phone.back()
  await phone.tap('.login')
  await phone.tap('.other-number')
  await phone.tap(PHONE_BUTTON)
  await phone.see(OTHER_MASKED)
  expect(await payments()).toBe(2)
})

describe('on the account page', () => {
  /** Logged in, and has tapped 更换手机号 and allowed another number. */
  async function changeNumber(phone: Phone): Promise<void> {
    await app.project.phones.of(phone.openid, { phoneNumber: OTHER_NUMBER })
    await phone.tap(CHANGE)
    await phone.allowNumber()
  }

  /** Wants another number, which is paid for and not written. */
  async function paidForAnother(): Promise<Phone> {
    const phone = await loggedInAtHome(app.project)
    await phone.tap('.account')
    await keepUsersFromBeingWritten()
    await changeNumber(phone)
    await app.project.faults.clear()
    await phone.see(ERROR_TEXTS.DATABASE_UNAVAILABLE)
    return phone
  }

  it('更换手机号 uses it, and asks WeChat for no other', async () => {
    const phone = await paidForAnother()
    await phone.tap(CHANGE)
    await phone.see(OTHER_MASKED)
    expect(await payments()).toBe(2)
    expect(await isKept(phone)).toBe(false)
    await expectAsked(phone, CHANGE)
  })

  it('it is used once by several requests at the same moment', async () => {
    const phone = await paidForAnother()
    const calls = await callsDuring(phone, () =>
      // No page lets two requests through at once, whatever is tapped.
      phone.evaluate(({ getCurrentPages }) => {
        const changer = getCurrentPages().at(-1).selectComponent('.panel').selectComponent('.changer')
        changer.change()
        changer.change()
      }),
    )
    expect(calls.map(({ name }) => name)).toEqual(['account'])
    await phone.see(OTHER_MASKED)
  })

  it('it outlives the page and the app', async () => {
    const phone = await paidForAnother()
    await phone.back()
    await phone.tap('.account')
    await phone.see(TEXTS.phoneChanger.unused)
    await phone.open(ACCOUNT_PAGE)
    await phone.tap(CHANGER_RETRY)
    await phone.see(OTHER_MASKED)
    await phone.gone(TEXTS.phoneChanger.unused)
    expect(await payments()).toBe(2)
  })

  it('it is known to have succeeded although the app was closed before the answer', async () => {
    const phone = await loggedInAtHome(app.project)
    await phone.tap('.account')
    const change = await phone.holdCall(isCallOf('account', 'changePhone'))
    await changeNumber(phone)
    await change.waiting()
    await phone.open(ACCOUNT_PAGE)
    await phone.tap(CHANGER_RETRY)
    expect(await phone.toast()).toBe(TEXTS.phoneChanger.changed)
    await phone.see(OTHER_MASKED)
    await change.release()
  })

  it('a credential paid for there is used by the login page after a logout, with a new consent', async () => {
    const phone = await paidForAnother()
    await tapAndConfirm(phone, '.logout')
    await phone.tap('.login')
    await phone.tap(RETRY)
    await phone.see(ERROR_TEXTS.CONSENT_REQUIRED)
    await phone.see(TEXTS.login.agreeButton)
    await phone.tap(PHONE_BUTTON)
    await phone.see(OTHER_MASKED)
    expect(await payments()).toBe(2)
  })

  it('a credential of the login page is used there after a login by one tap', async () => {
    const phone = await loggedInAtHome(app.project)
    await logOut(phone)
    await openOwn(phone, 'devices')
    await phone.tap('.other-number')
    const end = await loseCalls(phone)
    await allow(app.project, OTHER_NUMBER)
    end()
    await phone.back()
    await phone.tap('.login')
    await phone.tap('.one-tap')
    await phone.see(MASKED)
    await phone.tap(CHANGE)
    await phone.see(OTHER_MASKED)
    expect(await payments()).toBe(2)
  })

  it('closing the account leaves none on the phone', async () => {
    const phone = await paidForAnother()
    await openOwn(phone, 'close-account')
    await phone.tap('.box')
    await tapAndConfirm(phone, '.close')
    expect((await phone.dialog()).text).toContain('账号已注销')
    expect(Object.keys(await phone.storage())).toEqual(['login'])
  })
})

it('keeps the first answer of a double tap, once its try has begun', async () => {
  const phone = await atHome(app.project)
  await saveTrip(phone)
  await loseCalls(phone)
  // Quicker than the screen that takes the button away: WeChat asks twice.
  await Promise.all([phone.tap(PHONE_BUTTON), phone.tap(PHONE_BUTTON)])
  const calls = await callsDuring(phone, () => Promise.all([phone.allowNumber(), phone.allowNumber()]))
  const [first] = calls.filter(isPhoneLogin)
  expect(await payments()).toBe(2)
  expect(first?.data).toMatchObject({ phoneCode: expect.any(String) })
  expect(await phone.storage('paid-proof')).toMatchObject({
    proof: { phoneCode: first?.data['phoneCode'] },
    wasSent: true,
  })
})

it('keeps no number on the phone, and ignores stored values that are no credential', async () => {
  const phone = await paidForNothing()
  expect(JSON.stringify(await phone.storage())).not.toContain(PHONE_NUMBER)
  const paidAt = app.project.clock.now().getTime()
  for (const rubbish of [
    null,
    7,
    {},
    { proof: {} },
    { proof: { phoneCode: '' }, paidAt: 1, purpose: 'login' },
    { proof: { phoneCode: '' }, paidAt, purpose: 'login' },
    { proof: { phoneCode: 7 }, paidAt, purpose: 'login' },
  ]) {
    await phone.store('paid-proof', rubbish)
    await phone.open()
    await phone.tap('.account')
    await expectAsked(phone)
  }
})

it('is used although nothing can be stored', async () => {
  const { phone } = app.project
  await phone.open()
  for (const name of ['setStorageSync', 'removeStorageSync'])
    await phone.replaceApi(name, { throws: 'the storage is full' })
  await saveTrip(phone)
  const end = await loseCalls(phone)
  await allow(app.project)
  end()
  await phone.tap(PHONE_BUTTON)
  expect(await phone.page()).toBe(HOME_PAGE)
  expect(await payments()).toBe(1)
})
