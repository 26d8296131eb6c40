import { describe, expect, it } from 'vitest'
import { loggedOut, spoilToken, stored } from './app-state.ts'
import { HeldAnswer, isCallOf, isLogin, isPhoneLogin, isSilent, refusing } from './phone/held-answer.ts'
import type { Phone } from './phone/phone.ts'
import { CITY, DAY, MASKED, type PhoneUser, useTestUsers } from './phone-user.ts'

const newTestUser = useTestUsers()

const OTHER_CITY = '成都'

/** On the login page, which a save led to; the answer to the phone login is held. */
async function loggingIn(): Promise<{ testUser: PhoneUser; phone: Phone; login: HeldAnswer }> {
  const testUser = await newTestUser()
  const { phone } = testUser
  await testUser.save()
  const login = new HeldAnswer(phone, isPhoneLogin)
  phone.tapPhoneButton(await testUser.allowed())
  await login.waiting()
  return { testUser, phone, login }
}

/** One tap of a known user; the answer to the silent login is held back. */
async function oneTap(change?: Phone['deliver']) {
  const testUser = await newTestUser()
  const { phone } = testUser
  await testUser.logIn()
  await testUser.logOut()
  phone.back()
  await testUser.save()
  const login = new HeldAnswer(phone, isLogin, change)
  phone.tap('.one-tap')
  await login.waiting()
  return { testUser, phone, login }
}

const isSpinning = (phone: Phone) => phone.data['working'] === true
const sessionsOf = ({ userDocument }: PhoneUser) => userDocument?.['sessions'] as { sid: string }[]

describe.each([
  ['a login with a number', loggingIn],
  ['a login by one tap', oneTap],
])('%s that finishes late', (_name, begin) => {
  it('leaves the agreement open that the user reads, and goes on when they come back', async () => {
    const { testUser, phone, login } = await begin()
    const before = testUser.tripDocuments.length
    phone.tap('.consent >>> .link-agreement')
    await phone.settle()
    await login.arrives()
    expect(phone.route).toBe('agreement')
    expect(stored(testUser).login).toBeDefined()
    phone.back()
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(testUser.tripDocuments).toHaveLength(before + 1)
    expect(phone.toasts).toContain('行程已保存')
  })

  it('does not reload the home page that the user went back to, nor save the trip that they abandoned', async () => {
    const { testUser, phone, login } = await begin()
    const before = testUser.tripDocuments.length
    phone.back()
    phone.type('.city', OTHER_CITY)
    await login.arrives()
    expect(phone.route).toBe('index')
    expect(phone.data['city']).toBe(OTHER_CITY)
    expect(phone.navigations.filter((url) => url.includes('index') || url === 'back')).toHaveLength(before)
    expect(stored(testUser).login).toBeDefined()
    expect(phone.text).not.toContain('登录后')
    expect(testUser.tripDocuments).toHaveLength(before)
  })

  it('closes no other page', async () => {
    const { phone, login } = await begin()
    phone.back()
    await phone.openAbove('account/pages/account/account')
    await login.arrives()
    expect(phone.route).toBe('account')
    expect(phone.text).toContain('退出登录')
  })

  it('logs in on the login page that was opened again meanwhile, once, without another authorization', async () => {
    const { testUser, phone, login } = await begin()
    const before = testUser.tripDocuments.length
    phone.back()
    // With a number the cloud knows them by now: a silent login is enough. With one tap the login page asks again.
    await testUser.save()
    await login.arrives()
    expect(phone.route).toBe('index')
    expect(testUser.tripDocuments).toHaveLength(before + 1)
    expect(sessionsOf(testUser)).toHaveLength(1)
  })
})

describe('a login that fails late', () => {
  it.each(['PHONE_REQUIRED', 'CONSENT_REQUIRED', 'ACCOUNT_DISABLED', 'ACCOUNT_CLOSED', 'INTERNAL'])(
    '%s: the login page that is come back to has no spinner, and the next step',
    async (reason) => {
      const { phone, login } = await oneTap(refusing(reason))
      phone.tap('.consent >>> .link-privacy')
      await phone.settle()
      await login.arrives()
      expect(phone.route).toBe('privacy')
      phone.back()
      await phone.settle()
      expect(phone.route).toBe('login')
      expect(isSpinning(phone)).toBe(false)
      expect(phone.data['notice']).not.toBeNull()
    },
  )

  it('opens no page for a user who has left', async () => {
    const { phone, login } = await oneTap(refusing('PHONE_REQUIRED'))
    phone.back()
    const navigations = [...phone.navigations]
    await login.arrives()
    expect(phone.route).toBe('index')
    expect(phone.navigations).toEqual(navigations)
  })
})

const REFUSALS = [
  'PHONE_REQUIRED',
  'CONSENT_REQUIRED',
  'ACCOUNT_DISABLED',
  'ACCOUNT_CLOSED',
  'SESSION_REVOKED',
]

