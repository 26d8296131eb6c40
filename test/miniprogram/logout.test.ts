import { describe, expect, it } from 'vitest'
import { offline } from './deliver.ts'
import { spoilToken, stored, tripsOf } from './inside.ts'
import { MASKED, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()

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
    expect(phone.callsOf('login')).toEqual([
      { name: 'login', data: { device: { model: expect.any(String), platform: expect.any(String) } } },
    ])
    expect(traveller.tripDocuments).toHaveLength(2)
  })

  it('clears the phone whatever the cloud answers', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    phone.deliver = offline
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
