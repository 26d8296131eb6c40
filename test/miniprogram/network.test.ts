import { describe, expect, it } from 'vitest'
import { type CloudCall, type CloudNetwork, OFFLINE, offline } from 'wechat-cloud-emulator/testing/simulator'
import type { Phone } from './phone/phone.ts'
import { CITY, MASKED, PHONE_NUMBER, type PhoneUser, useTestUsers } from './phone-user.ts'
import { ERROR_TEXTS } from './texts.ts'

const newTestUser = useTestUsers()

const withCode = (phone: Phone) => phone.callsOf('login').filter(({ data }) => 'phoneCode' in data)
const isWithCode = ({ name, data }: CloudCall) => name === 'login' && 'phoneCode' in data

/** Somebody new on the login page, the box ticked. */
async function atTheButton(): Promise<PhoneUser> {
  const testUser = await newTestUser()
  await testUser.save()
  testUser.phone.calls.length = 0
  return testUser
}

describe('网络异常', () => {
  it('is shown, loses nothing, and the trip is saved once when the network is back', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    phone.goOffline()
    phone.calls.length = 0
    await testUser.save()
    expect(phone.callsOf('trips')).toHaveLength(4)
    expect(phone.text).toContain('网络连接不上')
    expect(phone.tap('.save')).toBe(true)
    await phone.settle()
    phone.goOnline()
    phone.tap('.save')
    await phone.settle()
    expect(phone.toasts.at(-1)).toBe('行程已保存')
    expect(testUser.tripDocuments).toHaveLength(2)
    expect(new Set(phone.callsOf('trips').map(({ data }) => data['key'])).size).toBe(1)
  })

  it('is not noticed when a retry gets through', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    failFirst(phone, 2, () => Promise.reject(OFFLINE))
    await testUser.save()
    expect(phone.toasts.at(-1)).toBe('行程已保存')
  })

  it('saves once though the answer to the first save was lost', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    failFirst(phone, 1, async (call, cloud) => {
      await cloud(call)
      throw OFFLINE
    })
    await testUser.save()
    expect(phone.callsOf('trips').length).toBeGreaterThan(2)
    expect(testUser.tripDocuments).toHaveLength(2)
  })

  it('ends a call that hangs at its deadline', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    phone.deliver = () => new Promise(() => {})
    phone.clock.isHurried = true
    phone.tap('.save')
    await phone.until(() => phone.text.includes('等了很久'))
    expect(phone.data['saving']).toBe(false)
  })

  it('shows why the list is empty, and loads it on the next tap', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    phone.goOffline()
    await phone.launch('pages/trips/trips')
    expect(phone.text).toContain('网络连接不上')
    phone.goOnline()
    phone.tap('.notice >>> .action')
    await phone.settle()
    expect(phone.text).toContain(CITY)
  })
})

