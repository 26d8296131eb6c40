import { describe, expect, it } from 'vitest'
import type { HeldCall, Phone } from 'wechat-cloud-emulator/testing'
import { useProject } from '../support/use-project.ts'
import { loggedOut } from './app-state.ts'
import { isPhoneLogin, isSilent, refusal, refuseToken } from './calls.ts'
import { saveTrip } from './log-in.ts'
import {
  allow,
  atHome,
  HOME_PAGE,
  LOGIN_PAGE,
  loggedInAtHome,
  logOut,
  MASKED,
  stored,
  tripDocuments,
  userDocument,
} from './own-account.ts'
import { cityOf, expectNoDialog, openAbove } from './screen.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()

const OTHER_CITY = '成都'
const ACCOUNT_PAGE = 'account/pages/account/account'

type Moment = 'answer' | 'request'

/** On the login page, which a save led to; the answer to the phone login is held. */
async function loggingIn(): Promise<{ phone: Phone; login: HeldCall }> {
  const phone = await atHome(app.project)
  await saveTrip(phone)
  const login = await phone.holdCall(isPhoneLogin)
  await allow(app.project)
  await login.waiting()
  return { phone, login }
}

/** One tap of a known user; the silent login is held. */
async function oneTap(moment: Moment = 'answer') {
  const phone = await loggedInAtHome(app.project)
  await logOut(phone)
  await phone.back()
  await saveTrip(phone)
  const login = await phone.holdCall('login', moment)
  await phone.tap('.one-tap')
  await login.waiting()
  return { phone, login }
}

const trips = async () => (await tripDocuments(app.project)).length
const tokenOf = async (phone: Phone) => (await stored(phone)).login?.token
const sessions = async () => (await userDocument(app.project))?.['sessions']

/** What the cloud says of the token on the phone. */
async function check(phone: Phone): Promise<unknown> {
  return app.project.cloud.call('checkToken', { token: await tokenOf(phone) }, { as: phone.openid })
}

/** On the account page, after a logout and a login by one tap. */
async function logOutAndIn(phone: Phone): Promise<void> {
  await logOut(phone)
  await phone.tap('.login')
  expect(await phone.page()).toBe(ACCOUNT_PAGE)
  await phone.see(TEXTS.account.logout)
}

describe.each([
  ['a login with a number', loggingIn],
  ['a login by one tap', () => oneTap()],
])('%s that finishes late', (_name, begin) => {
  it('leaves the agreement open that the user reads, and goes on when they come back', async () => {
    const { phone, login } = await begin()
    const before = await trips()
    await phone.tap('.consent >>> .link-agreement')
    await login.release()
    expect(await phone.page()).toBe('account/pages/agreement/agreement')
    expect((await stored(phone)).login).toBeDefined()
    await phone.back()
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await trips()).toBe(before + 1)
    expect(await phone.toasts()).toContain(TEXTS.home.saved)
  })

  it('does not reload the home page that the user went back to, nor save the trip that they abandoned', async () => {
    const { phone, login } = await begin()
    const before = await trips()
    await phone.back()
    await phone.type('.city', OTHER_CITY)
    await login.release()
    expect(await phone.pages()).toEqual([HOME_PAGE])
    expect(await cityOf(phone)).toBe(OTHER_CITY)
    expect((await stored(phone)).login).toBeDefined()
    expect(await phone.text()).not.toContain(TEXTS.home.greeting)
    expect(await trips()).toBe(before)
  })

  it('closes no other page', async () => {
    const { phone, login } = await begin()
    await phone.back()
    await openAbove(phone, ACCOUNT_PAGE)
    await login.release()
    expect(await phone.page()).toBe(ACCOUNT_PAGE)
    expect(await phone.text()).toContain(TEXTS.account.logout)
  })

  it('logs in on the login page that was opened again meanwhile, once, without another authorization', async () => {
    const { phone, login } = await begin()
    const before = await trips()
    await phone.back()
    // With a number the cloud knows them by now: a silent login is enough. With one tap the login page asks again.
    await saveTrip(phone)
    await login.release()
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await trips()).toBe(before + 1)
    expect(await sessions()).toHaveLength(1)
  })
})

