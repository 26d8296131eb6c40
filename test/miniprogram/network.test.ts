import { describe, expect, it } from 'vitest'
import { type FunctionCall, LOST_CALL, type Phone } from 'wechat-cloud-emulator/testing'
import { useProject } from '../support/use-project.ts'
import { isPhoneLogin, loseCalls } from './calls.ts'
import { CITY, saveTrip } from './log-in.ts'
import {
  allow,
  atHome,
  HOME_PAGE,
  LOGIN_PAGE,
  loggedInAtHome,
  logOut,
  MASKED,
  openOwn,
  PHONE_NUMBER,
  tripDocuments,
  userDocument,
} from './own-account.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()

const RETRY = '.notice >>> .action'
const DEVICES_PAGE = 'account/pages/devices/devices'

/** Whether each login since the last reading was one with a code. */
async function logins(phone: Phone): Promise<boolean[]> {
  return (await callsOf(phone, 'login')).map(isPhoneLogin)
}

/** Those since the last reading. */
async function callsOf(phone: Phone, name: string): Promise<FunctionCall[]> {
  return (await phone.calls()).filter((call) => call.name === name)
}

/** Somebody new on the login page. */
async function atTheButton(): Promise<Phone> {
  const phone = await atHome(app.project)
  await saveTrip(phone)
  await phone.calls()
  return phone
}

/** Logged out, on the login page before their devices, about to give another number. */
async function atAnotherNumber(): Promise<Phone> {
  const phone = await loggedInAtHome(app.project)
  await logOut(phone)
  await openOwn(phone, 'devices')
  await phone.tap('.other-number')
  return phone
}

describe('网络异常', () => {
  it('is shown, loses nothing, and the trip is saved once when the network is back', async () => {
    const phone = await loggedInAtHome(app.project)
    const end = await loseCalls(phone)
    await phone.calls()
    await saveTrip(phone)
    const lost = await callsOf(phone, 'trips')
    expect(lost).toHaveLength(4)
    await phone.see(ERROR_TEXTS.OFFLINE)
    await phone.tap('.save')
    end()
    await phone.tap('.save')
    expect(await phone.toast()).toBe(TEXTS.home.saved)
    expect(await tripDocuments(app.project)).toHaveLength(2)
    const keys = [...lost, ...(await callsOf(phone, 'trips'))].map(({ data }) => data['key'])
    expect(new Set(keys).size).toBe(1)
  })

  it('is not noticed when a retry gets through', async () => {
    const phone = await loggedInAtHome(app.project)
    await loseCalls(phone, 'trips', 2)
    await saveTrip(phone)
    expect(await phone.toast()).toBe(TEXTS.home.saved)
  })

  it('saves once though the answer to the first save was lost', async () => {
    const phone = await loggedInAtHome(app.project)
    await app.project.faults.loseAnswer('trips', { times: 1 })
    await phone.calls()
    await saveTrip(phone)
    expect(await callsOf(phone, 'trips')).toHaveLength(2)
    expect(await tripDocuments(app.project)).toHaveLength(2)
  })

  it('ends a call that hangs at its deadline', async () => {
    const phone = await loggedInAtHome(app.project)
    const { clock } = app.project
    const first = await phone.holdCall('trips', 'request')
    await phone.tap('.save')
    await first.waiting()
    expect(await phone.count(TEXTS.home.saving)).toBe(1)
    const second = await phone.holdCall('trips', 'request')
    await clock.advance('8 s')
    await second.waiting()
    await clock.advance('8 s')
    await phone.see(ERROR_TEXTS.SLOW)
    expect(await phone.count(TEXTS.home.save)).toBe(1)
  })

  it('shows why the list is empty, and loads it on the next tap', async () => {
    const phone = await loggedInAtHome(app.project)
    await phone.goOffline()
    await phone.open('pages/trips/trips')
    await phone.see(ERROR_TEXTS.OFFLINE)
    await phone.goOnline()
    await phone.tap(RETRY)
    await phone.see(CITY)
  })
})

