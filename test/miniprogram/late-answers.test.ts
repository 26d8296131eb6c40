import { describe, expect, it } from 'vitest'
import type { CloudCall, CloudNetwork } from 'wechat-cloud-emulator/testing/simulator'
import { succeeded } from '../support/cloud-kit.ts'
import { type Stored, stored, tripsOf } from './app-state.ts'
import { HeldAnswer, isCallOf, refusing } from './phone/held-answer.ts'
import { routeTo } from './page-routes.ts'
import type { Phone } from './phone/phone.ts'
import { picture } from './phone/pictures.ts'
import { CITY, type PhoneUser, useTestUsers } from './phone-user.ts'

const newTestUser = useTestUsers()

const OTHER_NUMBER = '13900139000'
const CHANGE = '.changer >>> .change >>> .phone-button'

/** While it is under way the app requests no other number, so the next login is one of the same account. */
const NUMBER = 'another number'
const CLOSING = 'the closing of the account'

interface LateAnswer {
  page: string
  isHeld: (call: CloudCall) => boolean
  /** What the cloud answers; by default what it has to say. */
  change?: CloudNetwork
  /** Before it: what the page needs. */
  prepare?(testUser: PhoneUser): Promise<void> | void
  ask(testUser: PhoneUser): Promise<void> | void
  /** What of it must not be seen by the next account. */
  trace?: string
}

/** One line for each thing that is asked of the cloud on a page that shows an account. */
const LATE: { [name: string]: LateAnswer } = {
  'the list of trips': { page: 'trips', isHeld: isCallOf('trips', 'list'), ask: () => {}, trace: CITY },
  'the removal of a trip': {
    page: 'trips',
    isHeld: isCallOf('trips', 'remove'),
    ask: ({ phone }) => {
      phone.tap('.remove')
      // The time to undo it.
      phone.clock.runOut()
    },
    trace: CITY,
  },
  'the refused removal of a trip': {
    page: 'trips',
    isHeld: isCallOf('trips', 'remove'),
    change: refusing('RATE_LIMITED'),
    ask: ({ phone }) => {
      phone.tap('.remove')
      phone.clock.runOut()
    },
    trace: CITY,
  },
  'the list of devices': {
    page: 'devices',
    isHeld: isCallOf('account', 'sessions'),
    prepare: async ({ kit, openid }) => {
      succeeded(await kit.login(openid, { device: { model: 'iPhone 15', platform: 'ios' } }))
    },
    ask: () => {},
    trace: 'iPhone 15',
  },
  'the end of other devices': {
    page: 'devices',
    isHeld: isCallOf('logout'),
    prepare: async ({ kit, openid }) => {
      succeeded(await kit.login(openid, { device: { model: 'iPhone 15', platform: 'ios' } }))
    },
    ask: ({ phone }) => {
      phone.tap('.end-others')
      phone.answer(true)
    },
  },
  'the end of all devices': {
    page: 'devices',
    isHeld: isCallOf('logout'),
    ask: ({ phone }) => {
      phone.tap('.end-all')
      phone.answer(true)
    },
  },
  'my data': {
    page: 'my-data',
    isHeld: isCallOf('account', 'export'),
    ask: ({ phone }) => void phone.tap('.load'),
    trace: '复制全部',
  },
  'a nickname': {
    page: 'account',
    isHeld: isCallOf('account', 'update'),
    ask: ({ phone }) => phone.fire('.nickname >>> .form', 'submit', { value: { nickname: '小海' } }),
    trace: '小海',
  },
  'a picture': {
    page: 'account',
    isHeld: isCallOf('account', 'update'),
    ask: choosePicture,
    trace: '移除头像',
  },
  'the place for a picture': {
    page: 'account',
    isHeld: isCallOf('account', 'avatarUpload'),
    ask: choosePicture,
    trace: '移除头像',
  },
  [NUMBER]: {
    page: 'account',
    isHeld: isCallOf('account', 'changePhone'),
    ask: async (testUser) => {
      const allowed = await testUser.allowed(OTHER_NUMBER)
      testUser.phone.tap(CHANGE)
      testUser.phone.fire(CHANGE, 'getphonenumber', allowed)
    },
  },
  [CLOSING]: {
    page: 'close-account',
    isHeld: isCallOf('account', 'close'),
    ask: ({ phone }) => {
      phone.tap('.box')
      phone.tap('.close')
      phone.answer(true)
    },
  },
}

function choosePicture({ phone }: PhoneUser): void {
  phone.files.set('http://tmp/me.png', picture('png'))
  phone.fire('.picker >>> .choose', 'chooseavatar', { avatarUrl: 'http://tmp/me.png' })
}

const session = (phone: Phone) => phone.module<{ logout(): Promise<void> }>('auth/index.js')

