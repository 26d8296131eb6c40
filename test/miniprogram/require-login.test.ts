import { describe, expect, it } from 'vitest'
import { HeldAnswer, isSilent, refusing } from './held.ts'
import { stored } from './inside.ts'
import type { Phone } from './phone.ts'
import { CITY, type Traveller, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()

const HOME = 'pages/index/index'
const TABS = [HOME, 'pages/trips/trips', 'pages/account/account']
/** So many pages that WeChat opens no other above them. */
const NINE = [
  ...Array.from({ length: 4 }, () => ['pages/agreement/agreement', 'pages/privacy/privacy']).flat(),
  'pages/agreement/agreement',
]

interface Session {
  requireLogin(action: () => void): Promise<void>
  logout(): Promise<void>
}
const session = ({ phone }: Traveller) => phone.module<Session>('services/session.js')

/** Launched with these pages above one another. */
async function withPages(pages: readonly string[], tabs: readonly string[] = []): Promise<Traveller> {
  const traveller = await newTraveller()
  const { phone } = traveller
  phone.tabs = tabs
  const [first = HOME, ...above] = pages
  await phone.launch(first)
  await phone.openAbove(...above)
  return traveller
}

const routes = (phone: Phone) => phone.pages.map(({ instance }) => instance.route)

describe('on the tenth page', () => {
  it('leads to the login page, and back to the tenth page, with the trip saved once', async () => {
    const traveller = await withPages([...NINE, HOME])
    const { phone } = traveller
    expect(phone.pages).toHaveLength(10)
    await traveller.save()
    expect(phone.route).toBe('login')
    await traveller.allow()
    expect(routes(phone)).toEqual([...NINE, HOME])
    expect(traveller.tripDocuments).toMatchObject([{ city: CITY }])
    expect(phone.toasts).toContain('行程已保存')
  })

  it('opens the page with what it was opened with', async () => {
    const traveller = await withPages(NINE)
    const { phone } = traveller
    await phone.openAbove(`${HOME}?from=card&name=%E5%A4%A7`)
    await traveller.save()
    await traveller.allow()
    expect(phone.page.instance['options']).toEqual({ from: 'card', name: expect.any(String) })
  })

  it('goes on to the page that was asked for, which takes the place of the tenth', async () => {
    const traveller = await withPages([...NINE, HOME])
    const { phone } = traveller
    phone.tap('.link')
    await phone.settle()
    await traveller.allow()
    expect(routes(phone)).toEqual([...NINE, 'pages/trips/trips'])
  })

  it.each(['agreement', 'privacy'])(
    'shows %s on the login page, since there is no room for it',
    async (page) => {
      const traveller = await withPages([...NINE, HOME])
      const { phone } = traveller
      await traveller.save()
      phone.tap(`.consent >>> .link-${page}`)
      await phone.settle()
      expect(phone.route).toBe('login')
      expect(phone.text).toContain(page === 'privacy' ? '一、谁处理你的信息' : '一、我们是谁')
      phone.tap('.close-document')
      expect(phone.find('.reader')).toBeUndefined()
      await traveller.allow()
      expect(traveller.tripDocuments).toHaveLength(1)
    },
  )

  it('does nothing more after 暂不登录, and leads back', async () => {
    const traveller = await withPages([...NINE, HOME])
    const { phone } = traveller
    await traveller.save()
    phone.tap('.later')
    await phone.settle()
    expect(routes(phone)).toEqual([...NINE, HOME])
    phone.tap('.link')
    await phone.settle()
    await traveller.allow()
    expect(traveller.tripDocuments).toEqual([])
  })

  it.each(['account', 'trips'])('every row and link of a logged-in user leads on from %s', async (page) => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await phone.launch(NINE[0])
    await phone.openAbove(...NINE.slice(1), page === 'account' ? 'pages/account/account' : HOME)
    phone.tap(page === 'account' ? '.item-devices' : '.link')
    await phone.settle()
    expect(phone.route).toBe(page === 'account' ? 'devices' : 'trips')
  })
})