describe('a phone code whose answer was lost', () => {
  it('is not sent again when it had been used: a silent login shows that the user is in', async () => {
    const testUser = await atTheButton()
    const { phone } = testUser
    failFirst(phone, 1, async (call, cloud) => {
      await cloud(call)
      throw OFFLINE
    })
    await testUser.allow()
    expect(phone.route).toBe('index')
    expect(withCode(phone)).toHaveLength(1)
    expect(phone.callsOf('login').map((call) => isWithCode(call))).toEqual([true, false])
    expect(testUser.tripDocuments).toHaveLength(1)
  })

  it('is sent again when the silent login shows that it never arrived', async () => {
    const testUser = await atTheButton()
    const { phone } = testUser
    failFirst(phone, 1, offline)
    await testUser.allow()
    expect(phone.route).toBe('index')
    expect(phone.callsOf('login').map((call) => isWithCode(call))).toEqual([true, false, true])
  })

  it('logs in although the first try arrived only after the silent login', async () => {
    const testUser = await atTheButton()
    const { phone } = testUser
    const cloud = phone.deliver
    let late: CloudCall | undefined
    phone.deliver = async (call) => {
      if (isWithCode(call) && late === undefined) {
        late = call
        throw OFFLINE
      }
      if (isWithCode(call) && late) await cloud(late)
      return cloud(call)
    }
    await testUser.allow()
    expect(phone.route).toBe('index')
    expect(phone.callsOf('login').map((call) => isWithCode(call))).toEqual([true, false, true, false])
    expect(testUser.kit.users().filter(({ openid }) => openid === testUser.openid)).toHaveLength(1)
  })

  it('is never sent twice without a silent login in between, even during a long outage', async () => {
    const testUser = await atTheButton()
    const { phone } = testUser
    phone.goOffline()
    await testUser.allow()
    expect(phone.route).toBe('login')
    expect(phone.text).toContain('网络连接不上')
    expect(withCode(phone)).toHaveLength(1)
  })

  it('is redeemed by 再试一次, without a new authorization', async () => {
    const testUser = await atTheButton()
    const { phone } = testUser
    phone.goOffline()
    await testUser.allow()
    phone.goOnline()
    phone.calls.length = 0
    phone.tap('.notice >>> .action')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(phone.callsOf('login').map((call) => isWithCode(call))).toEqual([false, true])
    expect(testUser.tripDocuments).toHaveLength(1)
  })

  it('is not sent after its five minutes', async () => {
    const testUser = await atTheButton()
    const { phone } = testUser
    phone.goOffline()
    await testUser.allow()
    phone.calls.length = 0
    phone.clock.aheadMilliseconds += 5 * 60 * 1000
    phone.tap('.notice >>> .action')
    await phone.settle()
    expect(phone.calls).toEqual([])
    expect(phone.text).toContain('手机号授权已过期')
  })

  it('brings the new number although its answer was lost', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await testUser.logOut()
    await testUser.open('devices')
    phone.tap('.other-number')
    failFirst(phone, 1, offline)
    await testUser.allow('13900139000')
    expect(phone.route).toBe('devices')
    phone.back()
    expect(phone.text).toContain('139****9000')
  })

  it('brings a new number with the mask of the old one, and the same number once more, too', async () => {
    for (const phoneNumber of ['13899998000', PHONE_NUMBER]) {
      const testUser = await newTestUser()
      const { phone } = testUser
      await testUser.logIn()
      await testUser.logOut()
      await testUser.open('devices')
      phone.tap('.other-number')
      const before = testUser.userDocument?.['phoneVerifiedAt']
      failFirst(phone, 1, async (call, cloud) => {
        await cloud(call)
        throw OFFLINE
      })
      await testUser.allow(phoneNumber)
      expect(phone.route).toBe('devices')
      phone.back()
      expect(phone.text).toContain(MASKED)
      expect(testUser.userDocument?.['phoneVerifiedAt']).not.toEqual(before)
    }
  })

  it('does not let the user in under the old number when WeChat’s answer with the new one was lost', async () => {
    const testUser = await newTestUser()
    const { phone, kit } = testUser
    await testUser.logIn()
    await testUser.logOut()
    await testUser.open('devices')
    phone.tap('.other-number')
    kit.cloud.faults.add({ action: 'wx.openApi', answer: { kind: 'reset-after' }, times: 1 })
    await testUser.allow('13900139000')
    expect(phone.route).toBe('login')
    expect(phone.text).toContain(ERROR_TEXTS.PHONE_CODE_INVALID)
    await testUser.allow('13900139000')
    expect(phone.route).toBe('devices')
    phone.back()
    expect(phone.text).toContain('139****9000')
  })
})

describe('a silent login that failed', () => {
  it('is tried again by 再试一次 on the login page to which it led', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    phone.storage.clear()
    await phone.launch('account/pages/account/account')
    phone.goOffline()
    phone.tap('.login')
    await phone.settle()
    expect(phone.text).toContain(ERROR_TEXTS.OFFLINE)
    phone.goOnline()
    phone.tap('.notice >>> .action')
    await phone.settle()
    expect(phone.route).toBe('account')
    expect(phone.text).toContain('退出登录')
  })
})

/** The next calls, this many, meet a fault; after them the cloud is as before. */
function failFirst(
  phone: Phone,
  count: number,
  fault: (call: CloudCall, cloud: CloudNetwork) => Promise<unknown>,
): void {
  const cloud = phone.deliver
  let left = count
  phone.deliver = (call) => (left-- > 0 ? fault(call, cloud) : cloud(call))
}
