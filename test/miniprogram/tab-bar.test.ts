import { describe, expect, it } from 'vitest'
import { useProject } from '../support/use-project.ts'
import { isCallOf } from './calls.ts'
import { CITY, saveTrip } from './log-in.ts'
import {
  allow,
  atHome,
  HOME_PAGE,
  LOGIN_PAGE,
  loggedInAtHome,
  logOut,
  openOwn,
  stored,
  tapAndConfirm,
  tripDocuments,
} from './own-account.ts'
import { cityOf, openAbove } from './screen.ts'
import { tapTab, withTabs } from './tab-bar.ts'
import { TEXTS } from './texts.ts'

const TRIPS_PAGE = 'pages/trips/trips'
const ACCOUNT_PAGE = 'account/pages/account/account'
const DEVICES_PAGE = 'account/pages/devices/devices'
const WALL = '.wall >>> .login'

describe('with home, trips and account in the tab bar', () => {
  const tabs = useProject({ files: withTabs(HOME_PAGE, TRIPS_PAGE, ACCOUNT_PAGE, DEVICES_PAGE) })

  it('the name on the home page leads to the account tab', async () => {
    const phone = await loggedInAtHome(tabs.project)
    await phone.tap('.account')
    expect(await phone.pages()).toEqual([ACCOUNT_PAGE])
  })

  it('a trip that is saved on the home page shows in the trips tab that was open before', async () => {
    const phone = await atHome(tabs.project)
    await tapTab(phone, TRIPS_PAGE)
    await phone.tap(WALL)
    await allow(tabs.project)
    expect(await phone.page()).toBe(TRIPS_PAGE)
    expect(await phone.text()).toContain(TEXTS.trips.empty)
    await tapTab(phone, HOME_PAGE)
    await saveTrip(phone)
    expect(await phone.toasts()).toContain(TEXTS.home.saved)
    await tapTab(phone, TRIPS_PAGE)
    expect(await phone.text()).toContain(CITY)
    await phone.calls()
    await tapTab(phone, HOME_PAGE)
    await tapTab(phone, TRIPS_PAGE)
    expect(await phone.calls()).toEqual([])
  })

  it('a trip whose save is answered after the trips tab was shown shows too', async () => {
    const phone = await loggedInAtHome(tabs.project)
    await tapTab(phone, TRIPS_PAGE)
    await tapTab(phone, HOME_PAGE)
    const save = await phone.holdCall(isCallOf('trips', 'save'))
    await phone.type('.city', '成都')
    await phone.tap('.save')
    await save.waiting()
    await tapTab(phone, TRIPS_PAGE)
    await save.release()
    expect(await phone.text()).toContain('成都')
  })

  it('a device that logged in meanwhile shows in a devices tab', async () => {
    const phone = await loggedInAtHome(tabs.project)
    await tapTab(phone, DEVICES_PAGE)
    await tapTab(phone, HOME_PAGE)
    const device = { model: 'iPhone 15', platform: 'ios' }
    await tabs.project.cloud.call('login', { device }, { as: phone.openid })
    await tapTab(phone, DEVICES_PAGE)
    expect(await phone.text()).toContain('iPhone 15')
  })

  it('登录 on the account tab comes back to it, and the other tabs know', async () => {
    const phone = await atHome(tabs.project)
    await tapTab(phone, ACCOUNT_PAGE)
    await phone.tap('.login')
    await allow(tabs.project)
    expect(await phone.page()).toBe(ACCOUNT_PAGE)
    await tapTab(phone, HOME_PAGE)
    expect(await phone.text()).not.toContain(TEXTS.home.greeting)
  })

  it('我的行程 leads to the tab, before and after a login', async () => {
    const phone = await atHome(tabs.project)
    await phone.tap('.link')
    await allow(tabs.project)
    expect(await phone.pages()).toEqual([TRIPS_PAGE])
    await phone.tap('.plan')
    expect(await phone.pages()).toEqual([HOME_PAGE])
  })

  it('去规划行程 leaves the home page as it was', async () => {
    const phone = await loggedInAtHome(tabs.project)
    await tabs.project.cloud.collection('trips').clear()
    await phone.type('.city', '成都')
    await tapTab(phone, TRIPS_PAGE)
    await phone.tap('.plan')
    expect(await cityOf(phone)).toBe('成都')
  })

  it('a login page from a share card, with nothing below, leads to the home tab', async () => {
    const { phone } = tabs.project
    await phone.open(LOGIN_PAGE)
    await phone.tap('.one-tap')
    await allow(tabs.project)
    expect(await phone.pages()).toEqual([HOME_PAGE])
  })

  it('closing the account leads to the home tab and leaves no trace in the others', async () => {
    const phone = await loggedInAtHome(tabs.project)
    await tapTab(phone, TRIPS_PAGE)
    expect(await phone.text()).toContain(CITY)
    await tapTab(phone, ACCOUNT_PAGE)
    await openOwn(phone, 'close-account')
    await phone.tap('.box')
    await tapAndConfirm(phone, '.close')
    expect(await phone.pages()).toEqual([HOME_PAGE])
    await phone.tap('知道了')
    await tapTab(phone, TRIPS_PAGE)
    expect(await phone.text()).not.toContain(CITY)
  })
})

describe('with the login page itself in the tab bar', () => {
  const tabs = useProject({ files: withTabs(HOME_PAGE, LOGIN_PAGE) })

  it('comes back to the tab that asked, with the trip saved', async () => {
    const phone = await atHome(tabs.project)
    await saveTrip(phone)
    expect(await phone.page()).toBe(LOGIN_PAGE)
    await allow(tabs.project)
    expect(await phone.pages()).toEqual([HOME_PAGE])
    expect(await tripDocuments(tabs.project)).toHaveLength(1)
  })

  it('comes back to a page above the tabs', async () => {
    const phone = await atHome(tabs.project)
    await openAbove(phone, TRIPS_PAGE)
    await phone.tap(WALL)
    await allow(tabs.project)
    expect(await phone.page()).toBe(TRIPS_PAGE)
    expect(await phone.text()).toContain(TEXTS.trips.empty)
  })

  it('drops the action when the user opens another tab', async () => {
    const phone = await atHome(tabs.project)
    await saveTrip(phone)
    await tapTab(phone, HOME_PAGE)
    await tapTab(phone, LOGIN_PAGE)
    await allow(tabs.project)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await tripDocuments(tabs.project)).toEqual([])
  })

  it('shows why it was opened', async () => {
    const phone = await loggedInAtHome(tabs.project)
    const { login } = await stored(phone)
    await tabs.project.cloud.call('logout', { token: login?.token }, { as: phone.openid })
    await saveTrip(phone)
    expect(await phone.page()).toBe(LOGIN_PAGE)
    expect(await phone.text()).toContain('已在其他设备退出登录')
    await phone.tap('.one-tap')
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await tripDocuments(tabs.project)).toHaveLength(2)
    await phone.toasts()
    await logOut(phone)
    await phone.back()
    await tapTab(phone, LOGIN_PAGE)
    expect(await phone.text()).not.toContain(TEXTS.login.working)
  })
})
