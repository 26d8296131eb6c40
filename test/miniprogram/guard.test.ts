import { describe, expect, it } from 'vitest'
import { HeldAnswer, isCallOf } from './held.ts'
import { loggedOut, spoilToken, stored, tripsOf } from './inside.ts'
import { CITY, MASKED, OWN_PAGES, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()

describe('多页面登录拦截', () => {
  it('lets everybody browse, and leads to the login page from each guarded place', async () => {
    const { phone } = await newTraveller()
    for (const page of ['agreement', 'privacy', 'account']) {
      await phone.launch(`pages/${page}/${page}`)
      expect(phone.route).toBe(page)
    }
    for (const page of Object.keys(OWN_PAGES)) {
      await phone.launch(`pages/${page}/${page}`)
      expect(phone.route).toBe(page)
      phone.tap('.wall >>> .login')
      await phone.settle()
      expect(phone.route).toBe('login')
    }
    for (const item of Object.values(OWN_PAGES)) {
      await phone.launch('pages/account/account')
      phone.tap(item)
      await phone.settle()
      expect(phone.route).toBe('login')
    }
    expect(phone.calls.every(({ name }) => name === 'login')).toBe(true)
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
    phone.tap('.wall >>> .login')
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

  it('opens no second login page for what needs a login while one is open', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.save()
    const navigations = [...phone.navigations]
    const session = phone.module<{ requireLogin(action: () => void): Promise<void> }>('services/session.js')
    await session.requireLogin(() => {})
    await phone.settle()
    expect(phone.navigations).toEqual(navigations)
    expect(phone.route).toBe('login')
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
    phone.gesture('onReachBottom')
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

  it('goes on with the new token, without a second login, when one more call turns out to have failed', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    spoilToken(traveller)
    phone.calls.length = 0
    const late = new HeldAnswer(phone, isCallOf('trips', 'list'))
    const first = tripsOf(phone).listTrips()
    await late.waiting()
    expect(await tripsOf(phone).listTrips()).toMatchObject({ ok: true })
    await late.arrives()
    expect(await first).toMatchObject({ ok: true })
    expect(phone.callsOf('login')).toHaveLength(1)
  })

  it('does not loop when the new token is refused as well', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    const cloud = phone.deliver
    const refusal = { code: 403, reason: 'TOKEN_SIGNATURE', message: '', requestId: 'r' }
    phone.deliver = async (call) => (call.name === 'trips' ? { result: refusal } : cloud(call))
    spoilToken(traveller)
    phone.calls.length = 0
    expect(await tripsOf(phone).listTrips()).toEqual({ ok: false, failure: 'UPDATING' })
    expect(phone.calls.map(({ name }) => name)).toEqual(['trips', 'login', 'trips'])
    phone.calls.length = 0
    expect(await tripsOf(phone).listTrips()).toEqual({ ok: false, failure: 'UPDATING' })
    expect(phone.calls.map(({ name }) => name)).toEqual(['trips'])
  })

  it.each([
    ['is not new any more', 5 * 60 * 1000],
    ['is as old as nobody knows, since the clock was put back', -60 * 60 * 1000],
  ])('asks for another token where the refused one %s', async (_name, milliseconds) => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    phone.clock.aheadMilliseconds += milliseconds
    const cloud = phone.deliver
    const refusal = { code: 403, reason: 'TOKEN_SIGNATURE', message: '', requestId: 'r' }
    phone.deliver = async (call) => (call.name === 'trips' ? { result: refusal } : cloud(call))
    phone.calls.length = 0
    await tripsOf(phone).listTrips()
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
    expect(stored(traveller)).toEqual(loggedOut(MASKED))
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