describe('a login that fails late', () => {
  it.each(['PHONE_REQUIRED', 'CONSENT_REQUIRED', 'ACCOUNT_DISABLED', 'ACCOUNT_CLOSED', 'INTERNAL'] as const)(
    '%s: the login page that is come back to has no spinner, and the next step',
    async (reason) => {
      const { phone, login } = await oneTap('request')
      await phone.tap('.consent >>> .link-privacy')
      await login.answer(refusal(reason))
      expect(await phone.page()).toBe('account/pages/privacy/privacy')
      await phone.back()
      expect(await phone.page()).toContain(LOGIN_PAGE)
      expect(await phone.text()).not.toContain(TEXTS.login.working)
      expect(await phone.text()).toContain(ERROR_TEXTS[reason])
    },
  )

  it('opens no page for a user who has left', async () => {
    const { phone, login } = await oneTap('request')
    await phone.back()
    await login.answer(refusal('PHONE_REQUIRED'))
    expect(await phone.pages()).toEqual([HOME_PAGE])
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
  async function overtaken(moment: Moment) {
    const phone = await loggedInAtHome(app.project)
    await app.project.clock.advance('31 days')
    const renewal = await phone.holdCall(isSilent, moment)
    await phone.open(LOGIN_PAGE)
    await renewal.waiting()
    await phone.tap('.other-number')
    await allow(app.project)
    expect(await phone.page()).toBe(HOME_PAGE)
    return { phone, renewal, token: await tokenOf(phone) }
  }

  /** A save waits for a silent login, since its token was refused. */
  async function renewing(moment: Moment) {
    const phone = await loggedInAtHome(app.project)
    // A token that is new is not renewed.
    await app.project.clock.advance('5 min')
    await refuseToken(phone, 'trips')
    const silent = await phone.holdCall(isSilent, moment)
    await phone.tap('.save')
    await silent.waiting()
    return { phone, silent }
  }

  it.each(REFUSALS)('that ends late with %s leaves a login that was made meanwhile alone', async (reason) => {
    const { phone, renewal, token } = await overtaken('request')
    await renewal.answer(refusal(reason))
    expect(await stored(phone)).toMatchObject({ login: { token }, staysOut: false })
    expect(await phone.page()).toBe(HOME_PAGE)
    await expectNoDialog(app.project)
    expect(await phone.text()).not.toContain(TEXTS.home.greeting)
  })

  it('that succeeds late leaves it alone too, and its own session is ended', async () => {
    const { phone, renewal, token } = await overtaken('answer')
    await renewal.release()
    expect(await tokenOf(phone)).toBe(token)
    expect(await check(phone)).toMatchObject({ code: 200 })
  })

  it.each(REFUSALS)(
    'that a save waits for and that ends late with %s moves nobody to another page',
    async (reason) => {
      const phone = await atHome(app.project)
      const silent = await phone.holdCall(isSilent, 'request')
      await saveTrip(phone)
      await silent.waiting()
      await openAbove(phone, ACCOUNT_PAGE)
      await silent.answer(refusal(reason))
      expect(await phone.page()).toBe(ACCOUNT_PAGE)
      await phone.back()
      expect(await phone.count(TEXTS.home.save)).toBe(1)
    },
  )

  it.each(REFUSALS)(
    'that a call waits for and that ends late with %s does not undo a logout and a login',
    async (reason) => {
      const { phone, silent } = await renewing('request')
      await logOutAndIn(phone)
      const token = await tokenOf(phone)
      await silent.answer(refusal(reason))
      expect(await tokenOf(phone)).toBe(token)
      expect(await phone.page()).toBe(ACCOUNT_PAGE)
      expect(await phone.text()).toContain(TEXTS.account.logout)
    },
  )

  it('that succeeds after a logout is ended, and logs nobody in', async () => {
    const { phone, silent } = await renewing('answer')
    await logOut(phone)
    await silent.release()
    expect(await stored(phone)).toEqual(loggedOut(MASKED))
    expect(await sessions()).toEqual([])
  })
})

describe('a check of before', () => {
  /** Opened again; the check at launch is held. */
  async function checking(moment: Moment, page?: string) {
    const { phone } = app.project
    const held = await phone.holdCall('checkToken', moment)
    await phone.open(page)
    await held.waiting()
    return held
  }

  it.each(['SESSION_REVOKED', 'ACCOUNT_DISABLED', 'ACCOUNT_CLOSED', 'TOKEN_EXPIRED'])(
    'that ends late with %s leaves a login that was made meanwhile alone',
    async (reason) => {
      const phone = await loggedInAtHome(app.project)
      const held = await checking('request')
      await logOutAndIn(phone)
      const token = await tokenOf(phone)
      await held.answer(refusal(reason))
      expect(await tokenOf(phone)).toBe(token)
      await expectNoDialog(app.project)
    },
  )

  it('does not take back a nickname that was saved meanwhile', async () => {
    const phone = await loggedInAtHome(app.project)
    const held = await checking('answer', ACCOUNT_PAGE)
    await phone.type(TEXTS.account.nickname, '小海')
    await phone.tap(TEXTS.account.saveNickname)
    expect(await phone.count('小海')).toBe(1)
    await held.release()
    expect(await phone.count('小海')).toBe(1)
    expect(await stored(phone)).toMatchObject({ login: { userInfo: { nickname: '小海' } } })
  })

  it('that succeeds late leaves it alone too, though it brings a new token', async () => {
    const phone = await loggedInAtHome(app.project)
    await app.project.clock.advance('20 days')
    const held = await checking('answer')
    await logOutAndIn(phone)
    const { login } = await stored(phone)
    await held.release()
    expect((await stored(phone)).login).toEqual(login)
    expect(await check(phone)).toMatchObject({ code: 200 })
  })

  it.each(['SESSION_REVOKED', 'ACCOUNT_DISABLED', 'ACCOUNT_CLOSED'])(
    'that ends with %s after a logout tells nothing, and leaves what the logout left',
    async (reason) => {
      const phone = await loggedInAtHome(app.project)
      const held = await checking('request')
      await logOut(phone)
      await held.answer(refusal(reason))
      expect(await stored(phone)).toEqual(loggedOut(MASKED))
      await expectNoDialog(app.project)
    },
  )
})

it('a login with another number, overtaken by a silent one, still shows the number that it brought', async () => {
  const phone = await loggedInAtHome(app.project)
  await app.project.clock.advance('31 days')
  const renewal = await phone.holdCall(isSilent)
  await phone.open(LOGIN_PAGE)
  await renewal.waiting()
  await phone.tap('.other-number')
  const login = await phone.holdCall(isPhoneLogin)
  await allow(app.project, '13900139000')
  await login.waiting()
  await renewal.release()
  expect(await stored(phone)).toMatchObject({ login: { userInfo: { phone: MASKED } } })
  await login.release()
  expect(await stored(phone)).toMatchObject({ login: { userInfo: { phone: '139****9000' } } })
})
