import { afterEach, describe, expect, it } from 'vitest'
import { OFFLINE } from 'wechat-cloud-emulator/testing/simulator'
import { spoilToken, stored } from './app-state.ts'
import { MASKED, type PhoneUser, useTestUsers } from './phone-user.ts'
import { ERROR_TEXTS } from './texts.ts'

const newTestUser = useTestUsers()
let testUser: PhoneUser
afterEach(() => testUser.kit.cloud.faults.clear())

const BUTTON = '.changer >>> .change >>> .phone-button'
const NEW_NUMBER = '13900139000'
const NEW_MASKED = '139****9000'
/** Masked as the number that testUsers log in with. */
const SAME_MASK = '13899998000'

async function onAccountPage(): Promise<PhoneUser> {
  testUser = await newTestUser()
  await testUser.logIn()
  testUser.phone.tap('.account')
  await testUser.phone.settle()
  testUser.phone.calls.length = 0
  return testUser
}

/** Taps 更换手机号 and allows. */
async function change(phoneNumber = NEW_NUMBER): Promise<void> {
  const { phone } = testUser
  expect(phone.tap(BUTTON)).toBe(true)
  phone.fire(BUTTON, 'getphonenumber', await testUser.allowed(phoneNumber))
  await phone.settle()
}

const actions = () => testUser.phone.callsOf('account').map(({ data }) => data['action'])
const proofs = () =>
  testUser.phone
    .callsOf('account')
    .filter(({ data }) => data['action'] === 'changePhone')
    .map(({ data }) => ('ticket' in data ? 'ticket' : 'code'))