describe('a phone code whose answer was lost', () => {
  it('is not sent again when it had been used: a silent login shows that the user is in', async () => {
    const phone = await atTheButton()
    await app.project.faults.loseAnswer('login', { times: 1 })
    await allow(app.project)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await logins(phone)).toEqual([true, false])
    expect(await tripDocuments(app.project)).toHaveLength(1)
  })

  it('is sent again when the silent login shows that it never arrived', async () => {
    const phone = await atTheButton()
    await loseCalls(phone, 'login', 1)
    await allow(app.project)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await logins(phone)).toEqual([true, false, true])
  })

  it('logs in although the first try arrived only after the silent login', async () => {
    const phone = await atTheButton()
    let arrive = async (): Promise<unknown> => undefined
    const sendAfterFirst = async (_call: FunctionCall, login: () => Promise<unknown>) => {
      await arrive()
      return login()
    }
    await phone.answerCalls(isPhoneLogin, sendAfterFirst, 1)
    // What was asked for last comes first.
    const lose = (_call: FunctionCall, login: () => Promise<unknown>) => {
      arrive = login
      return Promise.reject(LOST_CALL)
    }
    await phone.answerCalls(isPhoneLogin, lose, 1)
    await allow(app.project)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await logins(phone)).toEqual([true, false, true, false])
    expect(await app.project.cloud.collection('users').documents()).toHaveLength(1)
  })

  it('is never sent twice without a silent login in between, even during a long outage', async () => {
    const phone = await atTheButton()
    await loseCalls(phone)
    await allow(app.project)
    expect(await phone.page()).toContain(LOGIN_PAGE)
    await phone.see(ERROR_TEXTS.OFFLINE)
    expect((await logins(phone)).filter((isWithCode) => isWithCode)).toHaveLength(1)
  })

  it('is redeemed by 再试一次, without a new authorization', async () => {
    const phone = await atTheButton()
    const end = await loseCalls(phone)
    await allow(app.project)
    end()
    await phone.calls()
    await phone.tap(RETRY)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await logins(phone)).toEqual([false, true])
    expect(await tripDocuments(app.project)).toHaveLength(1)
  })

  it('is not sent after its five minutes', async () => {
    const phone = await atTheButton()
    await loseCalls(phone)
    await allow(app.project)
    await phone.calls()
    await app.project.clock.advance('5 min')
    await phone.tap(RETRY)
    expect(await phone.calls()).toEqual([])
    await phone.see(ERROR_TEXTS.PHONE_CODE_INVALID)
  })

  it('brings the new number although its answer was lost', async () => {
    const phone = await atAnotherNumber()
    await loseCalls(phone, 'login', 1)
    await allow(app.project, '13900139000')
    expect(await phone.page()).toBe(DEVICES_PAGE)
    await phone.back()
    await phone.see('139****9000')
  })

  it('brings a new number with the mask of the old one, and the same number once more, too', async () => {
    for (const phoneNumber of ['13899998000', PHONE_NUMBER]) {
      const phone = await atAnotherNumber()
      const before = (await userDocument(app.project))?.['phoneVerifiedAt']
      await app.project.faults.loseAnswer('login', { times: 1 })
      await allow(app.project, phoneNumber)
      expect(await phone.page()).toBe(DEVICES_PAGE)
      await phone.back()
      await phone.see(MASKED)
      expect((await userDocument(app.project))?.['phoneVerifiedAt']).not.toEqual(before)
      await app.project.reset()
    }
  })

  it('does not let the user in under the old number when WeChat’s answer with the new one was lost', async () => {
    const phone = await atAnotherNumber()
    const { faults } = app.project
    await faults.add({ action: 'wx.openApi', answer: { kind: 'reset-after' }, times: 1 })
    await allow(app.project, '13900139000')
    expect(await phone.page()).toContain(LOGIN_PAGE)
    await phone.see(ERROR_TEXTS.PHONE_CODE_INVALID)
    await allow(app.project)
    expect(await phone.page()).toBe(DEVICES_PAGE)
    await phone.back()
    await phone.see('139****9000')
  })
})

describe('a silent login that failed', () => {
  it('is tried again by 再试一次 on the login page to which it led', async () => {
    const phone = await loggedInAtHome(app.project)
    await phone.evaluate(({ wx }) => wx.clearStorageSync())
    await phone.open('account/pages/account/account')
    const end = await loseCalls(phone)
    await phone.tap('.login')
    await phone.see(ERROR_TEXTS.OFFLINE)
    end()
    await phone.tap(RETRY)
    expect(await phone.page()).toBe('account/pages/account/account')
    await phone.see(TEXTS.account.logout)
  })
})
