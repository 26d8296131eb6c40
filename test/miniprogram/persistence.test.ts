import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import type { Answer } from '../../contract/answer.ts'
import type { LoginData } from '../../contract/login.ts'
import { useProject } from '../support/use-project.ts'
import { logIn, logInAtHome, saveTrip } from './log-in.ts'
import {
  allow,
  atHome,
  callsDuring,
  HOME_PAGE,
  LOGIN_PAGE,
  loggedInAtHome,
  MASKED,
  stored,
  tripDocuments,
  userDocument,
} from './own-account.ts'
import { TEXTS } from './texts.ts'

const app = useProject()

const DAY = 24 * 60 * 60 * 1000
const WHOLE = { id: 'u', phone: MASKED, nickname: '', avatar: '' }

const tripCount = async () => (await tripDocuments(app.project)).length

describe('登录状态持久化', () => {
  it('is logged in at once when the app is opened again, and checks in the background', async () => {
    const phone = await loggedInAtHome(app.project)
    const check = await phone.holdCall('checkToken', 'request')
    expect(await callsDuring(phone, () => phone.open())).toMatchObject([{ name: 'checkToken' }])
    await phone.tap('.account')
    await phone.see(MASKED)
    await check.release()
    await phone.back()
    await saveTrip(phone)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await tripCount()).toBe(2)
  })

  it('stores only the token, its expiry and the masked user info on the phone', async () => {
    const phone = await loggedInAtHome(app.project)
    expect(await phone.storage()).toEqual({
      login: {
        login: {
          token: expect.any(String),
          expiresAt: expect.any(Number),
          userInfo: {
            id: expect.any(String),
            phone: MASKED,
            phoneVerifiedAt: expect.any(Number),
            nickname: expect.any(String),
            avatar: '',
          },
        },
        staysOut: false,
        lastPhone: MASKED,
        lastPhoneVerifiedAt: expect.any(Number),
      },
    })
  })

  it('stores the new token that the background check brings when half of the old one’s life is over', async () => {
    const phone = await loggedInAtHome(app.project)
    const before = (await stored(phone)).login
    await app.project.clock.advance('20 days')
    await phone.open()
    const after = (await stored(phone)).login
    expect(after?.token).not.toBe(before?.token)
    expect(after?.expiresAt).toBeGreaterThan(Number(before?.expiresAt))
  })

  it('shows fresh user info after the background check', async () => {
    const phone = await loggedInAtHome(app.project)
    const user = await userDocument(app.project)
    await app.project.cloud.collection('users').put({ ...user, nickname: '小海' })
    await phone.open()
    await phone.see('小海')
  })

  it.each([
    ['nothing', ''],
    ['an older shape', { token: 't' }],
    ['a string', 'login'],
    ['a number for a token', { login: { token: 1, expiresAt: 2, userInfo: {} } }],
    ['a number for the token of a whole login', { login: { token: 1, expiresAt: 9e15, userInfo: WHOLE } }],
    ['no text for the token of a whole login', { login: { token: '', expiresAt: 9e15, userInfo: WHOLE } }],
    ['user info without a phone', { login: { token: 't', expiresAt: 9e15, userInfo: { id: 'u' } } }],
    ['a full number as the last phone', { lastPhone: '13800138000' }],
  ])('opens with %s in storage, logged out and asking nobody', async (_, value) => {
    const { phone } = app.project
    await phone.open()
    await phone.store('login', value)
    expect(await callsDuring(phone, () => phone.open())).toEqual([])
    await phone.see(TEXTS.account.login)
    await phone.open(LOGIN_PAGE)
    expect(await phone.count('.returning')).toBe(0)
    expect(await phone.text()).not.toContain(TEXTS.login.returningButton)
  })

  it('works with a storage that neither reads nor writes', async () => {
    const { phone } = app.project
    await phone.open()
    await phone.replaceApi('getStorageSync', { throws: 'storage fail' })
    await phone.replaceApi('setStorageSync', { throws: 'storage fail' })
    await logInAtHome(phone)
    expect(await tripCount()).toBe(1)
    await saveTrip(phone)
    expect(await tripCount()).toBe(2)
  })
})

/** What the launches of the app ask for, one after another. */
async function launches(phone: Phone, count: number): Promise<string[][]> {
  const asked: string[][] = []
  for (let number = 0; number < count; number++) {
    const calls = await callsDuring(phone, () => phone.open())
    asked.push(calls.map(({ name }) => name))
  }
  return asked
}
const sessions = async () => (await userDocument(app.project))?.['sessions'] as { id: string }[]

