import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import { useProject } from '../support/use-project.ts'
import { loggedOut, type Stored } from './app-state.ts'
import { isCallOf, isPhoneLogin, refusal, refuseToken } from './calls.ts'
import { CITY, saveTrip } from './log-in.ts'
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
import { OWN_PAGES } from './own-pages.ts'
import { routeTo } from './page-routes.ts'
import { openAbove } from './screen.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()

const TRIPS_PAGE = 'pages/trips/trips'
const ACCOUNT_PAGE = 'account/pages/account/account'
const WALL = '.wall >>> .login'

/** Names of the calls since the last reading. */
async function callNames(phone: Phone): Promise<string[]> {
  return (await phone.calls()).map(({ name }) => name)
}

async function expectLoginPage(phone: Phone): Promise<void> {
  expect(await phone.page()).toContain(LOGIN_PAGE)
}

/** Logged in, on the home page, with a token that is not new any more. */
async function withOldToken(): Promise<Phone> {
  const phone = await loggedInAtHome(app.project)
  await app.project.clock.advance('5 min')
  await phone.calls()
  return phone
}

/** Changes the person's document, as another device or an administrator does. */
async function changeUser(fields: object): Promise<void> {
  await app.project.cloud.collection('users').put({ ...(await userDocument(app.project)), ...fields })
}

async function logOutElsewhere(phone: Phone): Promise<void> {
  const { login } = await stored(phone)
  await app.project.cloud.call('logout', { token: login?.token }, { as: phone.openid })
}

/** On a trips page above others: each loads its list again, and all these calls are refused together. */
async function refuseTogether(phone: Phone, count: number): Promise<void> {
  let arrived = 0
  let refuse = () => {}
  const allArrived = new Promise<void>((resolve) => {
    refuse = resolve
  })
  const whenAllArrived = async () => {
    arrived += 1
    if (arrived === count) refuse()
    await allArrived
    return refusal('TOKEN_SIGNATURE')
  }
  await phone.answerCalls('trips', whenAllArrived, count)
  await phone.evaluate(async ({ getCurrentPages }) => {
    for (const page of getCurrentPages()) page.onPullDownRefresh()
  })
}

/** So many trips pages above one another, each with its list. */
async function openTripsPages(phone: Phone, count: number): Promise<void> {
  await phone.open(TRIPS_PAGE)
  for (let above = 1; above < count; above++) await openAbove(phone, TRIPS_PAGE)
  await phone.calls()
}

describe('多页面登录拦截', () => {
  it('lets every visitor browse, and opens the login page from each guarded place', async () => {
    const { phone } = app.project
    for (const page of ['agreement', 'privacy', 'account']) {
      await phone.open(routeTo(page))
      expect(await phone.page()).toBe(routeTo(page))
    }
    for (const page of Object.keys(OWN_PAGES)) {
      await phone.open(routeTo(page))
      expect(await phone.page()).toBe(routeTo(page))
      await phone.tap(WALL)
      await expectLoginPage(phone)
    }
    for (const item of [...Object.values(OWN_PAGES), '.login']) {
      await phone.open(ACCOUNT_PAGE)
      await phone.tap(item)
      await expectLoginPage(phone)
    }
    await phone.open()
    await phone.tap('.link')
    await expectLoginPage(phone)
    expect(new Set(await callNames(phone))).toEqual(new Set(['login']))
  })

  it('returns to the page that asked, which then shows its content', async () => {
    const phone = await loggedInAtHome(app.project)
    await logOut(phone)
    await phone.open(TRIPS_PAGE)
    expect(await phone.text()).not.toContain(CITY)
    await phone.tap(WALL)
    expect(await phone.page()).toBe(TRIPS_PAGE)
    expect(await phone.text()).toContain(CITY)
  })

  it('opens the requested page after the login', async () => {
    const phone = await atHome(app.project)
    await phone.tap('.link')
    await allow(app.project)
    expect(await phone.page()).toBe(TRIPS_PAGE)
    expect(await phone.text()).toContain(TEXTS.trips.empty)
  })

  it('opens one login page for a double tap', async () => {
    const phone = await atHome(app.project)
    await Promise.all([phone.tap('.link'), phone.tap('.link')])
    expect(await phone.pages()).toEqual([HOME_PAGE, expect.stringContaining(LOGIN_PAGE)])
    expect(await callNames(phone)).toEqual(['login'])
  })

  it('opens no second login page while one is open', async () => {
    const phone = await atHome(app.project)
    await saveTrip(phone)
    // A second finger on the page below.
    await phone.evaluate(({ getCurrentPages }) => getCurrentPages()[0].onTrips())
    expect(await phone.pages()).toEqual([HOME_PAGE, expect.stringContaining(LOGIN_PAGE)])
  })

  it('loads the next page of trips at the end of the first', async () => {
    const phone = await loggedInAtHome(app.project)
    const [trip] = await tripDocuments(app.project)
    const more = Array.from({ length: 24 }, (_, index) => ({ ...trip, _id: `${trip?.['_id']}-${index}` }))
    await app.project.cloud.collection('trips').put(...more)
    await phone.open(TRIPS_PAGE)
    expect(await phone.count('.trip')).toBe(20)
    await phone.reachBottom()
    expect(await phone.count('.trip')).toBe(25)
    await phone.see('没有更多了')
  })
})

