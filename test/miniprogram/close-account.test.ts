import { afterEach, describe, expect, it } from 'vitest'
import { OFFLINE } from 'wechat-cloud-emulator/testing/simulator'
import { stored } from './app-state.ts'
import { picture } from './phone/pictures.ts'
import { MASKED, type PhoneUser, useTestUsers } from './phone-user.ts'
import { ERROR_TEXTS } from './texts.ts'

const newTestUser = useTestUsers()
let testUser: PhoneUser
afterEach(() => testUser.kit.cloud.faults.clear())

async function onThePage(): Promise<PhoneUser> {
  testUser = await newTestUser()
  await testUser.logIn()
  await testUser.open('close-account')
  return testUser
}

/** Ticks the box unless it is ticked, taps 注销账号 and says yes. */
async function close(): Promise<void> {
  const { phone } = testUser
  if (!phone.data['understood']) phone.tap('.box')
  expect(phone.tap('.close')).toBe(true)
  phone.answer(true)
  await phone.settle()
}

function expectClosed(): void {
  const { phone } = testUser
  expect(phone.route).toBe('index')
  expect(phone.pages).toHaveLength(1)
  expect(phone.modal?.content).toContain('账号已注销')
  expect(stored(testUser)).toEqual({ staysOut: true, lastPhone: '' })
  expect(testUser.userDocument).toBeUndefined()
}

describe('注销账号', () => {
  it('requires 我已了解 and a confirmation', async () => {
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
    expect(testUser.userDocument).toBeDefined()
  })

  it('deletes user, trips, picture and logins, and leaves nothing on the phone', async () => {
    testUser = await newTestUser()
    const { phone, kit, openid } = testUser
    await testUser.logIn()
    phone.tap('.account')
    await phone.settle()
    phone.files.set('http://tmp/me.png', picture('png'))
    phone.fire('.picker >>> .choose', 'chooseavatar', { avatarUrl: 'http://tmp/me.png' })
    await phone.settle()
    const { _id: userId, avatar } = testUser.userDocument ?? {}
    const token = stored(testUser).login?.token
    await testUser.open('close-account')
    await close()
    expectClosed()
    expect(JSON.stringify(kit.documents('trips'))).not.toContain(String(userId))
    await kit.control.post('timer', { function: 'cleanup' })
    expect(JSON.stringify(kit.documents('audit_logs'))).not.toContain(String(userId))
    expect(kit.cloud.files.find(String(avatar).split('/').slice(3).join('/'))).toBeUndefined()
    expect(await kit.checkToken(openid, { token })).toMatchObject({ reason: 'ACCOUNT_CLOSED' })
  })

  it('lets the same person register again at once, as a new user', async () => {
    const { phone } = await onThePage()
    await close()
    phone.answer(true)
    await testUser.save()
    expect(phone.route).toBe('login')
    expect(phone.text).not.toContain(MASKED)
    await testUser.allow()
    expect(phone.route).toBe('index')
    expect(testUser.tripDocuments).toHaveLength(1)
    expect(testUser.userDocument).toMatchObject({ loginCount: 1, phoneMasked: MASKED })
  })

  it('succeeds although the answer is lost', async () => {
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

  it('finishes at the next tap after it stopped half-way', async () => {
    const { phone, kit } = await onThePage()
    kit.cloud.faults.add({
      action: 'database.removeDocument',
      target: 'trips',
      answer: { kind: 'error', code: 'SYS_ERR', message: 'down' },
    })
    await close()
    expect(phone.route).toBe('close-account')
    expect(phone.text).toContain(ERROR_TEXTS.DATABASE_UNAVAILABLE)
    expect(phone.text).toContain('再点一次')
    expect(testUser.userDocument).toMatchObject({ status: 'closing' })
    kit.cloud.faults.clear()
    await close()
    expectClosed()
  })

  it('shows that there is no network, and changes nothing', async () => {
    const { phone } = await onThePage()
    phone.goOffline()
    await close()
    expect(phone.text).toContain(ERROR_TEXTS.OFFLINE)
    expect(stored(testUser).login).toBeDefined()
    expect(testUser.userDocument).toMatchObject({ status: 'active' })
    expect(phone.attribute('.close', 'disabled')).toBe(false)
  })

  it('is requested once for a double tap', async () => {
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

  it('is shown on another phone of the same user, at its next call', async () => {
    testUser = await newTestUser()
    const { phone, kit, openid } = testUser
    await testUser.logIn()
    const token = stored(testUser).login?.token
    await kit.call('account', openid, { token, action: 'close', confirmed: true })
    await testUser.save()
    expect(phone.route).toBe('login')
    expect(phone.text).toContain('账号已注销')
    expect(stored(testUser)).toEqual({ staysOut: true, lastPhone: '' })
  })
})