describe('手机时钟不准', () => {
  it.each([
    ['a month and more ahead', 40],
    ['a month and more behind', -40],
    ['years behind', -2000],
  ])('%s: the login stands, and no launch opens a session', async (_, days) => {
    const { phone, clock } = app.project
    await phone.open()
    await phone.setClock(days * DAY)
    await loggedInAtHome(app.project)
    const before = await sessions()
    expect(await launches(phone, 3)).toEqual([['checkToken'], ['checkToken'], ['checkToken']])
    expect(await sessions()).toEqual(before)
    // It counts days as rightly as any other.
    await clock.advance('31 days')
    expect(await launches(phone, 2)).toEqual([['login'], ['checkToken']])
    expect(await sessions()).toHaveLength(1)
  })

  it.each([
    ['put on by two months', 60, 'login'],
    ['put back by two months', -60, 'checkToken'],
  ])('%s after the login: one silent login at most, which replaces the session', async (_, days, first) => {
    const phone = await loggedInAtHome(app.project)
    await phone.setClock(days * DAY)
    expect(await launches(phone, 3)).toEqual([[first], ['checkToken'], ['checkToken']])
    expect(await sessions()).toHaveLength(1)
    await saveTrip(phone)
    expect(await tripCount()).toBe(2)
  })

  it('put back, does not make a token valid for longer than the cloud accepts it', async () => {
    const phone = await loggedInAtHome(app.project)
    await phone.setClock('-60 days')
    await app.project.clock.advance('31 days')
    expect(await launches(phone, 2)).toEqual([['checkToken', 'login'], ['checkToken']])
    expect(await sessions()).toHaveLength(1)
  })

  it('right, but the answer slow: the token ends no later than the cloud says', async () => {
    const { clock } = app.project
    const phone = await atHome(app.project)
    await saveTrip(phone)
    let answeredAt = Number.NaN
    await phone.answerCalls('login', async (_call, cloud) => {
      const answer = await cloud()
      answeredAt = clock.now().getTime()
      await phone.setClock('7 s')
      return answer
    })
    const askedAt = clock.now().getTime()
    await allow(app.project)
    const end = Number((await stored(phone)).login?.expiresAt)
    expect(end).toBeLessThanOrEqual(answeredAt + 30 * DAY)
    // A token counts whole seconds.
    expect(end).toBeGreaterThan(askedAt + 30 * DAY - 1000)
  })

  it('set while the answer is on its way, ends the token no later than the cloud does', async () => {
    const { clock } = app.project
    const phone = await atHome(app.project)
    await saveTrip(phone)
    await phone.setClock('60 days')
    await phone.answerCalls('login', async (_call, cloud) => {
      const answer = await cloud()
      await phone.setClock(0)
      return answer
    })
    await allow(app.project)
    const end = Number((await stored(phone)).login?.expiresAt)
    expect(end).toBeLessThanOrEqual(clock.now().getTime() + 30 * DAY)
  })
})

describe('token 过期后重新登录', () => {
  it('is requested at the next launch if functions of an older version do not say how long it is valid', async () => {
    const phone = await atHome(app.project)
    const end = await phone.answerCalls('login', async (_call, cloud) => {
      const answer = (await cloud()) as Answer<Partial<LoginData>>
      if (answer.code === 200) delete answer.data.expiresInSeconds
      return answer
    })
    await saveTrip(phone)
    await logIn(phone)
    expect(await tripCount()).toBe(1)
    end()
    expect(await launches(phone, 2)).toEqual([['login'], ['checkToken']])
  })

  it('is silent for a known user at launch: no prompt, no phone code', async () => {
    const phone = await loggedInAtHome(app.project)
    const before = (await stored(phone)).login?.token
    await app.project.clock.advance('31 days')
    const calls = await callsDuring(phone, () => phone.open())
    expect(calls).toEqual([
      {
        name: 'login',
        data: { device: { model: expect.any(String), platform: expect.any(String) }, replaces: before },
      },
    ])
    expect(await phone.pages()).toEqual([HOME_PAGE])
    await saveTrip(phone)
    expect(await tripCount()).toBe(2)
  })

  it('is silent in the middle of a save, which then goes on', async () => {
    const phone = await loggedInAtHome(app.project)
    await app.project.clock.advance('31 days')
    const calls = await callsDuring(phone, () => saveTrip(phone))
    expect(calls.map(({ name }) => name)).toEqual(['trips', 'login', 'trips'])
    expect(await tripCount()).toBe(2)
  })

  it('keeps the old login for the next launch when there is no network', async () => {
    const phone = await loggedInAtHome(app.project)
    await app.project.clock.advance('31 days')
    await phone.goOffline()
    await phone.open()
    await phone.see('收藏并保存行程')
    await phone.goOnline()
    await phone.open()
    await saveTrip(phone)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await tripCount()).toBe(2)
  })

  it('asks for the phone number if the account is gone', async () => {
    const phone = await loggedInAtHome(app.project)
    await app.project.cloud.collection('users').clear()
    await app.project.clock.advance('31 days')
    await phone.open()
    await saveTrip(phone)
    expect(await phone.page()).toContain(LOGIN_PAGE)
  })
})
