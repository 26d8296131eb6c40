import { describe, expect, it } from 'vitest'
import type { Phone } from './phone.ts'
import { CITY, DAY, MASKED, type Traveller, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()

interface Stored {
  login?: { token: string; expiresAt: number; userInfo: object }
  staysOut: boolean
  lastPhone: string
}
const stored = ({ phone }: Traveller) => phone.storage.get('login') as Stored

/** What services/trips.ts offers, called as a page would. */
interface Trips {
  listTrips(): Promise<{ ok: true; data: { trips: { city: string }[] } } | { ok: false; failure: string }>
}
interface LoginStorage {
  keepLogin(login: object): void
}
const tripsOf = (phone: Phone) => phone.module<Trips>('services/trips.js')

/** As if the token had gone bad while the app was open. */
function spoilToken(traveller: Traveller, token = 'garbled'): void {
  const { login } = stored(traveller)
  traveller.phone.module<LoginStorage>('utils/login-storage.js').keepLogin({ ...login, token })
}

describe('登录状态持久化', () => {
  it('is logged in at once when the app is opened again, and checks behind the scenes', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    phone.calls.length = 0
    const cloud = phone.deliver
    let isChecked = false
    phone.deliver = async (call) => {
      expect(phone.module<{ getUserInfo(): object }>('services/session.js').getUserInfo()).toMatchObject({
        phone: MASKED,
      })
      isChecked = true
      return cloud(call)
    }
    await phone.launch()
    expect(isChecked).toBe(true)
    expect(phone.calls.map(({ name }) => name)).toEqual(['checkToken'])
    await traveller.save()
    expect(phone.route).toBe('index')
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  it('keeps token, its end and masked user info on the phone, and nothing more', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    expect([...traveller.phone.storage.keys()]).toEqual(['login'])
    expect(stored(traveller)).toEqual({
      login: {
        token: expect.any(String),
        expiresAt: expect.any(Number),
        userInfo: { id: expect.any(String), phone: MASKED, nickname: expect.any(String), avatar: '' },
      },
      staysOut: false,
      lastPhone: MASKED,
    })
  })

  it('stores the new token that the background check brings when half of the old one’s life is over', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    const before = stored(traveller).login
    await traveller.wait(20 * DAY)
    await traveller.phone.launch()
    const after = stored(traveller).login
    expect(after?.token).not.toBe(before?.token)
    expect(after?.expiresAt).toBeGreaterThan(Number(before?.expiresAt))
  })

  it('shows fresh user info after the background check', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    const document = traveller.userDocument
    traveller.kit.cloud.database.putDocument('users', { ...document, nickname: '小海' } as never)
    await traveller.phone.launch()
    expect(traveller.phone.text).toContain('小海')
  })

  it.each([
    ['nothing', ''],
    ['an older shape', { token: 't' }],
    ['a string', 'login'],
    ['a number for a token', { login: { token: 1, expiresAt: 2, userInfo: {} } }],
    ['user info without a phone', { login: { token: 't', expiresAt: 9e15, userInfo: { id: 'u' } } }],
    ['a full number as the last phone', { lastPhone: '13800138000' }],
  ])('opens with %s in storage, logged out and asking nobody', async (_, value) => {
    const { phone } = await newTraveller()
    phone.storage.set('login', value)
    await phone.launch()
    expect(phone.text).toContain('登录')
    expect(phone.calls).toEqual([])
    await phone.launch('pages/login/login')
    expect(phone.find('.one-tap')).toBeUndefined()
  })

  it('lives through a storage that neither reads nor writes', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    const broken = () => {
      throw new Error('storage fail')
    }
    Object.assign(phone.wx, { getStorageSync: broken, setStorageSync: broken })
    await phone.launch()
    await traveller.logIn()
    expect(traveller.tripDocuments).toHaveLength(1)
    await traveller.save()
    expect(traveller.tripDocuments).toHaveLength(2)
  })
})

