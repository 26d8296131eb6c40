import { describe, expect, it } from 'vitest'
import { succeeded } from '../cloud-kit.ts'
import type { CloudCall } from './deliver.ts'
import { HeldAnswer, isCallOf } from './held.ts'
import { type Stored, stored, tripsOf } from './inside.ts'
import type { Phone } from './phone.ts'
import { picture } from './pictures.ts'
import { CITY, type Traveller, useTravellers } from './traveller.ts'

const newTraveller = useTravellers()

const OTHER_NUMBER = '13900139000'
const CHANGE = '.changer >>> .change >>> .phone-button'

/** As long as it is under way no other number is asked for, so the next login is one of the same account. */
const NUMBER = 'another number'
const CLOSING = 'the closing of the account'

interface LateAnswer {
  page: string
  isHeld: (call: CloudCall) => boolean
  /** Before it: what the page needs. */
  prepare?(traveller: Traveller): Promise<void> | void
  ask(traveller: Traveller): Promise<void> | void
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
      phone.answer(true)
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
    ask: async (traveller) => {
      const allowed = await traveller.allowed(OTHER_NUMBER)
      traveller.phone.tap(CHANGE)
      traveller.phone.fire(CHANGE, 'getphonenumber', allowed)
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

function choosePicture({ phone }: Traveller): void {
  phone.files.set('http://tmp/me.png', picture('png'))
  phone.fire('.picker >>> .choose', 'chooseavatar', { avatarUrl: 'http://tmp/me.png' })
}

const session = (phone: Phone) => phone.module<{ logout(): Promise<void> }>('services/session.js')

/** What is asked for is done by the cloud, and its answer is on the way. */
async function asked(name: string): Promise<{ traveller: Traveller; late: HeldAnswer }> {
  const answer = LATE[name]
  if (!answer) throw new Error(name)
  const traveller = await newTraveller()
  await traveller.logIn()
  await answer.prepare?.(traveller)
  const isFirst = answer.isHeld({ name: 'trips', data: { action: 'list' } }) || name === 'the list of devices'
  const page = `pages/${answer.page}/${answer.page}`
  if (!isFirst) await traveller.phone.launch(page)
  const late = new HeldAnswer(traveller.phone, answer.isHeld)
  if (isFirst) traveller.phone.launch(page)
  await answer.ask(traveller)
  await late.waiting()
  return { traveller, late }
}

/** As an administrator or another device closes it. The same WeChat account then makes an account with the same id. */
function removeAccount({ kit, userDocument }: Traveller): void {
  const id = userDocument?.['_id']
  if (id === undefined) return
  const { database } = kit.cloud
  database.removeDocument('users', String(id))
  for (const { _id } of database.documents('trips', { filter: { userId: id }, limit: 100 }))
    database.removeDocument('trips', String(_id))
}

describe.each(Object.keys(LATE))('the answer to %s', (name) => {
  it('changes nothing for the account that took the other’s place', async () => {
    const { traveller, late } = await asked(name)
    const { phone, kit } = traveller
    await session(phone).logout()
    await phone.settle()
    if (name !== NUMBER) removeAccount(traveller)
    // While an account is being closed its page asks nobody to log in.
    if (name === CLOSING) await phone.openAbove('pages/account/account')
    const { route } = phone
    phone.tap(route === 'account' ? '.login' : '.wall >>> .login')
    await phone.settle()
    if (phone.find('.one-tap')) phone.tap('.one-tap')
    await phone.settle()
    if (name !== NUMBER) await traveller.allow()
    expect(phone.route).toBe(route)
    const before = { login: stored(traveller), text: phone.text, toasts: [...phone.toasts] }
    await late.arrives()
    expect(stored(traveller)).toEqual(before.login)
    expect(phone.route).toBe(route)
    expect(phone.text).toBe(before.text)
    expect(phone.toasts).toEqual(before.toasts)
    expect(phone.modal).toBeUndefined()
    const { trace } = LATE[name] as LateAnswer
    if (trace !== undefined) expect(phone.text).not.toContain(trace)
    expect(traveller.userDocument).toMatchObject({ nickname: '旅行者', avatar: '' })
    expect(await kit.checkToken(traveller.openid, { token: before.login.login?.token })).toMatchObject({
      code: 200,
    })
  })

  it('shows nothing on a page that was left, and takes the user nowhere', async () => {
    const { traveller, late } = await asked(name)
    const { phone } = traveller
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
  it('that come in another order than they were asked for leave the newer nickname and the newer picture', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await phone.launch('pages/account/account')
    const nickname = new HeldAnswer(phone, isCallOf('account', 'update'))
    phone.fire('.nickname >>> .form', 'submit', { value: { nickname: '小海' } })
    await nickname.waiting()
    choosePicture(traveller)
    await phone.settle()
    expect(phone.text).toContain('移除头像')
    await nickname.arrives()
    expect(phone.text).toContain('移除头像')
    expect(phone.text).toContain('小海')
  })

  it('a nickname of a page that was left is not shown over one that was saved after it', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
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
    expect(stored(traveller).login?.userInfo).toMatchObject({ nickname: '小山' })
  })

  it('a list of trips from before a removal does not bring the trip back', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await phone.launch('pages/trips/trips')
    const list = new HeldAnswer(phone, isCallOf('trips', 'list'))
    phone.gesture('onPullDownRefresh')
    await list.waiting()
    phone.tap('.remove')
    phone.answer(true)
    await phone.settle()
    await list.arrives()
    expect(phone.data['trips']).toEqual([])
    expect(phone.data['loading']).toBe(false)
  })

  it('a list of devices from before the end of one does not bring it back', async () => {
    const traveller = await newTraveller()
    const { phone, kit, openid } = traveller
    await traveller.logIn()
    succeeded(await kit.login(openid, { device: { model: 'iPhone 15', platform: 'ios' } }))
    await phone.launch('pages/devices/devices')
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

it('the answer to another number is not shown over the number of a later login', async () => {
  const { traveller, late } = await asked(NUMBER)
  const { phone, kit, openid } = traveller
  await session(phone).logout()
  await phone.settle()
  // The number changes once more, on another phone of theirs.
  const { token } = succeeded(await kit.login(openid, {}))
  const phoneCode = await kit.phoneCode(openid, '13700137000')
  succeeded(await kit.call('account', openid, { token, action: 'changePhone', phoneCode }))
  phone.tap('.login')
  await phone.settle()
  phone.tap('.one-tap')
  await phone.settle()
  expect(phone.text).toContain('137****7000')
  await late.arrives()
  expect(phone.text).toContain('137****7000')
  expect(stored(traveller).login?.userInfo).toMatchObject({ phone: '137****7000' })
})

interface Session {
  logout(): Promise<void>
  loginSilently(): Promise<unknown>
}

it('the trips of one login are off the page before the next has its own', async () => {
  const traveller = await newTraveller()
  const { phone } = traveller
  await traveller.logIn()
  await phone.launch('pages/trips/trips')
  expect(phone.text).toContain(CITY)
  await phone.module<Session>('services/session.js').logout()
  const list = new HeldAnswer(phone, isCallOf('trips', 'list'))
  await phone.module<Session>('services/session.js').loginSilently()
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
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await phone.launch(`pages/${page}/${page}`)
    if (page === 'close-account') phone.tap('.box')
    phone.tap(button)
    await phone.module<Session>('services/session.js').logout()
    await phone.module<Session>('services/session.js').loginSilently()
    const before = stored(traveller)
    expect(before.login).toBeDefined()
    phone.answer(true)
    await phone.settle()
    expect(stored(traveller)).toEqual(before)
    expect(traveller.userDocument).toMatchObject({ status: 'active' })
  })
})

describe('an answer of another account', () => {
  it('is not kept: the user on the screen stays', async () => {
    const traveller = await newTraveller()
    const { phone } = traveller
    await traveller.logIn()
    await phone.launch('pages/account/account')
    const { login } = stored(traveller)
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
    expect(stored(traveller).login).toEqual(login)
  })

  /** Two people; the phone of the second holds the login of the first, as after a change of the WeChat account. */
  async function withLoginOfAnother(page: string, prepare: (traveller: Traveller) => Promise<void> | void) {
    const [before, now] = [await newTraveller(), await newTraveller()]
    await before.phone.launch()
    await before.logIn()
    await now.phone.launch()
    await now.logIn()
    await now.phone.launch(`pages/${page}/${page}`)
    await prepare(now)
    const storage = now.phone.module<{ keepLogin(login: Stored['login']): void }>('utils/login-storage.js')
    storage.keepLogin(stored(before).login)
    return { before, now }
  }

  it('a silent login that brings one empties the page of what it shows', async () => {
    const { before, now } = await withLoginOfAnother('my-data', async ({ phone }) => {
      phone.tap('.load')
      await phone.settle()
      expect(phone.text).toContain('复制全部')
    })
    await tripsOf(now.phone).listTrips()
    await now.phone.settle()
    expect(now.phone.text).not.toContain('复制全部')
    expect(stored(now).login?.userInfo).not.toMatchObject({ id: before.userDocument?.['_id'] })
  })

  it('a silent login that brings one does not do what was asked for under the one before', async () => {
    const { before, now } = await withLoginOfAnother('index', () => {})
    await now.save()
    expect(now.tripDocuments).toHaveLength(1)
    expect(before.tripDocuments).toHaveLength(1)
    expect(stored(now).login?.userInfo).toMatchObject({ id: now.userDocument?.['_id'] })
  })
})