describe('several actions that wait', () => {
  it.each([1, 2, 3])('are done after the login, all %d, in order, once each', async (count) => {
    const traveller = await newTraveller()
    const done: number[] = []
    for (let number = 1; number <= count; number++) session(traveller).requireLogin(() => done.push(number))
    await traveller.phone.settle()
    expect(traveller.phone.pages).toHaveLength(2)
    await traveller.allow()
    expect(done).toEqual(Array.from({ length: count }, (_, index) => index + 1))
    await session(traveller).logout()
    traveller.phone.tap('.link')
    await traveller.phone.settle()
    traveller.phone.tap('.one-tap')
    await traveller.phone.settle()
    expect(done).toHaveLength(count)
  })

  it('are done though one of them fails', async () => {
    const traveller = await newTraveller()
    const done: string[] = []
    const failures: unknown[] = []
    const listener = (error: unknown) => failures.push(error)
    process.on('unhandledRejection', listener)
    session(traveller).requireLogin(() => {
      throw new Error('a mistake in a page')
    })
    session(traveller).requireLogin(() => done.push('second'))
    await traveller.phone.settle()
    await traveller.allow()
    process.off('unhandledRejection', listener)
    expect(done).toEqual(['second'])
    expect(failures).toMatchObject([{ message: 'a mistake in a page' }])
  })

  it.each(['暂不登录', 'the arrow'])(
    'are dropped, all of them, by a user who walks away by %s',
    async (way) => {
      const traveller = await newTraveller()
      const { phone } = traveller
      const done: string[] = []
      for (const name of ['one', 'two']) session(traveller).requireLogin(() => done.push(name))
      await phone.settle()
      if (way === 'the arrow') phone.back()
      else phone.tap('.later')
      await phone.settle()
      phone.tap('.link')
      await phone.settle()
      await traveller.allow()
      expect(phone.route).toBe('trips')
      expect(done).toEqual([])
    },
  )

  it('are dropped where the login page cannot be opened', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    const done: string[] = []
    const { navigateTo } = phone.wx
    phone.wx['navigateTo'] = ({ fail }: { fail?(): void }) => fail?.()
    session(traveller).requireLogin(() => done.push('one'))
    await phone.settle()
    phone.wx['navigateTo'] = navigateTo
    phone.tap('.link')
    await phone.settle()
    await traveller.allow()
    expect(done).toEqual([])
  })

  it('one tap too many opens the page that was asked for once', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    phone.tap('.link')
    phone.tap('.link')
    await phone.settle()
    await traveller.allow()
    expect(routes(phone)).toEqual([HOME, 'pages/trips/trips'])
  })
})

describe('after 暂不登录', () => {
  it('a call that was refused before does not ask again', async () => {
    const traveller = await newTraveller()
    const { phone, kit } = traveller
    await traveller.logIn()
    kit.cloud.database.putDocument('users', { ...traveller.userDocument, phoneHash: '' } as never)
    const storage = phone.module<{ keepLogin(login: object): void }>('utils/login-storage.js')
    storage.keepLogin({ ...stored(traveller).login, token: 'garbled' })
    phone.tap('.save')
    await phone.settle()
    expect(phone.route).toBe('login')
    const navigations = phone.navigations.length
    phone.tap('.later')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(phone.navigations).toHaveLength(navigations + 1)
    expect(phone.data['saving']).toBe(false)
  })
})

describe('with home, trips and account in the tab bar', () => {
  it('登录 on the home page leads to the account tab', async () => {
    const { phone } = await withPages([HOME], TABS)
    phone.tap('.account')
    await phone.settle()
    expect(phone.route).toBe('account')
    expect(phone.pages).toHaveLength(1)
  })

  it('a trip that is saved on the home page shows in the trips tab that was open before', async () => {
    const traveller = await withPages([HOME], TABS)
    const { phone } = traveller
    await phone.toTab('pages/trips/trips')
    phone.tap('.wall >>> .login')
    await phone.settle()
    await traveller.allow()
    expect(phone.route).toBe('trips')
    expect(phone.text).toContain('还没有保存过行程')
    await phone.toTab(HOME)
    await traveller.save()
    expect(phone.toasts.at(-1)).toBe('行程已保存')
    await phone.toTab('pages/trips/trips')
    expect(phone.text).toContain(CITY)
    const lists = phone.callsOf('trips').length
    await phone.toTab(HOME)
    await phone.toTab('pages/trips/trips')
    expect(phone.callsOf('trips')).toHaveLength(lists)
  })

  it('a trip whose save is answered after the trips tab was shown shows too', async () => {
    const traveller = await withPages([HOME], TABS)
    const { phone } = traveller
    await traveller.logIn()
    await phone.toTab('pages/trips/trips')
    await phone.toTab(HOME)
    const save = new HeldAnswer(phone, ({ data }) => data['action'] === 'save')
    phone.type('.city', '成都')
    phone.tap('.save')
    await save.waiting()
    await phone.toTab('pages/trips/trips')
    await save.arrives()
    expect(phone.text).toContain('成都')
  })

  it('a device that logged in meanwhile shows in a devices tab', async () => {
    const traveller = await withPages([HOME], [...TABS, 'pages/devices/devices'])
    const { phone, kit, openid } = traveller
    await traveller.logIn()
    await phone.toTab('pages/devices/devices')
    await phone.toTab(HOME)
    await kit.login(openid, { device: { model: 'iPhone 15', platform: 'ios' } })
    await phone.toTab('pages/devices/devices')
    expect(phone.text).toContain('iPhone 15')
  })

  it('登录 on the account tab comes back to it, and the other tabs know', async () => {
    const traveller = await withPages([HOME], TABS)
    const { phone } = traveller
    await phone.toTab('pages/account/account')
    phone.tap('.login')
    await phone.settle()
    await traveller.allow()
    expect(phone.route).toBe('account')
    await phone.toTab(HOME)
    expect(phone.text).not.toContain('登录后')
  })

  it('我的行程 leads to the tab, before and after a login', async () => {
    const traveller = await withPages([HOME], TABS)
    const { phone } = traveller
    phone.tap('.link')
    await phone.settle()
    await traveller.allow()
    expect(routes(phone)).toEqual(['pages/trips/trips'])
    phone.tap('.plan')
    await phone.settle()
    expect(routes(phone)).toEqual([HOME])
  })

  it('去规划行程 leaves the home page as it was', async () => {
    const traveller = await withPages([HOME], TABS)
    const { phone } = traveller
    await traveller.logIn()
    traveller.kit.cloud.database.removeDocument('trips', String(traveller.tripDocuments[0]?.['_id']))
    phone.type('.city', '成都')
    await phone.toTab('pages/trips/trips')
    phone.tap('.plan')
    await phone.settle()
    expect(phone.data['city']).toBe('成都')
  })

  it('a login page from a share card, with nothing below, leads to the home tab', async () => {
    const traveller = await withPages(['pages/login/login'], TABS)
    await traveller.allow()
    expect(routes(traveller.phone)).toEqual([HOME])
  })

  it('closing the account leads to the home tab and leaves no trace in the others', async () => {
    const traveller = await withPages([HOME], TABS)
    const { phone } = traveller
    await traveller.logIn()
    await phone.toTab('pages/trips/trips')
    expect(phone.text).toContain(CITY)
    await phone.toTab('pages/account/account')
    await traveller.open('close-account')
    phone.tap('.box')
    phone.tap('.close')
    phone.answer(true)
    await phone.settle()
    expect(routes(phone)).toEqual([HOME])
    await phone.toTab('pages/trips/trips')
    expect(phone.text).not.toContain(CITY)
  })
})

