import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import { useProject } from '../support/use-project.ts'
import { saveTrip } from './log-in.ts'
import {
  allow,
  callsDuring,
  HOME_PAGE,
  LOGIN_PAGE,
  loggedInAtHome,
  MASKED,
  openOwn,
  stored,
  tapAndConfirm,
  tripDocuments,
  userDocument,
} from './own-account.ts'
import { picture } from './pictures.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()

async function onThePage(): Promise<Phone> {
  const phone = await loggedInAtHome(app.project)
  await openOwn(phone, 'close-account')
  return phone
}

/** Ticks the box unless it is ticked, taps 注销账号 and says yes. */
async function close(phone: Phone): Promise<void> {
  if (await phone.isDisabled('.close')) await phone.tap('.box')
  await tapAndConfirm(phone, '.close')
}

async function expectClosed(phone: Phone): Promise<void> {
  expect(await phone.pages()).toEqual([HOME_PAGE])
  expect((await phone.dialog()).text).toContain('账号已注销')
  expect(await stored(phone)).toEqual({ staysOut: true, lastPhone: '' })
  expect(await userDocument(app.project)).toBeUndefined()
}

describe('注销账号', () => {
  it('requires 我已了解 and a confirmation', async () => {
    const phone = await onThePage()
    const text = await phone.text()
    for (const shown of ['无法恢复', '手机号、昵称和头像', '全部行程', '所有设备']) {
      expect(text).toContain(shown)
    }
    expect(await phone.isDisabled('.close')).toBe(true)
    await phone.tap('.box')
    // The second tap is quicker than the screen that takes the button away.
    await Promise.all([phone.tap('.box'), phone.tap('.close')])
    await phone.gone(TEXTS.closeAccount.question)
    const calls = await callsDuring(phone, async () => {
      await phone.tap('.box')
      await phone.tap('.close')
      await phone.tap('取消')
    })
    expect(calls).toEqual([])
    await phone.tap('.box')
    expect(await phone.isDisabled('.close')).toBe(true)
    expect(await userDocument(app.project)).toBeDefined()
  })

  it('deletes user, trips, picture and logins, and leaves nothing on the phone', async () => {
    const phone = await loggedInAtHome(app.project)
    const { cloud } = app.project
    await phone.tap('.account')
    await phone.tap('.picker >>> .choose')
    await phone.chooseAvatar(picture('png'))
    const { _id: userId, avatar } = (await userDocument(app.project)) ?? {}
    const token = (await stored(phone)).login?.token
    expect((await cloud.control.get('storage/files')).files).toHaveLength(1)
    expect(avatar).toMatch(/^cloud:/)
    await openOwn(phone, 'close-account')
    await close(phone)
    await expectClosed(phone)
    expect(await cloud.collection('trips').documents({ userId })).toEqual([])
    await cloud.control.post('timer', { function: 'cleanup' })
    expect(JSON.stringify(await cloud.collection('audit_logs').documents())).not.toContain(String(userId))
    expect((await cloud.control.get('storage/files')).files).toEqual([])
    expect(await cloud.call('checkToken', { token }, { as: phone.openid })).toMatchObject({
      reason: 'ACCOUNT_CLOSED',
    })
  })

  it('lets the same person register again at once, as a new user', async () => {
    const phone = await onThePage()
    await close(phone)
    await phone.tap(TEXTS.app.understood)
    await saveTrip(phone)
    expect(await phone.page()).toContain(LOGIN_PAGE)
    expect(await phone.text()).not.toContain(MASKED)
    await allow(app.project)
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await tripDocuments(app.project)).toHaveLength(1)
    expect(await userDocument(app.project)).toMatchObject({ loginCount: 1, phoneMasked: MASKED })
  })

  it('succeeds although the answer is lost', async () => {
    const phone = await onThePage()
    await app.project.faults.loseAnswer('account', { times: 1 })
    expect(await callsDuring(phone, () => close(phone))).toHaveLength(2)
    await expectClosed(phone)
  })

  it('finishes at the next tap after it stopped half-way', async () => {
    const phone = await onThePage()
    const { faults } = app.project
    await faults.add({
      action: 'database.removeDocument',
      target: 'trips',
      answer: { kind: 'error', code: 'SYS_ERR', message: 'down' },
    })
    await close(phone)
    expect(await phone.page()).toBe('account/pages/close-account/close-account')
    await phone.see(ERROR_TEXTS.DATABASE_UNAVAILABLE)
    await phone.see('再点一次')
    expect(await userDocument(app.project)).toMatchObject({ status: 'closing' })
    await faults.clear()
    await close(phone)
    await expectClosed(phone)
  })

  it('shows that there is no network, and changes nothing', async () => {
    const phone = await onThePage()
    await phone.goOffline()
    await close(phone)
    await phone.see(ERROR_TEXTS.OFFLINE)
    expect((await stored(phone)).login).toBeDefined()
    expect(await userDocument(app.project)).toMatchObject({ status: 'active' })
    expect(await phone.isDisabled('.close')).toBe(false)
  })

  it('is requested once for a double tap', async () => {
    const phone = await onThePage()
    await phone.tap('.box')
    // Each of two quick taps is asked about.
    await Promise.all([phone.tap('.close'), phone.tap('.close')])
    const { confirm } = TEXTS.closeAccount
    const calls = await callsDuring(phone, () => Promise.all([phone.tap(confirm), phone.tap(confirm)]))
    expect(calls).toHaveLength(1)
    await expectClosed(phone)
  })

  it('is shown on another phone of the same user, at its next call', async () => {
    const phone = await loggedInAtHome(app.project)
    const token = (await stored(phone)).login?.token
    const closing = { token, action: 'close', confirmed: true }
    await app.project.cloud.call('account', closing, { as: phone.openid })
    await saveTrip(phone)
    expect(await phone.page()).toContain(LOGIN_PAGE)
    await phone.see('账号已注销')
    expect(await stored(phone)).toEqual({ staysOut: true, lastPhone: '' })
  })
})
