import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
// A page's own mistake has no page: what runs the actions is tested directly.
import { runAll } from '../../miniprogram/auth/session/waiting-actions.ts'
import { useProject } from '../support/use-project.ts'
import { isSilent, refusal, refuseToken } from './calls.ts'
import { CITY, saveTrip } from './log-in.ts'
import {
  allow,
  atHome,
  HOME_PAGE,
  LOGIN_PAGE,
  loggedInAtHome,
  logOut,
  tripDocuments,
  userDocument,
} from './own-account.ts'
import { routeTo } from './page-routes.ts'
import { openAbove } from './screen.ts'
import { TEXTS } from './texts.ts'

const app = useProject()

const TRIPS_PAGE = 'pages/trips/trips'
const ACCOUNT_PAGE = 'account/pages/account/account'
const DEVICES_PAGE = 'account/pages/devices/devices'
const WALL = '.wall >>> .login'
/** So many pages that WeChat opens no other above them. */
const NINE = [
  ...Array.from({ length: 4 }, () => [
    'account/pages/agreement/agreement',
    'account/pages/privacy/privacy',
  ]).flat(),
  'account/pages/agreement/agreement',
]

/** Nine pages above one another, and this one above them. */
async function onTenthPage(page = HOME_PAGE): Promise<Phone> {
  const { phone } = app.project
  await phone.open(NINE[0])
  await openAbove(phone, ...NINE.slice(1), page)
  return phone
}

async function expectLoginPage(phone: Phone): Promise<void> {
  expect(await phone.page()).toContain(LOGIN_PAGE)
}

/** Taps these on the home page while it is not known yet whether the person has an account; one login page opens. */
async function tapBeforeLogin(...targets: string[]): Promise<Phone> {
  const phone = await atHome(app.project)
  await phone.type('.city', CITY)
  const silent = await phone.holdCall(isSilent)
  for (const target of targets) await phone.tap(target)
  await silent.waiting()
  await silent.release()
  expect(await phone.pages()).toEqual([HOME_PAGE, expect.stringContaining(LOGIN_PAGE)])
  return phone
}

const favourites = () => app.project.cloud.collection('favourites').documents()

describe('on the tenth page', () => {
  it('leads to the login page, and back to the tenth page, with the trip saved once', async () => {
    const phone = await onTenthPage()
    expect(await phone.pages()).toHaveLength(10)
    await saveTrip(phone)
    await expectLoginPage(phone)
    await allow(app.project)
    expect(await phone.pages()).toEqual([...NINE, HOME_PAGE])
    expect(await tripDocuments(app.project)).toMatchObject([{ city: CITY }])
    expect(await phone.toasts()).toContain(TEXTS.home.saved)
  })

  it('opens the page again with its query', async () => {
    const phone = await onTenthPage(`${HOME_PAGE}?from=card&name=%E5%A4%A7`)
    await saveTrip(phone)
    await allow(app.project)
    expect(await phone.page()).toMatch(/^pages\/index\/index\?from=card&name=./)
  })

  it('opens the requested page, which replaces the tenth', async () => {
    const phone = await onTenthPage()
    await phone.tap('.link')
    await allow(app.project)
    expect(await phone.pages()).toEqual([...NINE, TRIPS_PAGE])
  })

  it.each(['agreement', 'privacy'])(
    'shows %s on the login page, since there is no room for it',
    async (page) => {
      const phone = await onTenthPage()
      await saveTrip(phone)
      await phone.tap(`.consent >>> .link-${page}`)
      await expectLoginPage(phone)
      expect(await phone.text()).toContain(page === 'privacy' ? '一、谁处理你的信息' : '一、我们是谁')
      await phone.tap('.close-document')
      expect(await phone.count('.reader')).toBe(0)
      await allow(app.project)
      expect(await tripDocuments(app.project)).toHaveLength(1)
    },
  )

  it('does nothing more after 暂不登录, and leads back', async () => {
    const phone = await onTenthPage()
    await saveTrip(phone)
    await phone.tap('.later')
    expect(await phone.pages()).toEqual([...NINE, HOME_PAGE])
    await phone.tap('.link')
    await allow(app.project)
    expect(await tripDocuments(app.project)).toEqual([])
  })

  it.each([
    ['account', ACCOUNT_PAGE, '.item-devices', DEVICES_PAGE],
    ['trips', HOME_PAGE, '.link', TRIPS_PAGE],
  ])('every row and link of a logged-in user leads on from %s', async (_name, page, link, destination) => {
    await loggedInAtHome(app.project)
    const phone = await onTenthPage(page)
    await phone.tap(link)
    expect(await phone.pages()).toEqual([...NINE, destination])
  })
})

