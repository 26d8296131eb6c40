import { describe, expect, it } from 'vitest'
import { stored } from './app-state.ts'
import { HeldAnswer, isSilent, refusing } from './phone/held-answer.ts'
import { routeTo } from './phone/page-routes.ts'
import type { Phone } from './phone/phone.ts'
import { CITY, type PhoneUser, useTestUsers } from './phone-user.ts'

const newTestUser = useTestUsers()

const HOME = 'pages/index/index'
const TABS = [HOME, 'pages/trips/trips', 'account/pages/account/account']
/** So many pages that WeChat opens no other above them. */
const NINE = [
  ...Array.from({ length: 4 }, () => [
    'account/pages/agreement/agreement',
    'account/pages/privacy/privacy',
  ]).flat(),
  'account/pages/agreement/agreement',
]

interface Session {
  requireLogin(action: () => void): Promise<void>
  logout(): Promise<void>
}
const session = ({ phone }: PhoneUser) => phone.module<Session>('auth/index.js')

/** Launched with these pages above one another. */
async function withPages(pages: readonly string[], tabs: readonly string[] = []): Promise<PhoneUser> {
  const testUser = await newTestUser()
  const { phone } = testUser
  phone.tabs = tabs
  const [first = HOME, ...above] = pages
  await phone.launch(first)
  await phone.openAbove(...above)
  return testUser
}

const routes = (phone: Phone) => phone.pages.map(({ instance }) => instance.route)

describe('on the tenth page', () => {
  it('leads to the login page, and back to the tenth page, with the trip saved once', async () => {
    const testUser = await withPages([...NINE, HOME])
    const { phone } = testUser
    expect(phone.pages).toHaveLength(10)
    await testUser.save()
    expect(phone.route).toBe('login')
    await testUser.allow()
    expect(routes(phone)).toEqual([...NINE, HOME])
    expect(testUser.tripDocuments).toMatchObject([{ city: CITY }])
    expect(phone.toasts).toContain('行程已保存')
  })

  it('opens the page again with its query', async () => {
    const testUser = await withPages(NINE)
    const { phone } = testUser
    await phone.openAbove(`${HOME}?from=card&name=%E5%A4%A7`)
    await testUser.save()
    await testUser.allow()
    expect(phone.page.instance['options']).toEqual({ from: 'card', name: expect.any(String) })
  })

  it('opens the requested page, which replaces the tenth', async () => {
    const testUser = await withPages([...NINE, HOME])
    const { phone } = testUser
    phone.tap('.link')
    await phone.settle()
    await testUser.allow()
    expect(routes(phone)).toEqual([...NINE, 'pages/trips/trips'])
  })

  it.each(['agreement', 'privacy'])(
    'shows %s on the login page, since there is no room for it',
    async (page) => {
      const testUser = await withPages([...NINE, HOME])
      const { phone } = testUser
      await testUser.save()
      phone.tap(`.consent >>> .link-${page}`)
      await phone.settle()
      expect(phone.route).toBe('login')
      expect(phone.text).toContain(page === 'privacy' ? '一、谁处理你的信息' : '一、我们是谁')
      phone.tap('.close-document')
      expect(phone.find('.reader')).toBeUndefined()
      await testUser.allow()
      expect(testUser.tripDocuments).toHaveLength(1)
    },
  )

  it('does nothing more after 暂不登录, and leads back', async () => {
    const testUser = await withPages([...NINE, HOME])
    const { phone } = testUser
    await testUser.save()
    phone.tap('.later')
    await phone.settle()
    expect(routes(phone)).toEqual([...NINE, HOME])
    phone.tap('.link')
    await phone.settle()
    await testUser.allow()
    expect(testUser.tripDocuments).toEqual([])
  })

  it.each(['account', 'trips'])('every row and link of a logged-in user leads on from %s', async (page) => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await phone.launch(NINE[0])
    await phone.openAbove(...NINE.slice(1), page === 'account' ? 'account/pages/account/account' : HOME)
    phone.tap(page === 'account' ? '.item-devices' : '.link')
    await phone.settle()
    expect(phone.route).toBe(page === 'account' ? 'devices' : 'trips')
  })
})

