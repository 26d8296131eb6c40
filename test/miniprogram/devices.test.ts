import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import type { Answer } from '../../contract/answer.ts'
import type { LoginData } from '../../contract/login.ts'
import { succeeded } from '../support/cloud-kit.ts'
import { useProject } from '../support/use-project.ts'
import { loggedOut, type Stored } from './app-state.ts'
import { logInAtHome, saveTrip } from './log-in.ts'
import { tapAndConfirm } from './own-account.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()
const PHONE_NUMBER = '13800138000'
const MASKED = '138****8000'

const call = <Data>(name: string, data: object) =>
  app.project.cloud.call<Answer<Data>>(name, data, { as: app.project.phone.openid })
const stored = async (phone: Phone) => (await phone.storage('login')) as Stored

/** Logs the same person in on another device. @returns its token */
async function loginOn(model: string, platform = 'ios'): Promise<string> {
  return succeeded(await call<LoginData>('login', { device: { model, platform } })).token
}

async function reasonFor(token: string | undefined): Promise<string> {
  const answer = await call('checkToken', { token })
  return answer.code === 200 ? 'living' : answer.reason
}

/** On the home page, logged in. */
async function atHome(): Promise<Phone> {
  const phone = await app.project.phones.of(app.project.phone.openid, { phoneNumber: PHONE_NUMBER })
  await logInAtHome(phone)
  return phone
}

/** From the home page, by way of the account page. */
async function openDevices(phone: Phone): Promise<void> {
  await phone.tap('.account')
  await phone.tap('.item-devices')
}

async function logOut(phone: Phone): Promise<void> {
  await phone.tap('.account')
  await phone.tap('.logout')
  await phone.tap(TEXTS.account.logoutConfirm)
}

/** On the devices page, with an iPhone and a computer beside the phone in hand. */
async function withThree(): Promise<{ phone: Phone; iphone: string; computer: string }> {
  const phone = await atHome()
  const iphone = await loginOn('iPhone 15')
  const computer = await loginOn('', 'windows')
  await openDevices(phone)
  return { phone, iphone, computer }
}

/** Whether the device is listed so, and once. */
async function isListed(phone: Phone, description: string): Promise<boolean> {
  return (await phone.count(new RegExp(`^${description}`))) === 1
}

