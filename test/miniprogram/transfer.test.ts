import { describe, expect, it } from 'vitest'
import type { Phone } from 'wechat-cloud-emulator/testing'
import { useProject } from '../support/use-project.ts'
import { isCallOf, refuseToken } from './calls.ts'
import { logInAtHome, saveTrip } from './log-in.ts'
import {
  callsDuring,
  HOME_PAGE,
  openOwn,
  PHONE_NUMBER,
  stored,
  tapAndConfirm,
  tripDocuments,
  userDocument,
} from './own-account.ts'
import { expectNoDialog, openAbove } from './screen.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const app = useProject()

const CHANGE = '.changer >>> .change >>> .phone-button'
const ACCOUNT_PAGE = 'account/pages/account/account'
const TRANSFER_PAGE = 'account/pages/transfer/transfer'

const isAnswer = isCallOf('account', 'answerTransfer')

const userOf = ({ openid }: Phone) => userDocument(app.project, openid)
const trips = async ({ openid }: Phone) => (await tripDocuments(app.project, openid)).length
const expectNoDialogOn = (phone: Phone) => expectNoDialog({ phone, patience: app.project.patience })

/** A WeChat account with this number, which has saved a trip. */
async function person(openid: string, phoneNumber = PHONE_NUMBER): Promise<Phone> {
  const phone = await app.project.phones.of(openid, { phoneNumber })
  await logInAtHome(phone)
  return phone
}

interface Accounts {
  former: Phone
  latter: Phone
}

/** One person with two WeChat accounts and one number: each has saved a trip. The new one has just been notified. */
async function withTwoAccounts(): Promise<Accounts> {
  return { former: await person('oFormer'), latter: await person('oLatter') }
}

/** The new account asks, and the phone of the old one is started again. */
async function withRequest(): Promise<Accounts> {
  const { former, latter } = await withTwoAccounts()
  await latter.tap(TEXTS.numberInUse.find)
  await latter.tap('.request')
  await former.open()
  return { former, latter }
}

/** From the dialog at launch to the page with the question. */
async function withQuestion(): Promise<Accounts> {
  const accounts = await withRequest()
  await accounts.former.tap(TEXTS.transferRequest.confirmText)
  return accounts
}

/** The same account on another phone, with the question on its screen. */
async function onAnotherDevice({ openid }: Phone): Promise<Phone> {
  const other = await app.project.phones.of(openid, { device: '2' })
  await other.open()
  // The person is known: no login page.
  await other.tap('.account')
  await other.tap(TEXTS.transferRequest.confirmText)
  return other
}

/** The page is shown again, as after a while on the other phone. */
async function showAgain(phone: Phone): Promise<void> {
  await phone.hide()
  await phone.show()
}

/** Logs out on an account page above the page, whatever dialog is open there, and comes back. */
async function logOutAbove(phone: Phone, { isLoggedInAgain = false } = {}): Promise<void> {
  await openAbove(phone, ACCOUNT_PAGE)
  const act = (method: string) =>
    phone.evaluate(({ getCurrentPages }, name) => {
      getCurrentPages().at(-1).selectComponent('.panel')[name]()
    }, method)
  // A finger cannot reach the page below a dialog; a call that is answered late does.
  await act('onLogout')
  await phone.tap(TEXTS.account.logoutConfirm)
  if (isLoggedInAgain) await act('onLogin')
  await phone.back()
}