describe('several actions that wait', () => {
  it.each([1, 2, 3])('are done after the login, all %d, in order, once each', async (count) => {
    const phone = await tapBeforeLogin(...['.save', '.heart', '.link'].slice(0, count))
    await phone.calls()
    await allow(app.project)
    const done = (await phone.calls()).map(({ name }) => name).filter((name) => name !== 'login')
    expect(done.slice(0, count)).toEqual(['trips', 'favourites', 'trips'].slice(0, count))
    expect(await phone.page()).toBe(count === 3 ? TRIPS_PAGE : HOME_PAGE)
    if (count === 3) await phone.back()
    await phone.toasts()
    await logOut(phone)
    await phone.back()
    await phone.tap('.link')
    await phone.tap('.one-tap')
    expect(await phone.page()).toBe(TRIPS_PAGE)
    expect(await tripDocuments(app.project)).toHaveLength(1)
    expect(await favourites()).toHaveLength(count > 1 ? 1 : 0)
  })

  it('run although one of them fails', async () => {
    const done: string[] = []
    const failures: unknown[] = []
    const listener = (error: unknown) => failures.push(error)
    process.on('unhandledRejection', listener)
    runAll([
      () => {
        throw new Error('a mistake in a page')
      },
      () => done.push('second'),
    ])
    await expect.poll(() => failures).toMatchObject([{ message: 'a mistake in a page' }])
    process.off('unhandledRejection', listener)
    expect(done).toEqual(['second'])
  })

  it.each(['暂不登录', 'the arrow'])(
    'are dropped, all of them, by a user who walks away by %s',
    async (way) => {
      const phone = await tapBeforeLogin('.save', '.heart')
      if (way === 'the arrow') await phone.back()
      else await phone.tap('.later')
      await phone.tap('.link')
      await allow(app.project)
      expect(await phone.page()).toBe(TRIPS_PAGE)
      expect([...(await tripDocuments(app.project)), ...(await favourites())]).toEqual([])
    },
  )

  it('are dropped where the login page cannot be opened', async () => {
    const phone = await atHome(app.project)
    await phone.evaluate(({ wx }) => {
      wx.realNavigateTo = wx.navigateTo
      wx.navigateTo = ({ fail }: { fail?(): void }) => fail?.()
    })
    await saveTrip(phone)
    expect(await phone.pages()).toEqual([HOME_PAGE])
    await phone.evaluate(({ wx }) => {
      wx.navigateTo = wx.realNavigateTo
    })
    await phone.tap('.link')
    await allow(app.project)
    expect(await phone.page()).toBe(TRIPS_PAGE)
    expect(await tripDocuments(app.project)).toEqual([])
  })

  it('a double tap opens the requested page once', async () => {
    const phone = await atHome(app.project)
    await Promise.all([phone.tap('.link'), phone.tap('.link')])
    await allow(app.project)
    expect(await phone.pages()).toEqual([HOME_PAGE, TRIPS_PAGE])
  })
})

describe('after 暂不登录', () => {
  it('a call that was refused before does not ask again', async () => {
    const phone = await loggedInAtHome(app.project)
    // A token that is new is not renewed.
    await app.project.clock.advance('5 min')
    const { cloud } = app.project
    await cloud.collection('users').put({ ...(await userDocument(app.project)), phoneHash: '' })
    await refuseToken(phone, 'trips')
    await phone.tap('.save')
    await expectLoginPage(phone)
    await phone.tap('.later')
    expect(await phone.pages()).toEqual([HOME_PAGE])
    expect(await phone.count(TEXTS.home.save)).toBe(1)
  })
})

describe('from a share card', () => {
  it.each(['trips', 'devices', 'my-data', 'close-account'])(
    '%s comes back to itself after the login',
    async (page) => {
      const { phone } = app.project
      await phone.open(routeTo(page))
      await phone.tap(WALL)
      await allow(app.project)
      expect(await phone.pages()).toEqual([routeTo(page)])
      expect(await phone.count('.wall')).toBe(0)
    },
  )

  it('the login page leads home at once for a logged-in user', async () => {
    const phone = await loggedInAtHome(app.project)
    await phone.open(LOGIN_PAGE)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await phone.toasts()).toEqual([])
  })
})

it('an action does not run on a page that the user left during a silent login', async () => {
  const phone = await loggedInAtHome(app.project)
  await phone.evaluate(({ wx }) => wx.clearStorageSync())
  await phone.open()
  const silent = await phone.holdCall(isSilent)
  await phone.tap('.link')
  await silent.waiting()
  await openAbove(phone, ACCOUNT_PAGE)
  await silent.release()
  expect(await phone.page()).toBe(ACCOUNT_PAGE)
  expect(await phone.text()).toContain(TEXTS.account.logout)
})

it('a refusal is shown on the login page', async () => {
  const phone = await atHome(app.project)
  await phone.answerCalls('login', () => refusal('WECHAT_QUOTA'))
  await phone.tap('.link')
  await expectLoginPage(phone)
  expect(await phone.text()).toContain('今日手机号验证次数已用完')
})
