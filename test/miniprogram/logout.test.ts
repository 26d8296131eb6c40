import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import { useProject } from '../support/use-project.ts'
import { loggedOut } from './app-state.ts'
import { refuseToken } from './calls.ts'
import { CONSENT_LINE, saveTrip } from './log-in.ts'
import {
  allow,
  callsDuring,
  HOME_PAGE,
  LOGIN_PAGE,
  loggedInAtHome,
  logOut,
  MASKED,
  openOwn,
  stored,
  tripDocuments,
  userDocument,
} from './own-account.ts'
import { OWN_PAGES } from './own-pages.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()

const sessions = async () => (await userDocument(app.project))?.['sessions']

/** What the cloud says of a token. */
function check(token: string | undefined): Promise<unknown> {
  const { cloud, phone } = app.project
  return cloud.call('checkToken', { token }, { as: phone.openid })
}

describe('退出登录', () => {
  it('ends the session in the cloud and on the phone', async () => {
    const phone = await loggedInAtHome(app.project)
    const token = (await stored(phone)).login?.token
    await logOut(phone)
    await phone.see(TEXTS.account.anonymous)
    expect(await phone.text()).not.toContain(MASKED)
    expect(await stored(phone)).toEqual(loggedOut(MASKED))
    expect(await check(token)).toMatchObject({ reason: 'SESSION_REVOKED' })
  })

  it('stays logged out until the user taps; then one tap logs in, without a phone authorization', async () => {
    const phone = await loggedInAtHome(app.project)
    await logOut(phone)
    const before = await callsDuring(phone, async () => {
      await phone.open()
      await saveTrip(phone)
    })
    expect(before).toEqual([])
    expect(await phone.page()).toContain(LOGIN_PAGE)
    expect(await phone.text()).toContain(MASKED)
    const calls = await callsDuring(phone, () => phone.tap('.one-tap'))
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(calls.filter(({ name }) => name === 'login')).toEqual([
      { name: 'login', data: { device: { model: expect.any(String), platform: expect.any(String) } } },
    ])
    expect(await tripDocuments(app.project)).toHaveLength(2)
  })

  describe('that did not get through', () => {
    /** Logged out without a network. */
    async function loggedOutOffline(): Promise<Phone> {
      const phone = await loggedInAtHome(app.project)
      await phone.goOffline()
      await logOut(phone)
      return phone
    }

    /** Logged out, while calls of `logout` get lost. */
    async function loggedOutUnheard(): Promise<Phone> {
      const phone = await loggedInAtHome(app.project)
      await app.project.faults.loseCall('logout')
      await logOut(phone)
      return phone
    }

    it('clears the phone', async () => {
      const phone = await loggedOutOffline()
      expect(await stored(phone)).toEqual(loggedOut(MASKED))
      await phone.see(TEXTS.account.anonymous)
    })

    it('ends the session when the network is back', async () => {
      const phone = await loggedOutOffline()
      expect(await sessions()).toHaveLength(1)
      const calls = await callsDuring(phone, async () => {
        await phone.goOnline()
        expect(await sessions()).toEqual([])
        expect(Object.keys(await phone.storage())).toEqual(['login'])
        await phone.goOffline()
        await phone.goOnline()
      })
      expect(calls.map(({ name }) => name)).toEqual(['logout'])
      expect(await stored(phone)).toEqual(loggedOut(MASKED))
    })

    it('ends it when the app is opened again', async () => {
      const phone = await loggedOutUnheard()
      await phone.open()
      expect(await sessions()).toHaveLength(1)
      await app.project.faults.clear()
      const calls = await callsDuring(phone, async () => {
        await phone.open()
        expect(await sessions()).toEqual([])
        await phone.open()
      })
      expect(calls.map(({ name }) => name)).toEqual(['logout'])
      await phone.see(TEXTS.account.login)
    })

    it('ends it at the next login, and leaves that one alone', async () => {
      const phone = await loggedOutUnheard()
      await app.project.faults.clear()
      await phone.tap('.login')
      expect(await sessions()).toHaveLength(1)
      expect(await check((await stored(phone)).login?.token)).toMatchObject({ code: 200 })
    })

    it('is not sent again once the session has expired, or is not the user’s', async () => {
      const phone = await loggedOutUnheard()
      const { clock, faults } = app.project
      await faults.clear()
      await clock.advance('31 days')
      expect(await callsDuring(phone, () => phone.open())).toEqual([])
      const strangers = { token: 'garbled', expiresAt: Number.MAX_SAFE_INTEGER }
      await phone.store('left-sessions', [strangers, { token: 1 }, null])
      const calls = await callsDuring(phone, async () => {
        await phone.open()
        await phone.open()
      })
      expect(calls.map(({ name }) => name)).toEqual(['logout'])
      expect(Object.keys(await phone.storage())).toEqual(['login'])
    })

    it('is tried once where nothing can be stored', async () => {
      const phone = await loggedInAtHome(app.project)
      await phone.replaceApi('setStorageSync', { throws: 'the storage is full' })
      await logOut(phone)
      expect(await sessions()).toEqual([])
      await phone.see(TEXTS.account.anonymous)
    })
  })

  it('holds while a silent login is under way, and ends the session that it makes', async () => {
    const phone = await loggedInAtHome(app.project)
    // A token that was just issued is not replaced.
    await phone.open()
    await refuseToken(phone, 'trips')
    const login = await phone.holdCall('login', 'request')
    await phone.tap('.link')
    await login.waiting()
    await phone.back()
    await logOut(phone)
    await login.release()
    expect(await stored(phone)).toEqual(loggedOut(MASKED))
    expect(await phone.text()).not.toContain('旅行者')
    await expect.poll(sessions).toEqual([])
  })

  it('offers another number, which replaces the old one', async () => {
    const phone = await loggedInAtHome(app.project)
    await logOut(phone)
    await openOwn(phone, 'devices')
    await phone.tap('.other-number')
    await allow(app.project, '13900139000')
    expect(await phone.page()).toBe('account/pages/devices/devices')
    await phone.back()
    expect(await phone.text()).toContain('139****9000')
    expect(await userDocument(app.project)).toMatchObject({ phoneMasked: '139****9000' })
  })

  it.each([
    ['登录', '.login', 'account/pages/account/account'],
    ['一键登录', OWN_PAGES.devices, 'account/pages/devices/devices'],
  ])('%s asks for consent first when the agreement has changed meanwhile', async (label, target, route) => {
    const phone = await loggedInAtHome(app.project)
    await logOut(phone)
    const consent = { version: '2020-01-01', at: new Date() }
    await app.project.cloud.collection('users').put({ ...(await userDocument(app.project)), consent })
    await phone.tap(target)
    if (label === '一键登录') {
      expect(await phone.text()).toContain(label)
      await phone.tap('.one-tap')
      expect(await phone.text()).toContain(ERROR_TEXTS.CONSENT_REQUIRED)
    }
    expect(await phone.page()).toContain(LOGIN_PAGE)
    expect(await phone.text()).not.toContain('一键登录')
    expect(await phone.text()).toMatch(CONSENT_LINE)
    expect(await userDocument(app.project)).toMatchObject({ consent })
    await phone.tap('.one-tap')
    expect(await phone.page()).toBe(route)
    expect(await userDocument(app.project)).toMatchObject({ consent: { version: '2026-11-28' } })
  })
})