describe('with the login page itself in the tab bar', () => {
  const WITH_LOGIN = [HOME, 'pages/login/login']

  it('comes back to the tab that asked, with the trip saved', async () => {
    const traveller = await withPages([HOME], WITH_LOGIN)
    const { phone } = traveller
    await traveller.save()
    expect(phone.route).toBe('login')
    await traveller.allow()
    expect(routes(phone)).toEqual([HOME])
    expect(traveller.tripDocuments).toHaveLength(1)
  })

  it('comes back to a page above the tabs', async () => {
    const traveller = await withPages([HOME, 'pages/trips/trips'], WITH_LOGIN)
    const { phone } = traveller
    phone.tap('.wall >>> .login')
    await phone.settle()
    await traveller.allow()
    expect(phone.route).toBe('trips')
    expect(phone.text).toContain('还没有保存过行程')
  })

  it('drops what the user walked away from by another tab', async () => {
    const traveller = await withPages([HOME], WITH_LOGIN)
    const { phone } = traveller
    await traveller.save()
    await phone.toTab(HOME)
    await phone.toTab('pages/login/login')
    await traveller.allow()
    expect(phone.route).toBe('index')
    expect(traveller.tripDocuments).toEqual([])
  })

  it('tells why it was opened', async () => {
    const traveller = await withPages([HOME], WITH_LOGIN)
    const { phone, kit, openid } = traveller
    await traveller.logIn()
    await kit.call('logout', openid, { token: stored(traveller).login?.token })
    await traveller.save()
    expect(phone.route).toBe('login')
    expect(phone.text).toContain('已在其他设备退出登录')
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(traveller.tripDocuments).toHaveLength(2)
    await traveller.logOut()
    await phone.toTab('pages/login/login')
    expect(phone.data['working']).toBe(false)
  })
})

describe('from a share card', () => {
  it.each(['trips', 'devices', 'my-data', 'close-account'])(
    '%s comes back to itself after the login',
    async (page) => {
      const traveller = await withPages([`pages/${page}/${page}`])
      const { phone } = traveller
      phone.tap('.wall >>> .login')
      await phone.settle()
      await traveller.allow()
      expect(routes(phone)).toEqual([`pages/${page}/${page}`])
      expect(phone.find('.wall')).toBeUndefined()
    },
  )

  it('the login page leads home at once where somebody is logged in', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await phone.launch('pages/login/login')
    expect(phone.route).toBe('index')
    expect(phone.toasts.filter((text) => text === '登录成功')).toHaveLength(1)
  })
})

it('an action is not done on a page that the user left while a silent login was on its way', async () => {
  const traveller = await newTraveller()
  const { phone } = traveller
  await traveller.logIn()
  phone.storage.clear()
  await phone.launch()
  const silent = new HeldAnswer(phone, isSilent)
  phone.tap('.link')
  await silent.waiting()
  phone.tap('.account')
  await phone.settle()
  await silent.arrives()
  expect(phone.route).toBe('account')
  expect(phone.text).toContain('退出登录')
})

it('a refusal tells why on the login page, as before', async () => {
  const traveller = await newTraveller()
  const { phone } = traveller
  phone.deliver = refusing('WECHAT_QUOTA')
  phone.tap('.link')
  await phone.settle()
  expect(phone.route).toBe('login')
  expect(phone.text).toContain('今日手机号验证次数已用完')
})