describe('接口鉴权', () => {
  it('sends the token with guarded calls and with no other', async () => {
    const phone = await loggedInAtHome(app.project)
    const { login } = await stored(phone)
    const sent = (await phone.calls()).map(({ name, data }) => [name, data['token'] === login?.token])
    expect(sent.filter(([name]) => name === 'login').every(([, hasToken]) => !hasToken)).toBe(true)
    expect(sent.filter(([name]) => name === 'trips')).toEqual([['trips', true]])
  })

  it('lets ten calls that fail together with 403 wait for one login, and repeats them', async () => {
    const phone = await withOldToken()
    await openTripsPages(phone, 10)
    await refuseTogether(phone, 10)
    const cities = await phone.evaluate(({ getCurrentPages }) =>
      getCurrentPages().map(({ data }) => data.items[0].city),
    )
    expect(cities).toEqual(Array.from({ length: 10 }, () => CITY))
    const names = await callNames(phone)
    expect(names.filter((name) => name === 'login')).toHaveLength(1)
    expect(names.filter((name) => name === 'trips')).toHaveLength(20)
    expect(await phone.pages()).toEqual(Array.from({ length: 10 }, () => TRIPS_PAGE))
  })

  it('opens one login page for several calls when only the user can log in', async () => {
    const phone = await withOldToken()
    await openTripsPages(phone, 5)
    await changeUser({ phoneHash: '' })
    await refuseTogether(phone, 5)
    const pages = Array.from({ length: 5 }, () => TRIPS_PAGE)
    expect(await phone.pages()).toEqual([...pages, expect.stringContaining(LOGIN_PAGE)])
    expect((await callNames(phone)).filter((name) => name === 'login')).toHaveLength(1)
  })

  it('opens no login page again for a late refusal after the user declined', async () => {
    const phone = await withOldToken()
    await changeUser({ phoneHash: '' })
    const late = await phone.holdCall(isCallOf('trips', 'save'), 'request')
    await phone.tap('.save')
    await late.waiting()
    await refuseToken(phone, 'trips')
    await openAbove(phone, TRIPS_PAGE)
    await expectLoginPage(phone)
    await phone.tap('.later')
    const pages = await phone.pages()
    expect(pages.at(-1)).not.toContain(LOGIN_PAGE)
    await late.answer(refusal('TOKEN_SIGNATURE'))
    expect(await phone.pages()).toEqual(pages)
    expect((await callNames(phone)).filter((name) => name === 'login')).toHaveLength(1)
  })

  it('repeats a late refused call with the new token, without a second login', async () => {
    const phone = await withOldToken()
    const late = await phone.holdCall(isCallOf('trips', 'save'), 'request')
    await phone.tap('.save')
    await late.waiting()
    await refuseToken(phone, 'trips')
    await openAbove(phone, TRIPS_PAGE)
    await phone.see(CITY)
    await late.answer(refusal('TOKEN_SIGNATURE'))
    expect(await tripDocuments(app.project)).toHaveLength(2)
    expect((await callNames(phone)).filter((name) => name === 'login')).toHaveLength(1)
  })

  it('does not loop when the new token is refused as well', async () => {
    const phone = await withOldToken()
    await refuseToken(phone, 'trips', Number.POSITIVE_INFINITY)
    await phone.tap('.save')
    await phone.see(ERROR_TEXTS.UPDATING)
    expect(await callNames(phone)).toEqual(['trips', 'login', 'trips'])
    await phone.tap('.save')
    await phone.see(ERROR_TEXTS.UPDATING)
    expect(await callNames(phone)).toEqual(['trips'])
  })

  it.each([
    ['is not new any more', '5 min'],
    ['is as old as nobody knows, since the clock was put back', '-60 min'],
  ])('asks for another token where the refused one %s', async (_name, duration) => {
    const phone = await loggedInAtHome(app.project)
    await app.project.clock.advance(duration)
    await refuseToken(phone, 'trips', Number.POSITIVE_INFINITY)
    await phone.calls()
    await phone.tap('.save')
    expect(await callNames(phone)).toEqual(['trips', 'login', 'trips'])
  })

  it('never shows a user’s trips to another who has their token', async () => {
    const owner = await loggedInAtHome(app.project)
    const thief = await app.project.phones.of('oThief')
    await thief.open()
    await thief.evaluate(({ wx }, login: Stored) => wx.setStorageSync('login', login), await stored(owner))
    await thief.open()
    expect((await stored(thief)).login).toBeUndefined()
    await thief.open(TRIPS_PAGE)
    expect(await thief.text()).not.toContain(CITY)
  })

  it('shows a user that their session was ended elsewhere, and does not log in silently', async () => {
    const phone = await loggedInAtHome(app.project)
    await logOutElsewhere(phone)
    await phone.calls()
    await saveTrip(phone)
    expect(await callNames(phone)).toEqual(['trips'])
    await expectLoginPage(phone)
    expect(await phone.text()).toContain('已在其他设备退出登录')
    await phone.tap('.one-tap')
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await tripDocuments(app.project)).toHaveLength(2)
  })

  it('shows it at launch too, and lets the user browse', async () => {
    const phone = await loggedInAtHome(app.project)
    await logOutElsewhere(phone)
    await phone.open()
    expect(await phone.page()).toBe(HOME_PAGE)
    expect((await phone.dialog()).text).toContain('已在其他设备退出登录')
    expect(await stored(phone)).toEqual(loggedOut(MASKED))
  })

  it('shows a disabled user why, at the action and at launch', async () => {
    const phone = await loggedInAtHome(app.project)
    await changeUser({ status: 'disabled' })
    await saveTrip(phone)
    expect(await phone.text()).toContain('账号已被停用')
    expect((await stored(phone)).login).toBeUndefined()
    const logins = (await phone.calls()).filter(({ name }) => name === 'login')
    expect(logins.filter((call) => !isPhoneLogin(call))).toHaveLength(1)
    await saveTrip(phone)
    await phone.tap('.one-tap')
    expect(await phone.text()).toContain('账号已被停用')
  })
})