describe('登录设备', () => {
  it('lists this phone first and marked, with platform and days in words', async () => {
    const phone = await atHome()
    const { clock } = app.project
    await loginOn('iPhone 15')
    await clock.advance('1 day')
    await loginOn('', 'windows')
    await openDevices(phone)
    const { lastSeen, since, current } = TEXTS.devices
    const text = (await phone.text()).replace(/\s+/g, '')
    const devices = [
      `Pixel9Android${lastSeen}今天·${since}昨天${current}`,
      `未知设备Windows${lastSeen}今天·${since}今天`,
      `iPhone15iOS${lastSeen}昨天·${since}昨天`,
    ]
    expect(text).toMatch(new RegExp(devices.join(`(${TEXTS.devices.end})?`)))
    expect(await phone.count(current)).toBe(1)
    await clock.advance('3 days')
    await phone.pullDown()
    await phone.see(/\d+月\d+日/)
  })

  it('ends one after a confirmation, and no other', async () => {
    const { phone, iphone, computer } = await withThree()
    const button = `${TEXTS.devices.end} iPhone 15`
    await phone.tap(button)
    await phone.tap('取消')
    expect(await reasonFor(iphone)).toBe('living')
    await tapAndConfirm(phone, button)
    expect(await phone.toast()).toBe('该设备已退出')
    expect(await phone.count('.device')).toBe(2)
    expect([await isListed(phone, 'Pixel 9'), await isListed(phone, '未知设备')]).toEqual([true, true])
    expect(await reasonFor(iphone)).toBe('SESSION_REVOKED')
    expect(await reasonFor(computer)).toBe('living')
  })

  it('ends all others and stays logged in', async () => {
    const { phone, iphone, computer } = await withThree()
    await tapAndConfirm(phone, '.end-others')
    await phone.see('没有其他设备')
    expect(await phone.count('.device')).toBe(1)
    expect(await isListed(phone, 'Pixel 9')).toBe(true)
    expect(await phone.count('.end-others')).toBe(0)
    expect([await reasonFor(iphone), await reasonFor(computer)]).toEqual([
      'SESSION_REVOKED',
      'SESSION_REVOKED',
    ])
    expect(await reasonFor((await stored(phone)).login?.token)).toBe('living')
  })

  it('ends all, this phone included, and turns automatic login off', async () => {
    const { phone, iphone } = await withThree()
    const token = (await stored(phone)).login?.token
    await tapAndConfirm(phone, '.end-all')
    expect(await phone.page()).toBe('account/pages/account/account')
    await phone.see('未登录')
    expect(await stored(phone)).toEqual(loggedOut(MASKED))
    expect([await reasonFor(iphone), await reasonFor(token)]).toEqual(['SESSION_REVOKED', 'SESSION_REVOKED'])
  })

  it('ends all although the first answer is lost', async () => {
    const { phone, iphone } = await withThree()
    await app.project.faults.loseAnswer('logout', { times: 1 })
    await tapAndConfirm(phone, '.end-all')
    await phone.see('未登录')
    expect(await app.project.cloud.control.get('faults')).toEqual({ faults: [] })
    expect(await reasonFor(iphone)).toBe('SESSION_REVOKED')
  })

  it('shows a failed end, and leaves the list unchanged', async () => {
    const { phone, iphone } = await withThree()
    await phone.goOffline()
    await tapAndConfirm(phone, `${TEXTS.devices.end} iPhone 15`)
    await tapAndConfirm(phone, '.end-all')
    await phone.see(ERROR_TEXTS.OFFLINE)
    expect(await phone.count('.device')).toBe(3)
    expect((await stored(phone)).login).toBeDefined()
    expect(await reasonFor(iphone)).toBe('living')
    await phone.goOnline()
    await tapAndConfirm(phone, '.end-others')
    await phone.see('没有其他设备')
  })

  it('shows why the list is empty, and loads it on the next tap', async () => {
    const phone = await atHome()
    await phone.goOffline()
    await openDevices(phone)
    await phone.see(ERROR_TEXTS.OFFLINE)
    await phone.goOnline()
    await phone.tap('.notice >>> .action')
    await phone.see('没有其他设备')
  })
})

describe('a phone that another one ended', () => {
  it('says 已在其他设备退出 at its next call, not 登录已过期, and shows nothing of the account', async () => {
    const { phone, computer } = await withThree()
    succeeded(await call('logout', { token: computer, scope: 'others' }))
    await phone.pullDown()
    expect(await phone.page()).toContain('pages/login/login')
    expect(await phone.text()).toContain('已在其他设备退出')
    expect(await phone.text()).not.toContain('过期')
    await phone.back()
    expect(await phone.text()).toContain('登录后查看登录过的设备')
    expect(await phone.text()).not.toContain('Pixel 9')
    expect(await reasonFor(computer)).toBe('living')
  })

  it('may log out all the same, which succeeds', async () => {
    const phone = await atHome()
    succeeded(await call('logout', { token: await loginOn('iPhone 15'), scope: 'others' }))
    const before = (await app.project.cloud.logs()).length
    await logOut(phone)
    const calls = (await app.project.cloud.logs()).slice(before)
    expect(calls).toMatchObject([{ functionName: 'logout', result: { code: 200 } }])
    expect(await stored(phone)).toEqual(loggedOut(MASKED))
  })

  it('so does one whose login has expired', async () => {
    const phone = await atHome()
    await app.project.clock.advance('31 days')
    const before = (await app.project.cloud.logs()).length
    await logOut(phone)
    const calls = (await app.project.cloud.logs()).slice(before)
    expect(calls.map(({ functionName }) => functionName)).toEqual(['logout'])
    expect(await stored(phone)).toEqual(loggedOut(MASKED))
  })

  it('is the one that logged in first, when an eleventh does', async () => {
    const phone = await atHome()
    for (let device = 1; device <= 10; device++) await loginOn(`Phone ${device}`)
    await saveTrip(phone)
    expect(await phone.page()).toContain('pages/login/login')
    await phone.see('已在其他设备退出')
  })
})