describe('a silent login of before', () => {
  /** Opened after a month: the renewal at launch is held. Meanwhile the user logs in with their number. */
  async function overtaken(change?: Phone['deliver']) {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await testUser.wait(31 * DAY)
    const renewal = new HeldAnswer(phone, isSilent, change)
    phone.launch('account/pages/login/login')
    await renewal.waiting()
    phone.tap('.other-number')
    await testUser.allow()
    expect(phone.route).toBe('index')
    return { testUser, phone, renewal, token: stored(testUser).login?.token }
  }

  it.each(REFUSALS)('that ends late with %s leaves a login that was made meanwhile alone', async (reason) => {
    const { testUser, phone, renewal, token } = await overtaken(refusing(reason))
    await renewal.arrives()
    expect(stored(testUser).login?.token).toBe(token)
    expect(stored(testUser).staysOut).toBe(false)
    expect(phone.route).toBe('index')
    expect(phone.modal).toBeUndefined()
    expect(phone.text).not.toContain('登录后')
  })

  it('that succeeds late leaves it alone too, and its own session is ended', async () => {
    const { testUser, renewal, token } = await overtaken()
    await renewal.arrives()
    expect(stored(testUser).login?.token).toBe(token)
    const { kit, openid } = testUser
    expect(await kit.checkToken(openid, { token })).toMatchObject({ code: 200 })
  })

  it.each(REFUSALS)(
    'that a save waits for and that ends late with %s moves nobody to another page',
    async (reason) => {
      const testUser = await newTestUser()
      const { phone } = testUser
      const silent = new HeldAnswer(phone, isSilent, refusing(reason))
      phone.type('.city', CITY)
      phone.tap('.save')
      await silent.waiting()
      await phone.openAbove('account/pages/account/account')
      await silent.arrives()
      expect(phone.route).toBe('account')
      phone.back()
      expect(phone.data['saving']).toBe(false)
    },
  )

  it.each(REFUSALS)(
    'that a call waits for and that ends late with %s does not undo a logout and a login',
    async (reason) => {
      const testUser = await newTestUser()
      const { phone } = testUser
      await testUser.logIn()
      spoilToken(testUser)
      const silent = new HeldAnswer(phone, isSilent, refusing(reason))
      phone.tap('.save')
      await silent.waiting()
      await testUser.logOut()
      phone.tap('.login')
      await phone.settle()
      expect(phone.route).toBe('account')
      const token = stored(testUser).login?.token
      await silent.arrives()
      expect(stored(testUser).login?.token).toBe(token)
      expect(phone.route).toBe('account')
      expect(phone.text).toContain('退出登录')
    },
  )

  it('that succeeds after a logout is ended, and logs nobody in', async () => {
    const { testUser, phone, login } = await oneTap()
    phone.back()
    phone.module<{ logout(): Promise<void> }>('auth/index.js').logout()
    await login.arrives()
    expect(stored(testUser)).toEqual(loggedOut(MASKED))
    expect(sessionsOf(testUser)).toEqual([])
  })
})

describe('a check of before', () => {
  it.each(['SESSION_REVOKED', 'ACCOUNT_DISABLED', 'ACCOUNT_CLOSED', 'TOKEN_EXPIRED'])(
    'that ends late with %s leaves a login that was made meanwhile alone',
    async (reason) => {
      const testUser = await newTestUser()
      const { phone } = testUser
      await testUser.logIn()
      const check = new HeldAnswer(phone, isCallOf('checkToken'), refusing(reason))
      phone.launch()
      await check.waiting()
      await testUser.logOut()
      phone.tap('.login')
      await phone.settle()
      const token = stored(testUser).login?.token
      await check.arrives()
      expect(stored(testUser).login?.token).toBe(token)
      expect(phone.modal?.content ?? '').not.toContain('已')
    },
  )

  it('does not take back a nickname that was saved meanwhile', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    const check = new HeldAnswer(phone, isCallOf('checkToken'))
    phone.launch('account/pages/account/account')
    await check.waiting()
    phone.fire('.nickname >>> .form', 'submit', { value: { nickname: '小海' } })
    await phone.settle()
    expect(phone.text).toContain('小海')
    await check.arrives()
    expect(phone.text).toContain('小海')
    expect(stored(testUser).login?.userInfo).toMatchObject({ nickname: '小海' })
  })

  it('that succeeds late leaves it alone too, though it brings a new token', async () => {
    const testUser = await newTestUser()
    const { phone, kit, openid } = testUser
    await testUser.logIn()
    await testUser.wait(20 * DAY)
    const check = new HeldAnswer(phone, isCallOf('checkToken'))
    phone.launch()
    await check.waiting()
    await testUser.logOut()
    phone.tap('.login')
    await phone.settle()
    const { login } = stored(testUser)
    await check.arrives()
    expect(stored(testUser).login).toEqual(login)
    expect(await kit.checkToken(openid, { token: login?.token })).toMatchObject({ code: 200 })
  })

  it.each(['SESSION_REVOKED', 'ACCOUNT_DISABLED', 'ACCOUNT_CLOSED'])(
    'that ends with %s after a logout tells nothing, and leaves what the logout left',
    async (reason) => {
      const testUser = await newTestUser()
      const { phone } = testUser
      await testUser.logIn()
      const check = new HeldAnswer(phone, isCallOf('checkToken'), refusing(reason))
      phone.launch()
      await check.waiting()
      await testUser.logOut()
      phone.modal = undefined
      await check.arrives()
      expect(stored(testUser)).toEqual(loggedOut(MASKED))
      expect(phone.modal).toBeUndefined()
    },
  )
})

it('a login with another number, overtaken by a silent one, still shows the number that it brought', async () => {
  const testUser = await newTestUser()
  const { phone } = testUser
  await testUser.logIn()
  await testUser.wait(31 * DAY)
  const renewal = new HeldAnswer(phone, isSilent)
  phone.launch('account/pages/login/login')
  await renewal.waiting()
  phone.tap('.other-number')
  const login = new HeldAnswer(phone, isPhoneLogin)
  phone.tapPhoneButton(await testUser.allowed('13900139000'))
  await login.waiting()
  await renewal.arrives()
  expect(stored(testUser).login?.userInfo).toMatchObject({ phone: MASKED })
  await login.arrives()
  expect(stored(testUser).login?.userInfo).toMatchObject({ phone: '139****9000' })
})