describe('token 过期后重新登录', () => {
  it('is silent for a known user at launch: no prompt, no phone code', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.wait(31 * DAY)
    phone.calls.length = 0
    await phone.launch()
    expect(phone.calls.map(({ name, data }) => ({ name, data }))).toEqual([{ name: 'login', data: {} }])
    expect(phone.route).toBe('index')
    expect(phone.navigations).not.toContain('/pages/login/login?because=TOKEN_EXPIRED')
    await traveller.save()
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  it('is silent in the middle of a save, which then goes on', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    await traveller.wait(31 * DAY)
    traveller.phone.calls.length = 0
    await traveller.save()
    expect(traveller.phone.calls.map(({ name }) => name)).toEqual(['trips', 'login', 'trips'])
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  it('keeps the old login for the next launch when there is no network', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.wait(31 * DAY)
    const cloud = phone.deliver
    phone.deliver = () => Promise.reject({ errCode: -601001, errMsg: 'request:fail' })
    await phone.launch()
    expect(phone.text).toContain('收藏并保存行程')
    phone.deliver = cloud
    await phone.launch()
    await traveller.save()
    expect(phone.route).toBe('index')
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  it('asks for the phone number where the account is gone', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    traveller.kit.cloud.database.removeDocument('users', String(traveller.userDocument?.['_id']))
    await traveller.wait(31 * DAY)
    await traveller.phone.launch()
    await traveller.save()
    expect(traveller.phone.route).toBe('login')
  })
})

describe('退出登录', () => {
  it('ends the session in the cloud and on the phone', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    const token = stored(traveller).login?.token
    await traveller.logOut()
    expect(traveller.phone.text).toContain('未登录')
    expect(traveller.phone.text).not.toContain(MASKED)
    expect(stored(traveller)).toEqual({ staysOut: true, lastPhone: MASKED })
    expect(await traveller.kit.checkToken(traveller.openid, { token })).toMatchObject({
      reason: 'SESSION_REVOKED',
    })
  })

  it('stays out until the user asks; then one tap, without a phone authorization', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.logOut()
    phone.calls.length = 0
    await phone.launch()
    await traveller.save()
    expect(phone.calls).toEqual([])
    expect(phone.route).toBe('login')
    expect(phone.text).toContain(MASKED)
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(phone.callsOf('login')).toEqual([{ name: 'login', data: {} }])
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  it('clears the phone whatever the cloud answers', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    phone.deliver = () => Promise.reject({ errCode: -601001, errMsg: 'request:fail' })
    await traveller.logOut()
    expect(stored(traveller)).toEqual({ staysOut: true, lastPhone: MASKED })
    expect(phone.toasts.at(-1)).toBe('已退出登录')
  })

  it('holds though a silent login was on its way', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    spoilToken(traveller)
    const cloud = phone.deliver
    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    phone.deliver = async (call) => {
      if (call.name === 'login') await held
      return cloud(call)
    }
    const trips = tripsOf(phone).listTrips()
    await phone.until(() => phone.calls.at(-1)?.name === 'login')
    phone.module<{ logout(): Promise<void> }>('services/session.js').logout()
    answer()
    expect(await trips).toEqual({ ok: false, failure: 'SIGNED_OUT' })
    await phone.settle()
    expect(stored(traveller)).toEqual({ staysOut: true, lastPhone: MASKED })
    expect(phone.text).not.toContain('旅行者')
  })

  it('offers another number, which takes the old one’s place', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.logOut()
    phone.tap('.login')
    await phone.settle()
    phone.tap('.other-number')
    await traveller.allow('13900139000')
    expect(phone.route).toBe('account')
    expect(phone.text).toContain('139****9000')
    expect(traveller.userDocument).toMatchObject({ phoneMasked: '139****9000' })
  })

  it('asks for consent first when the agreement has changed meanwhile', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.logOut()
    const consent = { version: '2020-01-01', at: new Date() }
    traveller.kit.cloud.database.putDocument('users', { ...traveller.userDocument, consent } as never)
    phone.tap('.login')
    await phone.settle()
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.text).toContain('同意后即可登录')
    phone.tap('.agree')
    await phone.settle()
    expect(phone.route).toBe('account')
    expect(traveller.userDocument).toMatchObject({ consent: { version: '2026-11-01' } })
  })
})