describe('a number that another account has', () => {
  it('notifies once, after the login, which leads back first, and says nothing of the other account', async () => {
    const former = await person('oFormer')
    await expectNoDialogOn(former)
    const latter = await person('oLatter')
    expect(await latter.page()).toBe(HOME_PAGE)
    const { text } = await latter.dialog()
    expect(text).toContain(TEXTS.numberInUse.title)
    expect(text).toContain(TEXTS.numberInUse.content)
    const calls = await callsDuring(latter, async () => {
      await latter.tap(TEXTS.numberInUse.later)
      expect(await latter.page()).toBe(HOME_PAGE)
      await latter.open()
    })
    expect(calls.filter(({ name }) => name === 'account')).toEqual([])
    await expectNoDialogOn(latter)
    await openOwn(latter, 'transfer')
    await latter.see(TEXTS.transfer.found)
  })

  it('notifies after a change of the number, too', async () => {
    await person('oFormer')
    const latter = await person('oLatter', '13900139000')
    await expectNoDialogOn(latter)
    await app.project.phones.of(latter.openid, { phoneNumber: PHONE_NUMBER })
    await latter.tap('.account')
    await latter.tap(CHANGE)
    await latter.allowNumber()
    expect((await latter.dialog()).text).toContain(TEXTS.numberInUse.title)
  })

  it('notifies nobody whose number is theirs alone, and the page says what to do', async () => {
    const phone = await person('oAlone')
    await expectNoDialogOn(phone)
    await openOwn(phone, 'transfer')
    await phone.see(TEXTS.transfer.none)
    expect(await phone.count('.request')).toBe(0)
  })
})

describe('the new account', () => {
  it('asks, waits, and may withdraw: then the old one is asked nothing', async () => {
    const { former, latter } = await withRequest()
    expect(await latter.toast()).toBe(TEXTS.transfer.requestSent)
    await latter.see(TEXTS.transfer.states.waiting)
    await latter.see(/申请保留到：\d+月\d+日/)
    await tapAndConfirm(latter, '.withdraw')
    await latter.gone(TEXTS.transfer.states.waiting)
    expect(await latter.count('.request')).toBe(1)
    await former.open()
    await expectNoDialogOn(former)
  })

  it('reads after seven days without an answer that nothing moved', async () => {
    const { former, latter } = await withRequest()
    await app.project.clock.advance('8 days')
    await showAgain(latter)
    await latter.see(TEXTS.transfer.states.expired)
    expect(await trips(former)).toBe(1)
  })

  it('offers the request again where the call failed', async () => {
    const { latter } = await withTwoAccounts()
    await latter.tap(TEXTS.numberInUse.find)
    await latter.goOffline()
    await latter.tap('.request')
    await latter.see(ERROR_TEXTS.OFFLINE)
    await latter.goOnline()
    await latter.tap('.request')
    await latter.see(TEXTS.transfer.states.waiting)
  })
})

