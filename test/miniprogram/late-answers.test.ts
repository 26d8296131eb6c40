import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import type { Answer } from '../../contract/answer.ts'
import type { LoginData } from '../../contract/login.ts'
import { succeeded } from '../support/cloud-kit.ts'
import { loggedIn } from '../support/logged-in.ts'
import { useProject } from '../support/use-project.ts'
import { isCallOf, isSilent, refusal, refuseToken } from './calls.ts'
import { asked, CLOSING, choosePicture, LATE, loginOnIphone, NUMBER, saveNickname } from './late-answers.ts'
import { CITY } from './log-in.ts'
import {
  allow,
  confirm,
  HOME_PAGE,
  loggedInAtHome,
  stored,
  tapAndConfirm,
  tripDocuments,
  userDocument,
} from './own-account.ts'
import { routeTo } from './page-routes.ts'
import { cityOf, expectNoDialog, openAbove } from './screen.ts'
import { TEXTS } from './texts.ts'

const app = useProject()

const TRIPS_PAGE = 'pages/trips/trips'
const ACCOUNT_PAGE = 'account/pages/account/account'
const WALL = '.wall >>> .login'
const REMOVE_PICTURE = '移除头像'
const COPY_ALL = '复制全部'
const OTHER = 'oOther'

const call = <Data>(name: string, data: object, as = app.project.phone.openid) =>
  app.project.cloud.call<Answer<Data>>(name, data, { as })

/** By way of the account page, which is on top afterwards. */
async function logOut(phone: Phone): Promise<void> {
  if ((await phone.page()) !== ACCOUNT_PAGE) await openAbove(phone, ACCOUNT_PAGE)
  await tapAndConfirm(phone, '.logout')
  await phone.see(TEXTS.account.anonymous)
}

/** As an administrator or another device closes it. The same WeChat account then makes an account with the same id. */
async function removeAccount(): Promise<void> {
  for (const name of ['users', 'trips']) await app.project.cloud.collection(name).clear()
}

describe.each(Object.keys(LATE))('the answer to %s', (name) => {
  it('changes nothing for the account that logged in meanwhile', async () => {
    const { phone, arrives } = await asked(app.project, name)
    const page = await phone.page()
    await logOut(phone)
    if (name !== NUMBER) await removeAccount()
    // While an account is being deleted its page opens no login page.
    if (page !== ACCOUNT_PAGE && name !== CLOSING) await phone.back()
    const top = await phone.page()
    await phone.tap(top === ACCOUNT_PAGE ? '.login' : WALL)
    if (name !== NUMBER) await allow(app.project)
    expect(await phone.page()).toBe(top)
    await phone.toasts()
    const before = { login: await stored(phone), text: await phone.text() }
    await arrives()
    expect(await stored(phone)).toEqual(before.login)
    expect(await phone.page()).toBe(top)
    expect(await phone.text()).toBe(before.text)
    expect(await phone.toasts()).toEqual([])
    await expectNoDialog(app.project)
    const trace = LATE[name]?.trace
    if (trace !== undefined) expect(await phone.count(trace)).toBe(0)
    expect(await userDocument(app.project)).toMatchObject({ nickname: '旅行者', avatar: '' })
    expect(await call('checkToken', { token: before.login.login?.token })).toMatchObject({ code: 200 })
  })

  it('shows nothing on a page that was left, and opens no page', async () => {
    const { phone, arrives } = await asked(app.project, name)
    await openAbove(phone, HOME_PAGE)
    await phone.type('.city', '成都')
    const pages = await phone.pages()
    await arrives()
    expect(await phone.pages()).toEqual(pages)
    expect(await cityOf(phone)).toBe('成都')
  })
})

describe('two answers of one account', () => {
  it('that arrive in another order than their requests leave the newer nickname and picture', async () => {
    const phone = await loggedInAtHome(app.project)
    await phone.open(ACCOUNT_PAGE)
    const nickname = await phone.holdCall(isCallOf('account', 'update'))
    await saveNickname(phone, '小海')
    await nickname.waiting()
    await choosePicture(phone)
    await phone.see(REMOVE_PICTURE)
    await nickname.release()
    await phone.see(REMOVE_PICTURE)
    expect(await stored(phone)).toMatchObject({ login: { userInfo: { nickname: '小海' } } })
  })

  it('a nickname of a page that was left is not shown over one that was saved after it', async () => {
    const phone = await loggedInAtHome(app.project)
    await phone.tap('.account')
    const first = await phone.holdCall(isCallOf('account', 'update'))
    await saveNickname(phone, '小海')
    await first.waiting()
    await phone.back()
    await phone.tap('.account')
    await saveNickname(phone, '小山')
    await first.release()
    expect(await phone.value(TEXTS.account.nickname)).toBe('小山')
    expect(await stored(phone)).toMatchObject({ login: { userInfo: { nickname: '小山' } } })
  })

  it('a list of trips from before a removal does not bring the trip back', async () => {
    const phone = await loggedInAtHome(app.project)
    await phone.open(TRIPS_PAGE)
    const list = await phone.holdCall(isCallOf('trips', 'list'))
    await phone.pullDown()
    await list.waiting()
    await phone.tap('.remove')
    // The removal is sent when the page is covered. No time passes, which the list would not wait out.
    await openAbove(phone, HOME_PAGE)
    await phone.back()
    await list.release()
    expect(await phone.count('.trip')).toBe(0)
    await phone.see(TEXTS.trips.empty)
  })

  it('a list of devices from before the end of one does not bring it back', async () => {
    const phone = await loggedInAtHome(app.project)
    await loginOnIphone(app.project)
    await phone.open('account/pages/devices/devices')
    const list = await phone.holdCall(isCallOf('account', 'sessions'))
    await phone.pullDown()
    await list.waiting()
    await tapAndConfirm(phone, '.end')
    await list.release()
    expect(await phone.count('.device')).toBe(1)
    await phone.see('Pixel 9')
    await phone.see('没有其他设备')
  })
})

