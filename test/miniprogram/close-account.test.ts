import { afterEach, describe, expect, it } from 'vitest'
import { ENDING_TEXTS } from '../../miniprogram/utils/texts.ts'
import { OFFLINE } from './deliver.ts'
import { stored } from './inside.ts'
import { picture } from './pictures.ts'
import { MASKED, type Traveller, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()
let traveller: Traveller
afterEach(() => traveller.kit.cloud.faults.clear())

async function onThePage(): Promise<Traveller> {
  traveller = await newTraveller()
  await traveller.logIn()
  await traveller.open('close-account')
  return traveller
}

/** Ticks the box unless it is ticked, taps 注销账号 and says yes. */
async function close(): Promise<void> {
  const { phone } = traveller
  if (!phone.data['understood']) phone.tap('.box')
  expect(phone.tap('.close')).toBe(true)
  phone.answer(true)
  await phone.settle()
}

function expectClosed(): void {
  const { phone } = traveller
  expect(phone.route).toBe('index')
  expect(phone.pages).toHaveLength(1)
  expect(phone.modal?.content).toContain('账号已注销')
  expect(stored(traveller)).toEqual({ staysOut: true, lastPhone: '' })
  expect(traveller.userDocument).toBeUndefined()
}

describe('注销账号', () => {
  it('wants 我已了解 and then a yes', async () => {
    const { phone } = await onThePage()
    for (const text of ['无法恢复', '手机号、昵称和头像', '全部行程', '所有设备']) {
      expect(phone.text).toContain(text)
    }
    expect(phone.tap('.close')).toBe(false)
    // Quicker than the screen that takes the button away.
    phone.fire('.close', 'tap', {})
    expect(phone.modal).toBeUndefined()
    phone.tap('.box')
    expect(phone.tap('.close')).toBe(true)
    phone.answer(false)
    await phone.settle()
    phone.tap('.box')
    expect(phone.tap('.close')).toBe(false)
    expect(phone.callsOf('account')).toEqual([])
    expect(traveller.userDocument).toBeDefined()
  })

  it('deletes user, trips, picture and logins, and leaves nothing on the phone', async () => {
    traveller = await newTraveller()
    const { phone, kit, openid } = traveller
    await traveller.logIn()
    phone.tap('.account')
    await phone.settle()
    phone.files.set('http://tmp/me.png', picture('png'))
    phone.fire('.picker >>> .choose', 'chooseavatar', { avatarUrl: 'http://tmp/me.png' })
    await phone.settle()
    const { _id: userId, avatar } = traveller.userDocument ?? {}
    const token = stored(traveller).login?.token
    await traveller.open('close-account')
    await close()
    expectClosed()
    expect(JSON.stringify(kit.documents('trips'))).not.toContain(String(userId))
    await kit.control.post('timer', { function: 'cleanup' })
    expect(JSON.stringify(kit.documents('audit_logs'))).not.toContain(String(userId))
    expect(kit.cloud.files.find(String(avatar).split('/').slice(3).join('/'))).toBeUndefined()
    expect(await kit.checkToken(openid, { token })).toMatchObject({ reason: 'ACCOUNT_CLOSED' })
  })

  it('lets the same person register again at once, as somebody new', async () => {
    const { phone } = await onThePage()
    await close()
    phone.answer(true)
    await traveller.save()
    expect(phone.route).toBe('login')
    expect(phone.text).not.toContain(MASKED)
    await traveller.allow()
    expect(phone.route).toBe('index')
    expect(traveller.tripDocuments).toHaveLength(1)
    expect(traveller.userDocument).toMatchObject({ loginCount: 1, phoneMasked: MASKED })
  })

  it('is done though the answer was lost', async () => {
    const { phone } = await onThePage()
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      phone.deliver = cloud
      await cloud(call)
      throw OFFLINE
    }
    await close()
    expect(phone.callsOf('account')).toHaveLength(2)
    expectClosed()
  })

  it('is finished by the next tap when it broke off half-way', async () => {
    const { phone, kit } = await onThePage()
    kit.cloud.faults.add({
      action: 'database.removeDocument',
      target: 'trips',
      answer: { kind: 'error', code: 'SYS_ERR', message: 'down' },
    })
    await close()
    expect(phone.route).toBe('close-account')
    expect(phone.text).toContain(ENDING_TEXTS.DATABASE_UNAVAILABLE)
    expect(phone.text).toContain('再点一次')
    expect(traveller.userDocument).toMatchObject({ status: 'closing' })
    kit.cloud.faults.clear()
    await close()
    expectClosed()
  })

  it('tells that the network is away, and changes nothing', async () => {
    const { phone } = await onThePage()
    phone.goOffline()
    await close()
    expect(phone.text).toContain(ENDING_TEXTS.OFFLINE)
    expect(stored(traveller).login).toBeDefined()
    expect(traveller.userDocument).toMatchObject({ status: 'active' })
    expect(phone.attribute('.close', 'disabled')).toBe(false)
  })

  it('is asked for once, however hastily it is tapped', async () => {
    const { phone } = await onThePage()
    phone.tap('.box')
    phone.tap('.close')
    const { modal } = phone
    phone.answer(true)
    modal?.success?.({ confirm: true, cancel: false })
    await phone.settle()
    expect(phone.callsOf('account')).toHaveLength(1)
    expectClosed()
  })

  it('is told on another phone of the same person, at its next call', async () => {
    traveller = await newTraveller()
    const { phone, kit, openid } = traveller
    await traveller.logIn()
    const token = stored(traveller).login?.token
    await kit.call('account', openid, { token, action: 'close', confirmed: true })
    await traveller.save()
    expect(phone.route).toBe('login')
    expect(phone.text).toContain('账号已注销')
    expect(stored(traveller)).toEqual({ staysOut: true, lastPhone: '' })
  })
})