describe('the old account', () => {
  it('is asked at launch, once, while browsing goes on', async () => {
    const { former } = await withRequest()
    const { text } = await former.dialog()
    expect(text).toContain(TEXTS.transferRequest.title)
    expect(text).toContain(TEXTS.transferRequest.content)
    expect(await former.page()).toBe(HOME_PAGE)
    await former.tap(TEXTS.transferRequest.cancelText)
    expect(await former.pages()).toEqual([HOME_PAGE])
    await refuseToken(former, 'trips')
    const calls = await callsDuring(former, () => former.tap('.link'))
    // Each login is told of the question.
    expect(calls.map(({ name }) => name)).toEqual(['trips', 'login', 'trips'])
    await expectNoDialogOn(former)
    await former.open()
    expect((await former.dialog()).text).toContain(TEXTS.transferRequest.title)
  })

  it('is asked at launch where a silent login takes the place of an expired token, too', async () => {
    const { former } = await withRequest()
    const { login, ...rest } = await stored(former)
    await former.store('login', { ...rest, login: { ...login, token: 'garbled' } })
    const calls = await callsDuring(former, () => former.open())
    expect(calls.map(({ name }) => name)).toEqual(['checkToken', 'login'])
    expect((await former.dialog()).text).toContain(TEXTS.transferRequest.title)
  })

  it('says yes after a confirmation: all is with the new one, and this one is logged out and starts afresh', async () => {
    const { former, latter } = await withQuestion()
    await openAbove(latter, 'pages/trips/trips', TRANSFER_PAGE)
    await former.see(TEXTS.transfer.ifYes)
    const calls = await callsDuring(former, async () => {
      await former.tap('.accept')
      expect((await former.dialog()).text).toContain(TEXTS.transfer.acceptConsequence)
      await former.tap('取消')
    })
    expect(calls).toEqual([])
    await tapAndConfirm(former, '.accept')
    expect(await former.page()).toBe(HOME_PAGE)
    expect((await former.dialog()).text).toContain(TEXTS.transfer.accepted)
    expect(await stored(former)).toEqual({ staysOut: true, lastPhone: '' })
    expect(await userOf(former)).toBeUndefined()
    await showAgain(latter)
    await latter.see(TEXTS.transfer.states.moved)
    await latter.back()
    expect(await latter.count('.trip')).toBe(2)
    await logInAtHome(former)
    expect(await trips(former)).toBe(1)
  })

  it('says no after a confirmation: nothing moves, and it is asked no more', async () => {
    const { former, latter } = await withQuestion()
    await tapAndConfirm(former, '.refuse')
    expect(await former.toast()).toBe(TEXTS.transfer.refused)
    expect(await former.count('.question')).toBe(0)
    await showAgain(latter)
    await latter.see(TEXTS.transfer.states.refused)
    expect(await latter.count('.request')).toBe(0)
    await former.open()
    await expectNoDialogOn(former)
    await saveTrip(former)
    expect(await former.page()).toBe(HOME_PAGE)
    expect([await trips(former), await trips(latter)]).toEqual([2, 1])
  })

  it('on another device reads at its next launch what the yes did', async () => {
    const { former } = await withQuestion()
    const other = await onAnotherDevice(former)
    await tapAndConfirm(former, '.accept')
    await other.open()
    expect((await other.dialog()).text).toContain(ERROR_TEXTS.ACCOUNT_CLOSED)
    expect(await stored(other)).toEqual({ staysOut: true, lastPhone: '' })
  })

  it('on another device cannot take back a no, and stays logged in', async () => {
    const { former, latter } = await withQuestion()
    const other = await onAnotherDevice(former)
    await tapAndConfirm(former, '.refuse')
    await tapAndConfirm(other, '.accept')
    await other.see(ERROR_TEXTS.TRANSFER_EXPIRED)
    expect(await other.count('.question')).toBe(0)
    expect((await stored(other)).login).toBeDefined()
    expect(await trips(latter)).toBe(1)
  })

  it('whose yes was done but not answered is logged out by the repeated call', async () => {
    const { former, latter } = await withQuestion()
    await app.project.faults.loseAnswer('account', { times: 1 })
    await tapAndConfirm(former, '.accept')
    expect(await app.project.cloud.control.get('faults')).toEqual({ faults: [] })
    expect((await former.dialog()).text).toContain(ERROR_TEXTS.ACCOUNT_CLOSED)
    expect(await stored(former)).toEqual({ staysOut: true, lastPhone: '' })
    expect(await trips(latter)).toBe(2)
  })

  it('whose yes does not get through stays logged in and says it once more', async () => {
    const { former } = await withQuestion()
    await former.goOffline()
    await tapAndConfirm(former, '.accept')
    await former.see(ERROR_TEXTS.OFFLINE + TEXTS.transfer.unfinished)
    expect((await stored(former)).login).toBeDefined()
    await former.goOnline()
    await tapAndConfirm(former, '.accept')
    expect((await former.dialog()).text).toContain(TEXTS.transfer.accepted)
  })

  it.each([
    ['.accept', TEXTS.transfer.acceptConfirm],
    ['.refuse', TEXTS.transfer.refuseConfirm],
  ])('says nothing by %s that is confirmed after another login', async (button, confirm) => {
    const { former } = await withQuestion()
    await former.tap(button)
    await logOutAbove(former, { isLoggedInAgain: true })
    expect((await stored(former)).login).toBeDefined()
    const calls = await callsDuring(former, () => former.tap(confirm))
    expect(calls.some(isAnswer)).toBe(false)
  })

  it('opens no question for a dialog that is answered after a logout', async () => {
    const { former } = await withRequest()
    await logOutAbove(former)
    await former.tap(TEXTS.transferRequest.confirmText)
    expect(await former.page()).toBe(HOME_PAGE)
  })

  it('whose user logged out meanwhile keeps that, whatever the answer to the no', async () => {
    const { former } = await withQuestion()
    const late = await former.holdCall(isAnswer)
    await tapAndConfirm(former, '.refuse')
    await late.waiting()
    await logOutAbove(former)
    await late.release()
    expect(await former.toasts()).not.toContain(TEXTS.transfer.refused)
    await former.see(TEXTS.transfer.needLogin)
  })
})
