import { describe, expect, it } from 'vitest'
import { OFFLINE } from 'wechat-cloud-emulator/testing/simulator'
import { loggedOut, spoilToken, stored, tripsOf } from './app-state.ts'
import { DAY, MASKED, OWN_PAGES, type PhoneUser, useTestUsers } from './phone-user.ts'
import { ERROR_TEXTS } from './texts.ts'

const newTestUser = useTestUsers()

describe('退出登录', () => {
  it('ends the session in the cloud and on the phone', async () => {
    const testUser = await newTestUser()
    await testUser.logIn()
    const token = stored(testUser).login?.token
    await testUser.logOut()
    expect(testUser.phone.text).toContain('未登录')
    expect(testUser.phone.text).not.toContain(MASKED)
    expect(stored(testUser)).toEqual(loggedOut(MASKED))
    expect(await testUser.kit.checkToken(testUser.openid, { token })).toMatchObject({
      reason: 'SESSION_REVOKED',
    })
  })

  it('stays logged out until the user taps; then one tap logs in, without a phone authorization', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await testUser.logOut()
    phone.calls.length = 0
    await phone.launch()
    await testUser.save()
    expect(phone.calls).toEqual([])
    expect(phone.route).toBe('login')
    expect(phone.text).toContain(MASKED)
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(phone.callsOf('login')).toEqual([
      { name: 'login', data: { device: { model: expect.any(String), platform: expect.any(String) } } },
    ])
    expect(testUser.tripDocuments).toHaveLength(2)
  })

  describe('that did not get through', () => {
    /** Logged out without a network. */
    async function loggedOutOffline() {
      const testUser = await newTestUser()
      const { phone } = testUser
      await testUser.logIn()
      phone.goOffline()
      await testUser.logOut()
      phone.calls.length = 0
      return { testUser, phone }
    }

    const sessionsOf = (testUser: PhoneUser) => testUser.userDocument?.['sessions']

    it('clears the phone', async () => {
      const { testUser, phone } = await loggedOutOffline()
      expect(stored(testUser)).toEqual(loggedOut(MASKED))
      expect(phone.toasts.at(-1)).toBe('已退出登录')
      expect(phone.text).toContain('未登录')
    })

    it('ends the session when the network is back', async () => {
      const { testUser, phone } = await loggedOutOffline()
      expect(sessionsOf(testUser)).toHaveLength(1)
      phone.goOnline()
      await phone.settle()
      expect(sessionsOf(testUser)).toEqual([])
      expect([...phone.storage.keys()]).toEqual(['login'])
      phone.goOffline()
      phone.goOnline()
      await phone.settle()
      expect(phone.callsOf('logout')).toHaveLength(1)
      expect(stored(testUser)).toEqual(loggedOut(MASKED))
    })

    it('ends it when the app is opened again', async () => {
      const { testUser, phone } = await loggedOutOffline()
      await phone.launch()
      expect(sessionsOf(testUser)).toHaveLength(1)
      phone.switchOff()
      phone.calls.length = 0
      phone.goOnline()
      await phone.launch()
      expect(sessionsOf(testUser)).toEqual([])
      await phone.launch()
      expect(phone.calls.map(({ name }) => name)).toEqual(['logout'])
      expect(phone.text).toContain('登录')
    })

    it('ends it at the next login, and leaves that one alone', async () => {
      const testUser = await newTestUser()
      const { phone } = testUser
      await testUser.logIn()
      const cloud = phone.deliver
      phone.deliver = (call) => (call.name === 'logout' ? Promise.reject(OFFLINE) : cloud(call))
      await testUser.logOut()
      phone.deliver = cloud
      phone.tap('.login')
      await phone.settle()
      expect(sessionsOf(testUser)).toHaveLength(1)
      const token = stored(testUser).login?.token
      expect(await testUser.kit.checkToken(testUser.openid, { token })).toMatchObject({ code: 200 })
    })

    it('is not sent again once the session has expired, or is not the user’s', async () => {
      const { testUser, phone } = await loggedOutOffline()
      phone.switchOff()
      phone.goOnline()
      await testUser.wait(31 * DAY)
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
      const testUser = await newTestUser()
      const { phone } = testUser
      await testUser.logIn()
      const full = () => {
        throw new Error('the storage is full')
      }
      Object.assign(phone.wx, { setStorageSync: full })
      await testUser.logOut()
      expect(sessionsOf(testUser)).toEqual([])
      expect(phone.text).toContain('未登录')
    })
  })

  it('holds while a silent login is under way, and ends the session that it makes', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    const { sessions } = testUser.userDocument ?? {}
    spoilToken(testUser)
    const cloud = phone.deliver
    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    phone.deliver = async (call) => {
      if (call.name === 'login') await held
      return cloud(call)
    }
    const trips = tripsOf(phone).load()
    await phone.until(() => phone.calls.at(-1)?.name === 'login')
    phone.module<{ logout(): Promise<void> }>('auth/index.js').logout()
    answer()
    expect(await trips).toEqual({ ok: false, failure: 'SIGNED_OUT' })
    await phone.settle()
    expect(stored(testUser)).toEqual(loggedOut(MASKED))
    expect(phone.text).not.toContain('旅行者')
    expect(testUser.userDocument).toMatchObject({ sessions })
  })

  it('offers another number, which replaces the old one', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await testUser.logOut()
    await testUser.open('devices')
    phone.tap('.other-number')
    await testUser.allow('13900139000')
    expect(phone.route).toBe('devices')
    phone.back()
    expect(phone.text).toContain('139****9000')
    expect(testUser.userDocument).toMatchObject({ phoneMasked: '139****9000' })
  })

  it.each([
    ['登录', '.login', 'account'],
    ['一键登录', OWN_PAGES.devices, 'devices'],
  ])('%s asks for consent first when the agreement has changed meanwhile', async (label, target, route) => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await testUser.logOut()
    const consent = { version: '2020-01-01', at: new Date() }
    testUser.kit.cloud.database.putDocument('users', { ...testUser.userDocument, consent } as never)
    phone.tap(target)
    await phone.settle()
    if (label === '一键登录') {
      expect(phone.text).toContain(label)
      phone.tap('.one-tap')
      await phone.settle()
      expect(phone.text).toContain(ERROR_TEXTS.CONSENT_REQUIRED)
    }
    expect(phone.route).toBe('login')
    expect(phone.text).not.toContain('一键登录')
    expect(phone.text).toContain('点击“同意并登录”，即表示已阅读并同意《用户协议》和《隐私政策》')
    expect(testUser.userDocument).toMatchObject({ consent })
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.route).toBe(route)
    expect(testUser.userDocument).toMatchObject({ consent: { version: '2026-11-28' } })
  })
})
