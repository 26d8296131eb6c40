import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import { useProject } from '../support/use-project.ts'
import { loseCalls, refuseToken } from './calls.ts'
import { loggedInAtHome, MASKED, userDocument } from './own-account.ts'
import { ERROR_TEXTS } from './texts.ts'

const app = useProject()

const ACCOUNT_PAGE = 'account/pages/account/account'
const BUTTON = '.changer >>> .change >>> .phone-button'
const RETRY = '.changer >>> .notice >>> .action'
const UPDATED = '手机号已更新'
const NEW_NUMBER = '13900139000'
const NEW_MASKED = '139****9000'
/** Masked as the number that test users log in with. */
const SAME_MASK = '13899998000'

async function onAccountPage(): Promise<Phone> {
  const phone = await loggedInAtHome(app.project)
  await phone.tap('.account')
  await phone.calls()
  return phone
}

/** Taps 更换手机号 and allows. */
async function change(phoneNumber = NEW_NUMBER): Promise<void> {
  const { phone, phones } = app.project
  await phones.of(phone.openid, { phoneNumber })
  await phone.tap(BUTTON)
  await phone.allowNumber()
}

/** The calls of `account` since the last reading. */
async function accountCalls(): Promise<Record<string, unknown>[]> {
  const calls = await app.project.phone.calls()
  return calls.flatMap(({ name, data }) => (name === 'account' ? [data] : []))
}

const actions = async () => (await accountCalls()).map(({ action }) => action)

async function proofs(): Promise<string[]> {
  const changes = (await accountCalls()).filter(({ action }) => action === 'changePhone')
  return changes.map((data) => ('ticket' in data ? 'ticket' : 'code'))
}

/** The database refuses to change a user. */
function breakDatabase(times?: number): Promise<void> {
  return app.project.faults.add({
    action: 'database.modifyDocument',
    target: 'users',
    answer: { kind: 'error', code: 'SYS_ERR', message: 'down' },
    times,
  })
}

describe('更换手机号', () => {
  it('puts the new number on the account and on the screen', async () => {
    const phone = await onAccountPage()
    await phone.see(MASKED)
    await change()
    expect(await phone.toast()).toBe(UPDATED)
    expect(await phone.text()).toContain(NEW_MASKED)
    expect(await userDocument(app.project)).toMatchObject({ phoneMasked: NEW_MASKED })
    const storage = JSON.stringify(await phone.storage())
    expect(storage).toContain(NEW_MASKED)
    expect(storage).not.toContain(NEW_NUMBER)
  })

  it('is shown when it is refused, and calls nothing', async () => {
    const phone = await onAccountPage()
    await phone.tap(BUTTON)
    expect(await phone.isDisabled(BUTTON)).toBe(true)
    await phone.refuseNumber()
    expect(await phone.text()).toContain(ERROR_TEXTS.DENIED)
    expect(await phone.calls()).toEqual([])
    await change()
    expect(await phone.text()).toContain(NEW_MASKED)
  })

  it('spends one code for the two answers of a double tap', async () => {
    const phone = await onAccountPage()
    await Promise.all([phone.tap(BUTTON), phone.tap(BUTTON)])
    await Promise.all([phone.allowNumber(), phone.allowNumber()])
    expect(await proofs()).toEqual(['code'])
  })

  it('sees in the account that a try with a lost answer succeeded', async () => {
    const phone = await onAccountPage()
    await app.project.faults.loseAnswer('account', { times: 1 })
    await change()
    expect(await actions()).toEqual(['changePhone', 'get'])
    expect(await phone.text()).toContain(NEW_MASKED)
  })

  it('sees that too when the new number has the mask of the old one', async () => {
    const phone = await onAccountPage()
    await app.project.faults.loseAnswer('account', { times: 1 })
    const before = (await userDocument(app.project))?.['phoneHash']
    await change(SAME_MASK)
    expect(await phone.toast()).toBe(UPDATED)
    expect(await actions()).toEqual(['changePhone', 'get'])
    const after = await userDocument(app.project)
    expect(after).toMatchObject({ phoneMasked: MASKED })
    expect(after?.['phoneHash']).not.toBe(before)
  })

  it('sees by 再试一次 that it succeeded, although the app knows the new number already', async () => {
    const phone = await loggedInAtHome(app.project)
    const check = await phone.holdCall('checkToken', 'request')
    await phone.open(ACCOUNT_PAGE)
    await check.waiting()
    // It arrives, and from then on nothing is answered.
    await app.project.faults.loseAnswer('account')
    await change(SAME_MASK)
    expect(await phone.text()).toContain(ERROR_TEXTS.OFFLINE)
    await app.project.faults.clear()
    // The check of the launch brings the new number.
    await check.release()
    await phone.tap(RETRY)
    expect(await phone.toast()).toBe(UPDATED)
    expect(await phone.text()).not.toContain(ERROR_TEXTS.PHONE_CODE_INVALID)
  })

  it('sends the code again when the account shows that it never arrived', async () => {
    const phone = await onAccountPage()
    await loseCalls(phone, 'account', 1)
    await change()
    expect(await actions()).toEqual(['changePhone', 'get', 'changePhone'])
    expect(await phone.text()).toContain(NEW_MASKED)
  })

  it('comes back with the ticket when the number was paid for and could not be stored', async () => {
    const phone = await onAccountPage()
    await breakDatabase(1)
    await change()
    expect(await proofs()).toEqual(['code', 'ticket'])
    expect(await phone.text()).toContain(NEW_MASKED)
  })

  it('keeps the ticket for 再试一次 while the database is down, and no longer than five minutes', async () => {
    const phone = await onAccountPage()
    await breakDatabase()
    await change()
    expect(await phone.text()).toContain(ERROR_TEXTS.DATABASE_UNAVAILABLE)
    expect(await proofs()).toEqual(['code', 'ticket', 'ticket', 'ticket'])
    await app.project.faults.clear()
    await phone.tap(RETRY)
    expect((await proofs()).at(-1)).toBe('ticket')
    expect(await phone.text()).toContain(NEW_MASKED)
    await breakDatabase()
    await change()
    await app.project.clock.advance('5 min')
    await phone.calls()
    await phone.tap(RETRY)
    expect(await phone.text()).toContain(ERROR_TEXTS.PHONE_CODE_INVALID)
    expect(await phone.calls()).toEqual([])
  })

  it('renews a refused login, without spending the code twice', async () => {
    const phone = await onAccountPage()
    // A token that is new is not renewed.
    await app.project.clock.advance('5 min')
    await refuseToken(phone, 'account')
    await change()
    expect((await phone.calls()).map(({ name }) => name)).toEqual(['account', 'login', 'account'])
    expect(await phone.text()).toContain(NEW_MASKED)
  })
})

describe('a mini-program', () => {
  const personal = useProject({ config: { phoneRequired: false } })

  it('that may not ask for a number says so in the user’s words', async () => {
    const phone = await loggedInAtHome(personal.project)
    await phone.tap('.account')
    await phone.withholdNumber('no-permission')
    await phone.tap(BUTTON)
    expect(await phone.text()).toContain('此小程序暂时不能使用手机号')
  })
})