/** The cloud has done what the page requested, and its answer is on the way. */
async function asked(name: string): Promise<{ testUser: PhoneUser; late: HeldAnswer }> {
  const answer = LATE[name]
  if (!answer) throw new Error(name)
  const testUser = await newTestUser()
  await testUser.logIn()
  await answer.prepare?.(testUser)
  const isFirst = answer.isHeld({ name: 'trips', data: { action: 'list' } }) || name === 'the list of devices'
  const page = routeTo(answer.page)
  if (!isFirst) await testUser.phone.launch(page)
  const late = new HeldAnswer(testUser.phone, answer.isHeld, answer.change)
  if (isFirst) testUser.phone.launch(page)
  await answer.ask(testUser)
  await late.waiting()
  return { testUser, late }
}

/** As an administrator or another device closes it. The same WeChat account then makes an account with the same id. */
function removeAccount({ kit, userDocument }: PhoneUser): void {
  const id = userDocument?.['_id']
  if (id === undefined) return
  const { database } = kit.cloud
  database.removeDocument('users', String(id))
  for (const { _id } of database.documents('trips', { filter: { userId: id }, limit: 100 }))
    database.removeDocument('trips', String(_id))
}

describe.each(Object.keys(LATE))('the answer to %s', (name) => {
  it('changes nothing for the account that logged in meanwhile', async () => {
    const { testUser, late } = await asked(name)
    const { phone, kit } = testUser
    await session(phone).logout()
    await phone.settle()
    if (name !== NUMBER) removeAccount(testUser)
    // While an account is being deleted its page opens no login page.
    if (name === CLOSING) await phone.openAbove('account/pages/account/account')
    const { route } = phone
    phone.tap(route === 'account' ? '.login' : '.wall >>> .login')
    await phone.settle()
    if (name !== NUMBER) await testUser.allow()
    expect(phone.route).toBe(route)
    const before = { login: stored(testUser), text: phone.text, toasts: [...phone.toasts] }
    await late.arrives()
    expect(stored(testUser)).toEqual(before.login)
    expect(phone.route).toBe(route)
    expect(phone.text).toBe(before.text)
    expect(phone.toasts).toEqual(before.toasts)
    expect(phone.modal).toBeUndefined()
    const { trace } = LATE[name] as LateAnswer
    if (trace !== undefined) expect(phone.text).not.toContain(trace)
    expect(testUser.userDocument).toMatchObject({ nickname: '旅行者', avatar: '' })
    expect(await kit.checkToken(testUser.openid, { token: before.login.login?.token })).toMatchObject({
      code: 200,
    })
  })

  it('shows nothing on a page that was left, and opens no page', async () => {
    const { testUser, late } = await asked(name)
    const { phone } = testUser
    await phone.openAbove('pages/index/index')
    phone.type('.city', '成都')
    const navigations = [...phone.navigations]
    await late.arrives()
    expect(phone.route).toBe('index')
    expect(phone.data['city']).toBe('成都')
    expect(phone.navigations).toEqual(navigations)
  })
})

describe('two answers of one account', () => {
  it('that arrive in another order than their requests leave the newer nickname and picture', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await phone.launch('account/pages/account/account')
    const nickname = new HeldAnswer(phone, isCallOf('account', 'update'))
    phone.fire('.nickname >>> .form', 'submit', { value: { nickname: '小海' } })
    await nickname.waiting()
    choosePicture(testUser)
    await phone.settle()
    expect(phone.text).toContain('移除头像')
    await nickname.arrives()
    expect(phone.text).toContain('移除头像')
    expect(phone.text).toContain('小海')
  })

  it('a nickname of a page that was left is not shown over one that was saved after it', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    phone.tap('.account')
    await phone.settle()
    const first = new HeldAnswer(phone, isCallOf('account', 'update'))
    phone.fire('.nickname >>> .form', 'submit', { value: { nickname: '小海' } })
    await first.waiting()
    phone.back()
    phone.tap('.account')
    await phone.settle()
    phone.fire('.nickname >>> .form', 'submit', { value: { nickname: '小山' } })
    await phone.settle()
    await first.arrives()
    expect(phone.text).toContain('小山')
    expect(stored(testUser).login?.userInfo).toMatchObject({ nickname: '小山' })
  })

  it('a list of trips from before a removal does not bring the trip back', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await phone.launch('pages/trips/trips')
    const list = new HeldAnswer(phone, isCallOf('trips', 'list'))
    phone.gesture('onPullDownRefresh')
    await list.waiting()
    phone.tap('.remove')
    // The removal is sent when the page is covered. No time passes, which the list would not wait out.
    await phone.openAbove('pages/index/index')
    phone.back()
    await phone.settle()
    await list.arrives()
    expect(phone.data['items']).toEqual([])
    expect(phone.data['loading']).toBe(false)
  })

  it('a list of devices from before the end of one does not bring it back', async () => {
    const testUser = await newTestUser()
    const { phone, kit, openid } = testUser
    await testUser.logIn()
    succeeded(await kit.login(openid, { device: { model: 'iPhone 15', platform: 'ios' } }))
    await phone.launch('account/pages/devices/devices')
    const list = new HeldAnswer(phone, isCallOf('account', 'sessions'))
    phone.gesture('onPullDownRefresh')
    await list.waiting()
    phone.tap('.end')
    phone.answer(true)
    await phone.settle()
    await list.arrives()
    expect(phone.data['devices']).toMatchObject([{ name: 'Pixel 9' }])
    expect(phone.data['loading']).toBe(false)
  })
})

