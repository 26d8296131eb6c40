import { describe, expect, it } from 'vitest'
import { HeldAnswer, isCallOf, isLogin, isPhoneLogin, isSilent, refusing } from './held.ts'
import { loggedOut, spoilToken, stored } from './inside.ts'
import type { Phone } from './phone.ts'
import { CITY, DAY, MASKED, type Traveller, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()

const OTHER_CITY = '成都'

/** On the login page, which a save led to; the answer to the phone login is held. */
async function loggingIn(): Promise<{ traveller: Traveller; phone: Phone; login: HeldAnswer }> {
  const traveller = await newTraveller()
  const { phone } = traveller
  await traveller.save()
  phone.tap('.consent >>> .box')
  const login = new HeldAnswer(phone, isPhoneLogin)
  phone.tapPhoneButton(await traveller.allowed())
  await login.waiting()
  return { traveller, phone, login }
}

/** One tap for somebody known; the answer to the silent login is held. */
async function oneTap(change?: Phone['deliver']) {
  const traveller = await newTraveller()
  const { phone } = traveller
  await traveller.logIn()
  await traveller.logOut()
  phone.back()
  await traveller.save()
  const login = new HeldAnswer(phone, isLogin, change)
  phone.tap('.one-tap')
  await login.waiting()
  return { traveller, phone, login }
}

const isSpinning = (phone: Phone) => phone.data['working'] === true
const sessionsOf = ({ userDocument }: Traveller) => userDocument?.['sessions'] as { sid: string }[]

describe.each([
  ['a login with a number', loggingIn],
  ['a login by one tap', oneTap],
])('%s that finishes late', (_name, begin) => {
  it('leaves the agreement open that the user reads, and goes on when they come back', async () => {
    const { traveller, phone, login } = await begin()
    const before = traveller.tripDocuments.length
    phone.tap('.consent >>> .link-agreement')
    await phone.settle()
    await login.arrives()
    expect(phone.route).toBe('agreement')
    expect(stored(traveller).login).toBeDefined()
    phone.back()
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(traveller.tripDocuments).toHaveLength(before + 1)
    expect(phone.toasts).toContain('行程已保存')
  })

  it('does not reload the home page that the user went back to, nor save what they walked away from', async () => {
    const { traveller, phone, login } = await begin()
    const before = traveller.tripDocuments.length
    phone.back()
    phone.type('.city', OTHER_CITY)
    await login.arrives()
    expect(phone.route).toBe('index')
    expect(phone.data['city']).toBe(OTHER_CITY)
    expect(phone.navigations.filter((url) => url.includes('index') || url === 'back')).toHaveLength(before)
    expect(stored(traveller).login).toBeDefined()
    expect(phone.text).not.toContain('登录后')
    expect(traveller.tripDocuments).toHaveLength(before)
  })

  it('throws the user out of no other page', async () => {
    const { phone, login } = await begin()
    phone.back()
    phone.tap('.account')
    await phone.settle()
    await login.arrives()
    expect(phone.route).toBe('account')
    expect(phone.text).toContain('退出登录')
  })

  it('lets the user in on the login page that was opened again meanwhile, once, without paying again', async () => {
    const { traveller, phone, login } = await begin()
    const before = traveller.tripDocuments.length
    phone.back()
    // With a number the cloud knows them by now: a silent login is enough. With one tap the login page asks again.
    await traveller.save()
    await login.arrives()
    expect(phone.route).toBe('index')
    expect(traveller.tripDocuments).toHaveLength(before + 1)
    expect(sessionsOf(traveller)).toHaveLength(1)
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

  it('moves nobody who has left', async () => {
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
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await traveller.wait(31 * DAY)
    const renewal = new HeldAnswer(phone, isSilent, change)
    phone.launch('pages/login/login')
    await renewal.waiting()
    phone.tap('.other-number')
    await traveller.allow()
    expect(phone.route).toBe('index')
    return { traveller, phone, renewal, token: stored(traveller).login?.token }
  }

  it.each(REFUSALS)('that ends late with %s leaves a login that was made meanwhile alone', async (reason) => {
    const { traveller, phone, renewal, token } = await overtaken(refusing(reason))
    await renewal.arrives()
    expect(stored(traveller).login?.token).toBe(token)
    expect(stored(traveller).staysOut).toBe(false)
    expect(phone.route).toBe('index')
    expect(phone.modal).toBeUndefined()
    expect(phone.text).not.toContain('登录后')
  })

  it('that succeeds late leaves it alone too, and its own session is ended', async () => {
    const { traveller, renewal, token } = await overtaken()
    await renewal.arrives()
    expect(stored(traveller).login?.token).toBe(token)
    const { kit, openid } = traveller
    expect(await kit.checkToken(openid, { token })).toMatchObject({ code: 200 })
  })

  it.each(REFUSALS)(
    'that a save waits for and that ends late with %s moves nobody to another page',
    async (reason) => {
      const traveller = await newTraveller()
      const { phone } = traveller
      const silent = new HeldAnswer(phone, isSilent, refusing(reason))
      phone.type('.city', CITY)
      phone.tap('.save')
      await silent.waiting()
      phone.tap('.account')
      await phone.settle()
      await silent.arrives()
      expect(phone.route).toBe('account')
      phone.back()
      expect(phone.data['saving']).toBe(false)
    },
  )

  it.each(REFUSALS)(
    'that a call waits for and that ends late with %s does not undo a logout and a login',
    async (reason) => {
      const traveller = await newTraveller()
      const { phone } = traveller
      await traveller.logIn()
      spoilToken(traveller)
      const silent = new HeldAnswer(phone, isSilent, refusing(reason))
      phone.tap('.save')
      await silent.waiting()
      await traveller.logOut()
      phone.tap('.login')
      await phone.settle()
      phone.tap('.one-tap')
      await phone.settle()
      expect(phone.route).toBe('account')
      const token = stored(traveller).login?.token
      await silent.arrives()
      expect(stored(traveller).login?.token).toBe(token)
      expect(phone.route).toBe('account')
      expect(phone.text).toContain('退出登录')
    },
  )

  it('that succeeds after a logout is ended, and logs nobody in', async () => {
    const { traveller, phone, login } = await oneTap()
    phone.back()
    phone.module<{ logout(): Promise<void> }>('services/session.js').logout()
    await login.arrives()
    expect(stored(traveller)).toEqual(loggedOut(MASKED))
    expect(sessionsOf(traveller)).toEqual([])
  })
})

describe('a check of before', () => {
  it.each(['SESSION_REVOKED', 'ACCOUNT_DISABLED', 'ACCOUNT_CLOSED', 'TOKEN_EXPIRED'])(
    'that ends late with %s leaves a login that was made meanwhile alone',
    async (reason) => {
      const traveller = await newTraveller()
      const { phone } = traveller
      await traveller.logIn()
      const check = new HeldAnswer(phone, isCallOf('checkToken'), refusing(reason))
      phone.launch()
      await check.waiting()
      await traveller.logOut()
      phone.tap('.login')
      await phone.settle()
      phone.tap('.one-tap')
      await phone.settle()
      const token = stored(traveller).login?.token
      await check.arrives()
      expect(stored(traveller).login?.token).toBe(token)
      expect(phone.modal?.content ?? '').not.toContain('已')
    },
  )

  it('does not take back a nickname that was saved meanwhile', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    const check = new HeldAnswer(phone, isCallOf('checkToken'))
    phone.launch('pages/account/account')
    await check.waiting()
    phone.fire('.nickname >>> .form', 'submit', { value: { nickname: '小海' } })
    await phone.settle()
    expect(phone.text).toContain('小海')
    await check.arrives()
    expect(phone.text).toContain('小海')
    expect(stored(traveller).login?.userInfo).toMatchObject({ nickname: '小海' })
  })

  it('that succeeds late leaves it alone too, though it brings a new token', async () => {
    const traveller = await newTraveller()
    const { phone, kit, openid } = traveller
    await traveller.logIn()
    await traveller.wait(20 * DAY)
    const check = new HeldAnswer(phone, isCallOf('checkToken'))
    phone.launch()
    await check.waiting()
    await traveller.logOut()
    phone.tap('.login')
    await phone.settle()
    phone.tap('.one-tap')
    await phone.settle()
    const { login } = stored(traveller)
    await check.arrives()
    expect(stored(traveller).login).toEqual(login)
    expect(await kit.checkToken(openid, { token: login?.token })).toMatchObject({ code: 200 })
  })

  it.each(['SESSION_REVOKED', 'ACCOUNT_DISABLED', 'ACCOUNT_CLOSED'])(
    'that ends with %s after a logout tells nothing, and leaves what the logout left',
    async (reason) => {
      const traveller = await newTraveller()
      const { phone } = traveller
      await traveller.logIn()
      const check = new HeldAnswer(phone, isCallOf('checkToken'), refusing(reason))
      phone.launch()
      await check.waiting()
      await traveller.logOut()
      phone.modal = undefined
      await check.arrives()
      expect(stored(traveller)).toEqual(loggedOut(MASKED))
      expect(phone.modal).toBeUndefined()
    },
  )
})

it('a login with another number, overtaken by a silent one, still shows the number that it brought', async () => {
  const traveller = await newTraveller()
  const { phone } = traveller
  await traveller.logIn()
  await traveller.wait(31 * DAY)
  const renewal = new HeldAnswer(phone, isSilent)
  phone.launch('pages/login/login')
  await renewal.waiting()
  phone.tap('.other-number')
  phone.tap('.consent >>> .box')
  const login = new HeldAnswer(phone, isPhoneLogin)
  phone.tapPhoneButton(await traveller.allowed('13900139000'))
  await login.waiting()
  await renewal.arrives()
  expect(stored(traveller).login?.userInfo).toMatchObject({ phone: MASKED })
  await login.arrives()
  expect(stored(traveller).login?.userInfo).toMatchObject({ phone: '139****9000' })
})
