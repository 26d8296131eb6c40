import { describe, expect, it } from 'vitest'
import { loggedOut, spoilToken, stored, tripsOf } from './app-state.ts'
import { HeldAnswer, isCallOf } from './phone/held-answer.ts'
import { routeTo } from './phone/page-routes.ts'
import { CITY, MASKED, OWN_PAGES, useTestUsers } from './phone-user.ts'

const newTestUser = useTestUsers()

describe('多页面登录拦截', () => {
  it('lets every visitor browse, and opens the login page from each guarded place', async () => {
    const { phone } = await newTestUser()
    for (const page of ['agreement', 'privacy', 'account']) {
      await phone.launch(routeTo(page))
      expect(phone.route).toBe(page)
    }
    for (const page of Object.keys(OWN_PAGES)) {
      await phone.launch(routeTo(page))
      expect(phone.route).toBe(page)
      phone.tap('.wall >>> .login')
      await phone.settle()
      expect(phone.route).toBe('login')
    }
    for (const item of Object.values(OWN_PAGES)) {
      await phone.launch('account/pages/account/account')
      phone.tap(item)
      await phone.settle()
      expect(phone.route).toBe('login')
    }
    expect(phone.calls.every(({ name }) => name === 'login')).toBe(true)
    await phone.launch('account/pages/account/account')
    phone.tap('.login')
    await phone.settle()
    expect(phone.route).toBe('login')
    await phone.launch()
    phone.tap('.link')
    await phone.settle()
    expect(phone.route).toBe('login')
  })

  it('returns to the page that asked, which then shows its content', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await testUser.logOut()
    await phone.launch('pages/trips/trips')
    expect(phone.text).not.toContain(CITY)
    phone.tap('.wall >>> .login')
    await phone.settle()
    expect(phone.route).toBe('trips')
    expect(phone.text).toContain(CITY)
  })

  it('opens the requested page after the login', async () => {
    const testUser = await newTestUser()
    testUser.phone.tap('.link')
    await testUser.phone.settle()
    await testUser.allow()
    expect(testUser.phone.route).toBe('trips')
    expect(testUser.phone.text).toContain('还没有保存过行程')
  })

  it('opens one login page for a double tap', async () => {
    const { phone } = await newTestUser()
    phone.tap('.link')
    phone.tap('.link')
    await phone.settle()
    expect(phone.pages).toHaveLength(2)
    expect(phone.callsOf('login')).toHaveLength(1)
  })

  it('opens no second login page while one is open', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.save()
    const navigations = [...phone.navigations]
    const session = phone.module<{ requireLogin(action: () => void): Promise<void> }>('auth/index.js')
    await session.requireLogin(() => {})
    await phone.settle()
    expect(phone.navigations).toEqual(navigations)
    expect(phone.route).toBe('login')
  })

  it('loads the next page of trips at the end of the first', async () => {
    const testUser = await newTestUser()
    const { phone, kit, openid } = testUser
    await testUser.logIn()
    const token = stored(testUser).login?.token
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
    expect(phone.data['items']).toHaveLength(20)
    phone.gesture('onReachBottom')
    await phone.settle()
    expect(phone.data['items']).toHaveLength(25)
    expect(phone.text).toContain('没有更多了')
  })
})