it('a heart is filled at the tap, before the cloud answers', async () => {
  const testUser = await newTestUser()
  const { phone } = testUser
  await testUser.logIn()
  await phone.launch()
  phone.type('.city', CITY)
  const late = new HeldAnswer(phone, isCallOf('favourites', 'save'))
  phone.tap('.heart')
  await late.waiting()
  expect(phone.data['isFavourite']).toBe(true)
  await late.arrives()
  expect(phone.data['isFavourite']).toBe(true)
})

it('the answer to another number is not shown over the number of a later login', async () => {
  const { testUser, late } = await asked(NUMBER)
  const { phone, kit, openid } = testUser
  await session(phone).logout()
  await phone.settle()
  // The number changes once more, on another phone of theirs.
  const { token } = succeeded(await kit.login(openid, {}))
  const phoneCode = await kit.phoneCode(openid, '13700137000')
  succeeded(await kit.call('account', openid, { token, action: 'changePhone', phoneCode }))
  phone.tap('.login')
  await phone.settle()
  expect(phone.text).toContain('137****7000')
  await late.arrives()
  expect(phone.text).toContain('137****7000')
  expect(stored(testUser).login?.userInfo).toMatchObject({ phone: '137****7000' })
})

interface Session {
  logout(): Promise<void>
  loginSilently(): Promise<unknown>
}

it('the trips of one login leave the page before the next one loads its own', async () => {
  const testUser = await newTestUser()
  const { phone } = testUser
  await testUser.logIn()
  await phone.launch('pages/trips/trips')
  expect(phone.text).toContain(CITY)
  await phone.module<Session>('auth/index.js').logout()
  const list = new HeldAnswer(phone, isCallOf('trips', 'list'))
  await phone.module<Session>('auth/index.js').loginSilently()
  await list.waiting()
  expect(phone.text).not.toContain(CITY)
  await list.arrives()
  expect(phone.text).toContain(CITY)
})

describe('a question that is answered after a logout and a login', () => {
  it.each([
    ['退出登录', 'account', '.logout'],
    ['注销账号', 'close-account', '.close'],
  ])('%s does nothing to that login', async (_name, page, button) => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await phone.launch(routeTo(page))
    if (page === 'close-account') phone.tap('.box')
    phone.tap(button)
    await phone.module<Session>('auth/index.js').logout()
    await phone.module<Session>('auth/index.js').loginSilently()
    const before = stored(testUser)
    expect(before.login).toBeDefined()
    phone.answer(true)
    await phone.settle()
    expect(stored(testUser)).toEqual(before)
    expect(testUser.userDocument).toMatchObject({ status: 'active' })
  })
})

describe('an answer of another account', () => {
  it('is not kept: the user on the screen stays', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    await phone.launch('account/pages/account/account')
    const { login } = stored(testUser)
    const cloud = phone.deliver
    phone.deliver = async (call) => {
      const answer = (await cloud(call)) as { result: { data: { userInfo: object } } }
      Object.assign(answer.result.data.userInfo, { id: 'somebody-else' })
      return answer
    }
    phone.fire('.nickname >>> .form', 'submit', { value: { nickname: '小海' } })
    await phone.settle()
    phone.deliver = cloud
    expect(phone.text).not.toContain('小海')
    expect(stored(testUser).login).toEqual(login)
  })

  /** Two people; the phone of the second holds the login of the first, as after a change of the WeChat account. */
  async function withLoginOfAnother(page: string, prepare: (testUser: PhoneUser) => Promise<void> | void) {
    const [before, now] = [await newTestUser(), await newTestUser()]
    await before.phone.launch()
    await before.logIn()
    await now.phone.launch()
    await now.logIn()
    await now.phone.launch(routeTo(page))
    await prepare(now)
    const storage = now.phone.module<{ storeLogin(login: Stored['login']): void }>(
      'auth/storage/login-storage.js',
    )
    storage.storeLogin(stored(before).login)
    return { before, now }
  }

  it('a silent login that brings one empties the page of what it shows', async () => {
    const { before, now } = await withLoginOfAnother('my-data', async ({ phone }) => {
      phone.tap('.load')
      await phone.settle()
      expect(phone.text).toContain('复制全部')
    })
    await tripsOf(now.phone).load()
    await now.phone.settle()
    expect(now.phone.text).not.toContain('复制全部')
    expect(stored(now).login?.userInfo).not.toMatchObject({ id: before.userDocument?.['_id'] })
  })

  it('a silent login that brings one does not repeat a call of the account before', async () => {
    const { before, now } = await withLoginOfAnother('index', () => {})
    await now.save()
    expect(now.tripDocuments).toHaveLength(1)
    expect(before.tripDocuments).toHaveLength(1)
    expect(stored(now).login?.userInfo).toMatchObject({ id: now.userDocument?.['_id'] })
  })
})