describe('更换手机号', () => {
  it('puts the new number on the account and on the screen', async () => {
    const { phone } = await onAccountPage()
    expect(phone.text).toContain(MASKED)
    await change()
    expect(phone.toasts.at(-1)).toBe('手机号已更新')
    expect(phone.text).toContain(NEW_MASKED)
    expect(testUser.userDocument).toMatchObject({ phoneMasked: NEW_MASKED })
    expect(JSON.stringify([...phone.storage])).toContain(NEW_MASKED)
    expect(JSON.stringify([...phone.storage])).not.toContain(NEW_NUMBER)
  })

  it('is shown when it is refused, and calls nothing', async () => {
    const { phone } = await onAccountPage()
    phone.tap(BUTTON)
    expect(phone.tap(BUTTON)).toBe(false)
    phone.fire(BUTTON, 'getphonenumber', { errno: 103, errMsg: 'getPhoneNumber:fail user deny' })
    await phone.settle()
    expect(phone.text).toContain(ERROR_TEXTS.DENIED)
    expect(phone.calls).toEqual([])
    await change()
    expect(phone.text).toContain(NEW_MASKED)
  })

  it('spends one code for the two answers of a double tap', async () => {
    const { phone } = await onAccountPage()
    const [first, second] = [await testUser.allowed(NEW_NUMBER), await testUser.allowed(NEW_NUMBER)]
    phone.tap(BUTTON)
    phone.fire(BUTTON, 'getphonenumber', first)
    phone.fire(BUTTON, 'getphonenumber', second)
    await phone.settle()
    expect(proofs()).toEqual(['code'])
  })

  it('sees in the account that a try with a lost answer succeeded', async () => {
    const { phone } = await onAccountPage()
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      phone.deliver = cloud
      await cloud(call)
      throw OFFLINE
    }
    await change()
    expect(actions()).toEqual(['changePhone', 'get'])
    expect(phone.text).toContain(NEW_MASKED)
  })

  it('sees that too when the new number has the mask of the old one', async () => {
    const { phone } = await onAccountPage()
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      phone.deliver = cloud
      await cloud(call)
      throw OFFLINE
    }
    const before = testUser.userDocument?.['phoneHash']
    await change(SAME_MASK)
    expect(phone.toasts.at(-1)).toBe('手机号已更新')
    expect(actions()).toEqual(['changePhone', 'get'])
    expect(testUser.userDocument).toMatchObject({ phoneMasked: MASKED })
    expect(testUser.userDocument?.['phoneHash']).not.toBe(before)
  })

  it('sees by 再试一次 that it succeeded, although the app knows the new number already', async () => {
    const { phone } = await onAccountPage()
    const cloud = phone.deliver
    // It arrives, and from then on nothing is answered.
    phone.deliver = async (call) => {
      await cloud(call)
      throw OFFLINE
    }
    await change(SAME_MASK)
    expect(phone.text).toContain(ERROR_TEXTS.OFFLINE)
    phone.deliver = cloud
    const { token } = stored(testUser).login ?? {}
    const account = await cloud({ name: 'account', data: { action: 'get', token } })
    const { data } = (account as { result: { data: { userInfo: object } } }).result
    const state = phone.module<{ updateUserInfo(userInfo: object, field: 'phone'): void }>(
      'auth/session/session-state.js',
    )
    state.updateUserInfo(data.userInfo, 'phone')
    phone.tap('.changer >>> .notice >>> .action')
    await phone.settle()
    expect(phone.toasts.at(-1)).toBe('手机号已更新')
    expect(phone.text).not.toContain(ERROR_TEXTS.PHONE_CODE_INVALID)
  })

  it('sends the code again when the account shows that it never arrived', async () => {
    const { phone } = await onAccountPage()
    const cloud = phone.deliver
    phone.deliver = () => {
      phone.deliver = cloud
      return Promise.reject(OFFLINE)
    }
    await change()
    expect(actions()).toEqual(['changePhone', 'get', 'changePhone'])
    expect(phone.text).toContain(NEW_MASKED)
  })

  it('comes back with the ticket when the number was paid for and could not be stored', async () => {
    const { phone, kit } = await onAccountPage()
    kit.cloud.faults.add({
      action: 'database.modifyDocument',
      target: 'users',
      answer: { kind: 'error', code: 'SYS_ERR', message: 'down' },
      times: 1,
    })
    await change()
    expect(proofs()).toEqual(['code', 'ticket'])
    expect(phone.text).toContain(NEW_MASKED)
  })

  it('keeps the ticket for 再试一次 while the database is down, and no longer than five minutes', async () => {
    const { phone, kit } = await onAccountPage()
    const down = () =>
      kit.cloud.faults.add({
        action: 'database.modifyDocument',
        target: 'users',
        answer: { kind: 'error', code: 'SYS_ERR', message: 'down' },
      })
    down()
    await change()
    expect(phone.text).toContain(ERROR_TEXTS.DATABASE_UNAVAILABLE)
    expect(proofs()).toEqual(['code', 'ticket', 'ticket', 'ticket'])
    kit.cloud.faults.clear()
    phone.tap('.changer >>> .notice >>> .action')
    await phone.settle()
    expect(proofs().at(-1)).toBe('ticket')
    expect(phone.text).toContain(NEW_MASKED)
    down()
    await change()
    await testUser.wait(5 * 60 * 1000)
    phone.calls.length = 0
    phone.tap('.changer >>> .notice >>> .action')
    await phone.settle()
    expect(phone.text).toContain(ERROR_TEXTS.PHONE_CODE_INVALID)
    expect(phone.calls).toEqual([])
  })

  it('renews a refused login, without spending the code twice', async () => {
    const { phone } = await onAccountPage()
    spoilToken(testUser)
    await change()
    expect(phone.calls.map(({ name }) => name)).toEqual(['account', 'login', 'account'])
    expect(phone.text).toContain(NEW_MASKED)
  })
})

it('a mini-program that may not ask for a number says so in the user’s words', async () => {
  testUser = await newTestUser({ phoneRequired: false })
  await testUser.logIn()
  testUser.phone.tap('.account')
  await testUser.phone.settle()
  testUser.phone.tap(BUTTON)
  testUser.phone.fire(BUTTON, 'getphonenumber', { errno: 102, errMsg: 'getPhoneNumber:fail no permission' })
  expect(testUser.phone.text).toContain('此小程序暂时不能使用手机号')
})