describe('接口鉴权', () => {
  it('sends the token with guarded calls and with no other', async () => {
    const testUser = await newTestUser()
    await testUser.logIn()
    const token = stored(testUser).login?.token
    const sent = testUser.phone.calls.map(({ name, data }) => [name, data['token'] === token])
    expect(sent.filter(([name]) => name === 'login').every(([, hasToken]) => !hasToken)).toBe(true)
    expect(sent.filter(([name]) => name === 'trips')).toEqual([['trips', true]])
  })

  it('lets ten calls that fail together with 403 wait for one login, and repeats them', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    spoilToken(testUser)
    phone.calls.length = 0
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => tripsOf(phone).load()))
    expect(outcomes.every((outcome) => outcome.ok && outcome.data.items[0]?.city === CITY)).toBe(true)
    expect(phone.callsOf('login')).toHaveLength(1)
    expect(phone.callsOf('trips')).toHaveLength(20)
    expect(phone.navigations.filter((url) => url.includes('login'))).toHaveLength(1)
  })

  it('opens one login page for several calls when only the user can log in', async () => {
    const testUser = await newTestUser()
    const { phone, kit } = testUser
    await testUser.logIn()
    kit.cloud.database.putDocument('users', { ...testUser.userDocument, phoneHash: '' } as never)
    spoilToken(testUser)
    phone.calls.length = 0
    phone.navigations.length = 0
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => tripsOf(phone).load()))
    await phone.settle()
    expect(outcomes).toEqual(Array.from({ length: 10 }, () => ({ ok: false, failure: 'SIGNED_OUT' })))
    expect(phone.callsOf('login')).toHaveLength(1)
    expect(phone.navigations).toEqual(['/account/pages/login/login'])
  })

  it('opens no login page again for a late refusal after the user declined', async () => {
    const testUser = await newTestUser()
    const { phone, kit } = testUser
    await testUser.logIn()
    kit.cloud.database.putDocument('users', { ...testUser.userDocument, phoneHash: '' } as never)
    spoilToken(testUser)
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
    const first = tripsOf(phone).load()
    await tripsOf(phone).load()
    await phone.until(() => phone.route === 'login')
    phone.tap('.later')
    await phone.until(() => phone.route === 'index')
    answerLate()
    expect(await first).toEqual({ ok: false, failure: 'SIGNED_OUT' })
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(phone.callsOf('login')).toHaveLength(1)
  })

  it('repeats a late refused call with the new token, without a second login', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    spoilToken(testUser)
    phone.calls.length = 0
    const late = new HeldAnswer(phone, isCallOf('trips', 'list'))
    const first = tripsOf(phone).load()
    await late.waiting()
    expect(await tripsOf(phone).load()).toMatchObject({ ok: true })
    await late.arrives()
    expect(await first).toMatchObject({ ok: true })
    expect(phone.callsOf('login')).toHaveLength(1)
  })

  it('does not loop when the new token is refused as well', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    const cloud = phone.deliver
    const refusal = { code: 403, reason: 'TOKEN_SIGNATURE', message: '', requestId: 'r' }
    phone.deliver = async (call) => (call.name === 'trips' ? { result: refusal } : cloud(call))
    spoilToken(testUser)
    phone.calls.length = 0
    expect(await tripsOf(phone).load()).toEqual({ ok: false, failure: 'UPDATING' })
    expect(phone.calls.map(({ name }) => name)).toEqual(['trips', 'login', 'trips'])
    phone.calls.length = 0
    expect(await tripsOf(phone).load()).toEqual({ ok: false, failure: 'UPDATING' })
    expect(phone.calls.map(({ name }) => name)).toEqual(['trips'])
  })

  it.each([
    ['is not new any more', 5 * 60 * 1000],
    ['is as old as nobody knows, since the clock was put back', -60 * 60 * 1000],
  ])('asks for another token where the refused one %s', async (_name, milliseconds) => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    phone.clock.aheadMilliseconds += milliseconds
    const cloud = phone.deliver
    const refusal = { code: 403, reason: 'TOKEN_SIGNATURE', message: '', requestId: 'r' }
    phone.deliver = async (call) => (call.name === 'trips' ? { result: refusal } : cloud(call))
    phone.calls.length = 0
    await tripsOf(phone).load()
    expect(phone.calls.map(({ name }) => name)).toEqual(['trips', 'login', 'trips'])
  })

  it('never shows a user’s trips to another who has their token', async () => {
    const [owner, thief] = [await newTestUser(), await newTestUser()]
    await owner.phone.launch()
    await owner.logIn()
    thief.phone.storage.set('login', stored(owner))
    await thief.phone.launch()
    expect(stored(thief).login).toBeUndefined()
    await thief.phone.launch('pages/trips/trips')
    expect(thief.phone.text).not.toContain(CITY)
  })

  it('shows a user that their session was ended elsewhere, and does not log in silently', async () => {
    const testUser = await newTestUser()
    const { phone, kit, openid } = testUser
    await testUser.logIn()
    await kit.call('logout', openid, { token: stored(testUser).login?.token })
    phone.calls.length = 0
    await testUser.save()
    expect(phone.calls.map(({ name }) => name)).toEqual(['trips'])
    expect(phone.route).toBe('login')
    expect(phone.text).toContain('已在其他设备退出登录')
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(testUser.tripDocuments).toHaveLength(2)
  })

  it('shows it at launch too, and lets the user browse', async () => {
    const testUser = await newTestUser()
    const { phone, kit, openid } = testUser
    await testUser.logIn()
    await kit.call('logout', openid, { token: stored(testUser).login?.token })
    await phone.launch()
    expect(phone.route).toBe('index')
    expect(phone.modal?.content).toContain('已在其他设备退出登录')
    expect(stored(testUser)).toEqual(loggedOut(MASKED))
  })

  it('shows a disabled user why, at the action and at launch', async () => {
    const testUser = await newTestUser()
    const { phone, kit } = testUser
    await testUser.logIn()
    kit.cloud.database.putDocument('users', { ...testUser.userDocument, status: 'disabled' } as never)
    await testUser.save()
    expect(phone.text).toContain('账号已被停用')
    expect(stored(testUser).login).toBeUndefined()
    expect(phone.callsOf('login').filter(({ data }) => !('phoneCode' in data))).toHaveLength(1)
    await testUser.save()
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.text).toContain('账号已被停用')
  })
})
