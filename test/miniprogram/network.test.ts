import { describe, expect, it } from 'vitest'
import { ENDING_TEXTS } from '../../miniprogram/utils/texts.ts'
import { type CloudCall, type Deliver, OFFLINE, offline } from './deliver.ts'
import type { Phone } from './phone.ts'
import { CITY, MASKED, PHONE_NUMBER, type Traveller, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()

const withCode = (phone: Phone) => phone.callsOf('login').filter(({ data }) => 'phoneCode' in data)
const isWithCode = ({ name, data }: CloudCall) => name === 'login' && 'phoneCode' in data

/** Somebody new on the login page, the box ticked. */
async function atTheButton(): Promise<Traveller> {
  const traveller = await newTraveller()
  await traveller.save()
  traveller.phone.calls.length = 0
  return traveller
}

describe('网络异常', () => {
  it('tells the user, loses nothing, and saves once when the network is back', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    phone.goOffline()
    phone.calls.length = 0
    await traveller.save()
    expect(phone.callsOf('trips')).toHaveLength(4)
    expect(phone.text).toContain('网络连接不上')
    expect(phone.tap('.save')).toBe(true)
    await phone.settle()
    phone.goOnline()
    phone.tap('.save')
    await phone.settle()
    expect(phone.toasts.at(-1)).toBe('行程已保存')
    expect(traveller.tripDocuments).toHaveLength(2)
    expect(new Set(phone.callsOf('trips').map(({ data }) => data['key'])).size).toBe(1)
  })

  it('is not noticed when a retry gets through', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    failFirst(phone, 2, () => Promise.reject(OFFLINE))
    await traveller.save()
    expect(phone.toasts.at(-1)).toBe('行程已保存')
  })

  it('saves once though the answer to the first save was lost', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    failFirst(phone, 1, async (call, cloud) => {
      await cloud(call)
      throw OFFLINE
    })
    await traveller.save()
    expect(phone.callsOf('trips').length).toBeGreaterThan(2)
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  it('is over for a call that hangs when its time is up', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    phone.deliver = () => new Promise(() => {})
    phone.clock.isHurried = true
    phone.tap('.save')
    await phone.until(() => phone.text.includes('等了很久'))
    expect(phone.data['saving']).toBe(false)
  })

  it('shows why the list is empty, and loads it on the next tap', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
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
    const traveller = await atTheButton()
    const { phone } = traveller
    failFirst(phone, 1, async (call, cloud) => {
      await cloud(call)
      throw OFFLINE
    })
    await traveller.allow()
    expect(phone.route).toBe('index')
    expect(withCode(phone)).toHaveLength(1)
    expect(phone.callsOf('login').map((call) => isWithCode(call))).toEqual([true, false])
    expect(traveller.tripDocuments).toHaveLength(1)
  })

  it('is sent again when the silent login shows that it never arrived', async () => {
    const traveller = await atTheButton()
    const { phone } = traveller
    failFirst(phone, 1, offline)
    await traveller.allow()
    expect(phone.route).toBe('index')
    expect(phone.callsOf('login').map((call) => isWithCode(call))).toEqual([true, false, true])
  })

  it('lets the user in though the first try arrived only after the silent login', async () => {
    const traveller = await atTheButton()
    const { phone } = traveller
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
    await traveller.allow()
    expect(phone.route).toBe('index')
    expect(phone.callsOf('login').map((call) => isWithCode(call))).toEqual([true, false, true, false])
    expect(traveller.kit.users().filter(({ openid }) => openid === traveller.openid)).toHaveLength(1)
  })

  it('is never sent twice without a silent login in between, however long the network is away', async () => {
    const traveller = await atTheButton()
    const { phone } = traveller
    phone.goOffline()
    await traveller.allow()
    expect(phone.route).toBe('login')
    expect(phone.text).toContain('网络连接不上')
    expect(withCode(phone)).toHaveLength(1)
  })

  it('is used up by 再试一次, without a new authorization', async () => {
    const traveller = await atTheButton()
    const { phone } = traveller
    phone.goOffline()
    await traveller.allow()
    phone.goOnline()
    phone.calls.length = 0
    phone.tap('.notice >>> .action')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(phone.callsOf('login').map((call) => isWithCode(call))).toEqual([false, true])
    expect(traveller.tripDocuments).toHaveLength(1)
  })

  it('is not tried any more once its five minutes are over', async () => {
    const traveller = await atTheButton()
    const { phone } = traveller
    phone.goOffline()
    await traveller.allow()
    phone.calls.length = 0
    phone.clock.aheadMilliseconds += 5 * 60 * 1000
    phone.tap('.notice >>> .action')
    await phone.settle()
    expect(phone.calls).toEqual([])
    expect(phone.text).toContain('手机号授权已过期')
  })

  it('brings the new number though its answer was lost', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.logOut()
    phone.tap('.login')
    await phone.settle()
    phone.tap('.other-number')
    failFirst(phone, 1, offline)
    await traveller.allow('13900139000')
    expect(phone.route).toBe('account')
    expect(phone.text).toContain('139****9000')
  })

  it('brings a new number with the mask of the old one, and the same number once more, too', async () => {
    for (const phoneNumber of ['13899998000', PHONE_NUMBER]) {
      const traveller = await newTraveller()
      const { phone } = traveller
      await traveller.logIn()
      await traveller.logOut()
      phone.tap('.login')
      await phone.settle()
      phone.tap('.other-number')
      const before = traveller.userDocument?.['phoneVerifiedAt']
      failFirst(phone, 1, async (call, cloud) => {
        await cloud(call)
        throw OFFLINE
      })
      await traveller.allow(phoneNumber)
      expect(phone.route).toBe('account')
      expect(phone.text).toContain(MASKED)
      expect(traveller.userDocument?.['phoneVerifiedAt']).not.toEqual(before)
    }
  })

  it('does not let the user in under the old number when WeChat’s answer with the new one was lost', async () => {
    const traveller = await newTraveller()
    const { phone, kit } = traveller
    await traveller.logIn()
    await traveller.logOut()
    phone.tap('.login')
    await phone.settle()
    phone.tap('.other-number')
    kit.cloud.faults.add({ action: 'wx.openApi', answer: { kind: 'reset-after' }, times: 1 })
    await traveller.allow('13900139000')
    expect(phone.route).toBe('login')
    expect(phone.text).toContain(ENDING_TEXTS.PHONE_CODE_INVALID)
    await traveller.allow('13900139000')
    expect(phone.route).toBe('account')
    expect(phone.text).toContain('139****9000')
  })
})

describe('a silent login that failed', () => {
  it('is tried again by 再试一次 on the login page to which it led', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    phone.storage.clear()
    await phone.launch('pages/account/account')
    phone.goOffline()
    phone.tap('.login')
    await phone.settle()
    expect(phone.text).toContain(ENDING_TEXTS.OFFLINE)
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
  fault: (call: CloudCall, cloud: Deliver) => Promise<unknown>,
): void {
  const cloud = phone.deliver
  let left = count
  phone.deliver = (call) => (left-- > 0 ? fault(call, cloud) : cloud(call))
}