describe('多页面登录拦截', () => {
  it('lets everybody browse, and leads to the login page from each guarded place', async () => {
    const { phone } = await newTraveller()
    for (const page of ['agreement', 'privacy', 'account', 'trips']) {
      await phone.launch(`pages/${page}/${page}`)
      expect(phone.route).toBe(page)
    }
    phone.tap('.login')
    await phone.settle()
    expect(phone.route).toBe('login')
    await phone.launch('pages/account/account')
    phone.tap('.login')
    await phone.settle()
    expect(phone.route).toBe('login')
    await phone.launch()
    phone.tap('.link')
    await phone.settle()
    expect(phone.route).toBe('login')
  })

  it('comes back to the page that asked, which then shows what it guarded', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.logOut()
    await phone.launch('pages/trips/trips')
    expect(phone.text).not.toContain(CITY)
    phone.tap('.login')
    await phone.settle()
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.route).toBe('trips')
    expect(phone.text).toContain(CITY)
  })

  it('goes on to the page that was asked for', async () => {
    const traveller = await newTraveller()
    traveller.phone.tap('.link')
    await traveller.phone.settle()
    await traveller.allow()
    expect(traveller.phone.route).toBe('trips')
    expect(traveller.phone.text).toContain('还没有保存过行程')
  })

  it('opens one login page for two hasty taps', async () => {
    const { phone } = await newTraveller()
    phone.tap('.link')
    phone.tap('.link')
    await phone.settle()
    expect(phone.pages).toHaveLength(2)
    expect(phone.callsOf('login')).toHaveLength(1)
  })

  it('loads the next page of trips at the end of the first', async () => {
    const traveller = await newTraveller()
    const { phone, kit, openid } = traveller
    await traveller.logIn()
    const token = stored(traveller).login?.token
    for (let number = 1; number <= 24; number++) {
      await kit.call('trips', openid, {
        token,
        action: 'save',
        key: `number-${number}`,
        city: `城${number}`,
        days: 2,
      })
    }
    await phone.launch('pages/trips/trips')
    expect(phone.data['trips']).toHaveLength(20)
    const { onReachBottom } = phone.page.instance as unknown as { onReachBottom(): void }
    onReachBottom.call(phone.page.instance)
    await phone.settle()
    expect(phone.data['trips']).toHaveLength(25)
    expect(phone.text).toContain('没有更多了')
  })
})

