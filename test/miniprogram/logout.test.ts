import { describe, expect, it } from 'vitest'
import { OFFLINE } from './deliver.ts'
import { loggedOut, spoilToken, stored, tripsOf } from './inside.ts'
import { DAY, MASKED, type Traveller, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()

describe('退出登录', () => {
  it('ends the session in the cloud and on the phone', async () => {
    const traveller = await newTraveller()
    await traveller.logIn()
    const token = stored(traveller).login?.token
    await traveller.logOut()
    expect(traveller.phone.text).toContain('未登录')
    expect(traveller.phone.text).not.toContain(MASKED)
    expect(stored(traveller)).toEqual(loggedOut(MASKED))
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
    expect(phone.callsOf('login')).toEqual([
      { name: 'login', data: { device: { model: expect.any(String), platform: expect.any(String) } } },
    ])
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  describe('that did not get through', () => {
    /** Logged out without a network. */
    async function loggedOutOffline() {
      const traveller = await newTraveller()
      const { phone } = traveller
      await traveller.logIn()
      phone.goOffline()
      await traveller.logOut()
      phone.calls.length = 0
      return { traveller, phone }
    }

    const sessionsOf = (traveller: Traveller) => traveller.userDocument?.['sessions']

    it('clears the phone all the same', async () => {
      const { traveller, phone } = await loggedOutOffline()
      expect(stored(traveller)).toEqual(loggedOut(MASKED))
      expect(phone.toasts.at(-1)).toBe('已退出登录')
      expect(phone.text).toContain('未登录')
    })

    it('ends the session when the network is back', async () => {
      const { traveller, phone } = await loggedOutOffline()
      expect(sessionsOf(traveller)).toHaveLength(1)
      phone.goOnline()
      await phone.settle()
      expect(sessionsOf(traveller)).toEqual([])
      expect([...phone.storage.keys()]).toEqual(['login'])
      phone.goOffline()
      phone.goOnline()
      await phone.settle()
      expect(phone.callsOf('logout')).toHaveLength(1)
      expect(stored(traveller)).toEqual(loggedOut(MASKED))
    })

    it('ends it when the app is opened again', async () => {
      const { traveller, phone } = await loggedOutOffline()
      await phone.launch()
      expect(sessionsOf(traveller)).toHaveLength(1)
      phone.switchOff()
      phone.calls.length = 0
      phone.goOnline()
      await phone.launch()
      expect(sessionsOf(traveller)).toEqual([])
      await phone.launch()
      expect(phone.calls.map(({ name }) => name)).toEqual(['logout'])
      expect(phone.text).toContain('登录')
    })

    it('ends it at the next login, and leaves that one alone', async () => {
      const traveller = await newTraveller()
      const { phone } = traveller
      await traveller.logIn()
      const cloud = phone.deliver
      phone.deliver = (call) => (call.name === 'logout' ? Promise.reject(OFFLINE) : cloud(call))
      await traveller.logOut()
      phone.deliver = cloud
      phone.tap('.login')
      await phone.settle()
      phone.tap('.one-tap')
      await phone.settle()
      expect(sessionsOf(traveller)).toHaveLength(1)
      const token = stored(traveller).login?.token
      expect(await traveller.kit.checkToken(traveller.openid, { token })).toMatchObject({ code: 200 })
    })

    it('is not sent again once the session is over by itself, or is none of the user’s', async () => {
      const { traveller, phone } = await loggedOutOffline()
      phone.switchOff()
      phone.goOnline()
      await traveller.wait(31 * DAY)
      await phone.launch()
      expect(phone.calls).toEqual([])
      const strangers = { token: 'garbled', expiresAt: Number.MAX_SAFE_INTEGER }
      phone.storage.set('left-sessions', [strangers, { token: 1 }, null])
      await phone.launch()
      await phone.launch()
      expect(phone.callsOf('logout')).toHaveLength(1)
      expect([...phone.storage.keys()]).toEqual(['login'])
    })

    it('is tried once where nothing can be stored', async () => {
      const traveller = await newTraveller()
      const { phone } = traveller
      await traveller.logIn()
      const full = () => {
        throw new Error('the storage is full')
      }
      Object.assign(phone.wx, { setStorageSync: full })
      await traveller.logOut()
      expect(sessionsOf(traveller)).toEqual([])
      expect(phone.text).toContain('未登录')
    })
  })

  it('holds though a silent login was on its way, and ends the session that it made', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    const { sessions } = traveller.userDocument ?? {}
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
    expect(stored(traveller)).toEqual(loggedOut(MASKED))
    expect(phone.text).not.toContain('旅行者')
    expect(traveller.userDocument).toMatchObject({ sessions })
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