describe('several actions that wait', () => {
  it.each([1, 2, 3])('are done after the login, all %d, in order, once each', async (count) => {
    const testUser = await newTestUser()
    const done: number[] = []
    for (let number = 1; number <= count; number++) session(testUser).requireLogin(() => done.push(number))
    await testUser.phone.settle()
    expect(testUser.phone.pages).toHaveLength(2)
    await testUser.allow()
    expect(done).toEqual(Array.from({ length: count }, (_, index) => index + 1))
    await session(testUser).logout()
    testUser.phone.tap('.link')
    await testUser.phone.settle()
    testUser.phone.tap('.one-tap')
    await testUser.phone.settle()
    expect(done).toHaveLength(count)
  })

  it('run although one of them fails', async () => {
    const testUser = await newTestUser()
    const done: string[] = []
    const failures: unknown[] = []
    const listener = (error: unknown) => failures.push(error)
    process.on('unhandledRejection', listener)
    session(testUser).requireLogin(() => {
      throw new Error('a mistake in a page')
    })
    session(testUser).requireLogin(() => done.push('second'))
    await testUser.phone.settle()
    await testUser.allow()
    process.off('unhandledRejection', listener)
    expect(done).toEqual(['second'])
    expect(failures).toMatchObject([{ message: 'a mistake in a page' }])
  })

  it.each(['暂不登录', 'the arrow'])(
    'are dropped, all of them, by a user who walks away by %s',
    async (way) => {
      const testUser = await newTestUser()
      const { phone } = testUser
      const done: string[] = []
      for (const name of ['one', 'two']) session(testUser).requireLogin(() => done.push(name))
      await phone.settle()
      if (way === 'the arrow') phone.back()
      else phone.tap('.later')
      await phone.settle()
      phone.tap('.link')
      await phone.settle()
      await testUser.allow()
      expect(phone.route).toBe('trips')
      expect(done).toEqual([])
    },
  )

  it('are dropped where the login page cannot be opened', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    const done: string[] = []
    const { navigateTo } = phone.wx
    phone.wx['navigateTo'] = ({ fail }: { fail?(): void }) => fail?.()
    session(testUser).requireLogin(() => done.push('one'))
    await phone.settle()
    phone.wx['navigateTo'] = navigateTo
    phone.tap('.link')
    await phone.settle()
    await testUser.allow()
    expect(done).toEqual([])
  })

  it('a double tap opens the requested page once', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    phone.tap('.link')
    phone.tap('.link')
    await phone.settle()
    await testUser.allow()
    expect(routes(phone)).toEqual([HOME, 'pages/trips/trips'])
  })
})