describe('接口鉴权', () => {
  it('sends the token with guarded calls and with no other', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    const token = stored(traveller).login?.token
    const sent = traveller.phone.calls.map(({ name, data }) => [name, data['token'] === token])
    expect(sent.filter(([name]) => name === 'login').every(([, hasToken]) => !hasToken)).toBe(true)
    expect(sent.filter(([name]) => name === 'trips')).toEqual([['trips', true]])
  })

  it('makes ten calls that fail together with 403 wait for one login, and go on', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    spoilToken(traveller)
    phone.calls.length = 0
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => tripsOf(phone).listTrips()))
    expect(outcomes.every((outcome) => outcome.ok && outcome.data.trips[0]?.city === CITY)).toBe(true)
    expect(phone.callsOf('login')).toHaveLength(1)
    expect(phone.callsOf('trips')).toHaveLength(20)
    expect(phone.navigations.filter((url) => url.includes('login'))).toHaveLength(1)
  })

  it('asks once, not once per call, when only the user can help', async () => {
    const traveller = await newTraveller()
    const { phone, kit } = traveller
    await traveller.logIn()
    kit.cloud.database.putDocument('users', { ...traveller.userDocument, phoneHash: '' } as never)
    spoilToken(traveller)
    phone.calls.length = 0
    phone.navigations.length = 0
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => tripsOf(phone).listTrips()))
    await phone.settle()
    expect(outcomes).toEqual(Array.from({ length: 10 }, () => ({ ok: false, failure: 'SIGNED_OUT' })))
    expect(phone.callsOf('login')).toHaveLength(1)
    expect(phone.navigations).toEqual(['/pages/login/login'])
  })

  it('leaves a user in peace who was asked and said no, when one more call turns out to have failed', async () => {
    const traveller = await newTraveller()
    const { phone, kit } = traveller
    await traveller.logIn()
    kit.cloud.database.putDocument('users', { ...traveller.userDocument, phoneHash: '' } as never)
    spoilToken(traveller)
    phone.calls.length = 0
    phone.navigations.length = 0
    let answerLate = () => {}
    const late = new Promise<void>((resolve) => {
      answerLate = resolve
    })
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      if (phone.callsOf('trips').length === 1) await late
      return cloud(call)
    }
    const first = tripsOf(phone).listTrips()
    await tripsOf(phone).listTrips()
    await phone.until(() => phone.route === 'login')
    phone.tap('.later')
    await phone.until(() => phone.route === 'index')
    answerLate()
    expect(await first).toEqual({ ok: false, failure: 'SIGNED_OUT' })
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(phone.callsOf('login')).toHaveLength(1)
  })

  it('does not loop when the new token is refused as well', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    const cloud = phone.deliver
    const refusal = { code: 403, reason: 'TOKEN_SIGNATURE', message: '', requestId: 'r' }
    phone.deliver = async (call) => (call.name === 'trips' ? { result: refusal } : cloud(call))
    phone.calls.length = 0
    expect(await tripsOf(phone).listTrips()).toEqual({ ok: false, failure: 'TOKEN_SIGNATURE' })
    expect(phone.calls.map(({ name }) => name)).toEqual(['trips', 'login', 'trips'])
  })

  it('never shows one person’s trips to another who holds their token', async () => {
    const [owner, thief] = [await newTraveller(), await newTraveller()]
    await owner.phone.launch()
    await owner.logIn()
    thief.phone.storage.set('login', stored(owner))
    await thief.phone.launch()
    expect(stored(thief).login).toBeUndefined()
    await thief.phone.launch('pages/trips/trips')
    expect(thief.phone.text).not.toContain(CITY)
  })

  it('tells a user whose session was ended elsewhere, and heals nothing behind their back', async () => {
    const traveller = await newTraveller()
    const { phone, kit, openid } = traveller
    await traveller.logIn()
    await kit.call('logout', openid, { token: stored(traveller).login?.token })
    phone.calls.length = 0
    await traveller.save()
    expect(phone.calls.map(({ name }) => name)).toEqual(['trips'])
    expect(phone.route).toBe('login')
    expect(phone.text).toContain('已在其他设备退出登录')
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  it('tells it at launch too, and lets the user browse', async () => {
    const traveller = await newTraveller()
    const { phone, kit, openid } = traveller
    await traveller.logIn()
    await kit.call('logout', openid, { token: stored(traveller).login?.token })
    await phone.launch()
    expect(phone.route).toBe('index')
    expect(phone.modal?.content).toContain('已在其他设备退出登录')
    expect(stored(traveller)).toEqual({ staysOut: true, lastPhone: MASKED })
  })

  it('tells a disabled user why, at the action and at launch', async () => {
    const traveller = await newTraveller()
    const { phone, kit } = traveller
    await traveller.logIn()
    kit.cloud.database.putDocument('users', { ...traveller.userDocument, status: 'disabled' } as never)
    await traveller.save()
    expect(phone.text).toContain('账号已被停用')
    expect(stored(traveller).login).toBeUndefined()
    expect(phone.callsOf('login').filter(({ data }) => !('phoneCode' in data))).toHaveLength(1)
    await traveller.save()
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.text).toContain('账号已被停用')
  })
})