it('a heart is filled at the tap, before the cloud answers', async () => {
  const phone = await loggedInAtHome(app.project)
  const heart = () => phone.picture('.heart >>> .picture')
  await phone.type('.city', CITY)
  const late = await phone.holdCall(isCallOf('favourites', 'save'))
  await phone.tap('.heart')
  await late.waiting()
  expect(await heart()).toBe('/images/heart-filled.svg')
  await late.release()
  expect(await heart()).toBe('/images/heart-filled.svg')
})

it('the answer to another number is not shown over the number of a later login', async () => {
  const { phone, arrives } = await asked(app.project, NUMBER)
  await logOut(phone)
  // The number changes once more, on another phone of theirs.
  const { token } = succeeded(await call<LoginData>('login', {}))
  const phoneCode = await app.project.cloud.phoneCode(phone.openid, '13700137000')
  succeeded(await call('account', { token, action: 'changePhone', phoneCode }))
  await phone.tap('.login')
  await phone.see('137****7000')
  await arrives()
  await phone.see('137****7000')
  expect(await stored(phone)).toMatchObject({ login: { userInfo: { phone: '137****7000' } } })
})

it('the trips of one login leave the page before the next one loads its own', async () => {
  const phone = await loggedInAtHome(app.project)
  await phone.open(TRIPS_PAGE)
  await phone.see(CITY)
  await logOut(phone)
  const list = await phone.holdCall(isCallOf('trips', 'list'))
  await phone.tap('.login')
  await list.waiting()
  await phone.back()
  expect(await phone.text()).not.toContain(CITY)
  await list.release()
  expect(await phone.text()).toContain(CITY)
})

describe('a question that is answered after a logout and a login', () => {
  it.each([
    ['退出登录', 'account', '.logout', TEXTS.account.logoutConfirm],
    ['注销账号', 'close-account', '.close', TEXTS.closeAccount.confirm],
  ])('%s does nothing to that login', async (_name, page, button, answer) => {
    const phone = await loggedInAtHome(app.project)
    const check = await phone.holdCall('checkToken', 'request')
    await phone.open()
    await check.waiting()
    await openAbove(phone, routeTo(page))
    if (page === 'close-account') await phone.tap('.box')
    await phone.tap(button)
    // The question that is open lets no finger through: the answer to the check logs the person out, and says so.
    await check.answer(refusal('SESSION_REVOKED'))
    await confirm(phone)
    expect((await stored(phone)).login).toBeUndefined()
    await phone.evaluate(({ getCurrentPages }) => getCurrentPages()[0].onAccount())
    const before = await stored(phone)
    expect(before.login).toBeDefined()
    await phone.tap(answer)
    expect(await stored(phone)).toEqual(before)
    expect(await userDocument(app.project)).toMatchObject({ status: 'active' })
  })
})

describe('an answer of another account', () => {
  it('is not kept: the user on the screen stays', async () => {
    const phone = await loggedInAtHome(app.project)
    await phone.tap('.account')
    const { login } = await stored(phone)
    const asOfAnother = async (_call: object, cloud: () => Promise<unknown>) => {
      const answer = (await cloud()) as { data: { userInfo: object } }
      return { ...answer, data: { userInfo: { ...answer.data.userInfo, id: 'somebody-else' } } }
    }
    await phone.answerCalls('account', asOfAnother, 1)
    await saveNickname(phone, '小海')
    expect((await stored(phone)).login).toEqual(login)
    await phone.back()
    expect(await phone.text()).not.toContain('小海')
  })

  /**
   * Logged in, with a token that is refused once and not new; a silent login brings the account of another person, as
   * after a change of the WeChat account.
   */
  async function withLoginOfAnother(): Promise<Phone> {
    const phone = await loggedInAtHome(app.project)
    await loggedIn(app.project.cloud, OTHER)
    await app.project.clock.advance('5 min')
    await phone.answerCalls(isSilent, () => call('login', {}, OTHER))
    await refuseToken(phone, 'trips')
    return phone
  }

  /** Of the account on the phone. */
  async function expectLoginOfAnother(phone: Phone): Promise<void> {
    const id = (await userDocument(app.project, OTHER))?.['_id']
    expect(await stored(phone)).toMatchObject({ login: { userInfo: { id } } })
  }

  it('a silent login that brings one empties the page of what it shows', async () => {
    const phone = await withLoginOfAnother()
    await phone.tap('.account')
    await phone.tap('.item-my-data')
    await phone.tap('.load')
    await phone.see(COPY_ALL)
    await openAbove(phone, TRIPS_PAGE)
    await phone.back()
    expect(await phone.text()).not.toContain(COPY_ALL)
    await expectLoginOfAnother(phone)
  })

  it('a silent login that brings one does not repeat a call of the account before', async () => {
    const phone = await withLoginOfAnother()
    await phone.tap('.save')
    await expectLoginOfAnother(phone)
    expect(await tripDocuments(app.project)).toHaveLength(1)
    expect(await tripDocuments(app.project, OTHER)).toEqual([])
  })
})