describe('after 暂不登录', () => {
  it('a call that was refused before does not ask again', async () => {
    const testUser = await newTestUser()
    const { phone, kit } = testUser
    await testUser.logIn()
    kit.cloud.database.putDocument('users', { ...testUser.userDocument, phoneHash: '' } as never)
    const storage = phone.module<{ storeLogin(login: object): void }>('auth/storage/login-storage.js')
    storage.storeLogin({ ...stored(testUser).login, token: 'garbled' })
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
  it('the name on the home page leads to the account tab', async () => {
    const testUser = await withPages([HOME], TABS)
    const { phone } = testUser
    await testUser.logIn()
    phone.tap('.account')
    await phone.settle()
    expect(phone.route).toBe('account')
    expect(phone.pages).toHaveLength(1)
  })

  it('a trip that is saved on the home page shows in the trips tab that was open before', async () => {
    const testUser = await withPages([HOME], TABS)
    const { phone } = testUser
    await phone.toTab('pages/trips/trips')
    phone.tap('.wall >>> .login')
    await phone.settle()
    await testUser.allow()
    expect(phone.route).toBe('trips')
    expect(phone.text).toContain('还没有保存过行程')
    await phone.toTab(HOME)
    await testUser.save()
    expect(phone.toasts.at(-1)).toBe('行程已保存')
    await phone.toTab('pages/trips/trips')
    expect(phone.text).toContain(CITY)
    const lists = phone.callsOf('trips').length
    await phone.toTab(HOME)
    await phone.toTab('pages/trips/trips')
    expect(phone.callsOf('trips')).toHaveLength(lists)
  })

  it('a trip whose save is answered after the trips tab was shown shows too', async () => {
    const testUser = await withPages([HOME], TABS)
    const { phone } = testUser
    await testUser.logIn()
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
    const testUser = await withPages([HOME], [...TABS, 'account/pages/devices/devices'])
    const { phone, kit, openid } = testUser
    await testUser.logIn()
    await phone.toTab('account/pages/devices/devices')
    await phone.toTab(HOME)
    await kit.login(openid, { device: { model: 'iPhone 15', platform: 'ios' } })
    await phone.toTab('account/pages/devices/devices')
    expect(phone.text).toContain('iPhone 15')
  })

  it('登录 on the account tab comes back to it, and the other tabs know', async () => {
    const testUser = await withPages([HOME], TABS)
    const { phone } = testUser
    await phone.toTab('account/pages/account/account')
    phone.tap('.login')
    await phone.settle()
    await testUser.allow()
    expect(phone.route).toBe('account')
    await phone.toTab(HOME)
    expect(phone.text).not.toContain('登录后')
  })

  it('我的行程 leads to the tab, before and after a login', async () => {
    const testUser = await withPages([HOME], TABS)
    const { phone } = testUser
    phone.tap('.link')
    await phone.settle()
    await testUser.allow()
    expect(routes(phone)).toEqual(['pages/trips/trips'])
    phone.tap('.plan')
    await phone.settle()
    expect(routes(phone)).toEqual([HOME])
  })

  it('去规划行程 leaves the home page as it was', async () => {
    const testUser = await withPages([HOME], TABS)
    const { phone } = testUser
    await testUser.logIn()
    testUser.kit.cloud.database.removeDocument('trips', String(testUser.tripDocuments[0]?.['_id']))
    phone.type('.city', '成都')
    await phone.toTab('pages/trips/trips')
    phone.tap('.plan')
    await phone.settle()
    expect(phone.data['city']).toBe('成都')
  })

  it('a login page from a share card, with nothing below, leads to the home tab', async () => {
    const testUser = await withPages(['account/pages/login/login'], TABS)
    testUser.phone.tap('.one-tap')
    await testUser.phone.settle()
    await testUser.allow()
    expect(routes(testUser.phone)).toEqual([HOME])
  })

  it('closing the account leads to the home tab and leaves no trace in the others', async () => {
    const testUser = await withPages([HOME], TABS)
    const { phone } = testUser
    await testUser.logIn()
    await phone.toTab('pages/trips/trips')
    expect(phone.text).toContain(CITY)
    await phone.toTab('account/pages/account/account')
    await testUser.open('close-account')
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
  const WITH_LOGIN = [HOME, 'account/pages/login/login']

  it('comes back to the tab that asked, with the trip saved', async () => {
    const testUser = await withPages([HOME], WITH_LOGIN)
    const { phone } = testUser
    await testUser.save()
    expect(phone.route).toBe('login')
    await testUser.allow()
    expect(routes(phone)).toEqual([HOME])
    expect(testUser.tripDocuments).toHaveLength(1)
  })

  it('comes back to a page above the tabs', async () => {
    const testUser = await withPages([HOME, 'pages/trips/trips'], WITH_LOGIN)
    const { phone } = testUser
    phone.tap('.wall >>> .login')
    await phone.settle()
    await testUser.allow()
    expect(phone.route).toBe('trips')
    expect(phone.text).toContain('还没有保存过行程')
  })

  it('drops the action when the user opens another tab', async () => {
    const testUser = await withPages([HOME], WITH_LOGIN)
    const { phone } = testUser
    await testUser.save()
    await phone.toTab(HOME)
    await phone.toTab('account/pages/login/login')
    await testUser.allow()
    expect(phone.route).toBe('index')
    expect(testUser.tripDocuments).toEqual([])
  })

  it('shows why it was opened', async () => {
    const testUser = await withPages([HOME], WITH_LOGIN)
    const { phone, kit, openid } = testUser
    await testUser.logIn()
    await kit.call('logout', openid, { token: stored(testUser).login?.token })
    await testUser.save()
    expect(phone.route).toBe('login')
    expect(phone.text).toContain('已在其他设备退出登录')
    phone.tap('.one-tap')
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(testUser.tripDocuments).toHaveLength(2)
    await testUser.logOut()
    await phone.toTab('account/pages/login/login')
    expect(phone.data['working']).toBe(false)
  })
})

describe('from a share card', () => {
  it.each(['trips', 'devices', 'my-data', 'close-account'])(
    '%s comes back to itself after the login',
    async (page) => {
      const testUser = await withPages([routeTo(page)])
      const { phone } = testUser
      phone.tap('.wall >>> .login')
      await phone.settle()
      await testUser.allow()
      expect(routes(phone)).toEqual([routeTo(page)])
      expect(phone.find('.wall')).toBeUndefined()
    },
  )

  it('the login page leads home at once for a logged-in user', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await phone.launch('account/pages/login/login')
    expect(phone.route).toBe('index')
    expect(phone.toasts.filter((text) => text === '登录成功')).toHaveLength(1)
  })
})

it('an action does not run on a page that the user left during a silent login', async () => {
  const testUser = await newTestUser()
  const { phone } = testUser
  await testUser.logIn()
  phone.storage.clear()
  await phone.launch()
  const silent = new HeldAnswer(phone, isSilent)
  phone.tap('.link')
  await silent.waiting()
  await phone.openAbove('account/pages/account/account')
  await silent.arrives()
  expect(phone.route).toBe('account')
  expect(phone.text).toContain('退出登录')
})

it('a refusal is shown on the login page', async () => {
  const testUser = await newTestUser()
  const { phone } = testUser
  phone.deliver = refusing('WECHAT_QUOTA')
  phone.tap('.link')
  await phone.settle()
  expect(phone.route).toBe('login')
  expect(phone.text).toContain('今日手机号验证次数已用完')
})
