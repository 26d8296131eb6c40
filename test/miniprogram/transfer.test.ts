import { describe, expect, it } from 'vitest'
import { OFFLINE } from 'wechat-cloud-emulator/testing/simulator'
import { succeeded } from '../support/cloud-kit.ts'
import { spoilToken, stored, tripsOf } from './app-state.ts'
import { HeldAnswer, isCallOf } from './phone/held-answer.ts'
import { Phone } from './phone/phone.ts'
import { DAY, type PhoneUser, useTestUsers } from './phone-user.ts'
import { ERROR_TEXTS, TEXTS } from './texts.ts'

const newTestUser = useTestUsers()

const isAnswer = isCallOf('account', 'answerTransfer')

/** One person with two WeChat accounts and one number: each has saved a trip. The new one has just been notified. */
async function withTwoAccounts(): Promise<{ former: PhoneUser; latter: PhoneUser }> {
  const former = await newTestUser()
  await former.logIn()
  const latter = await newTestUser()
  await latter.logIn()
  return { former, latter }
}

/** The new account asks, and the phone of the old one is started again. */
async function withRequest(): Promise<{ former: PhoneUser; latter: PhoneUser }> {
  const { former, latter } = await withTwoAccounts()
  latter.phone.answer(true)
  await latter.phone.settle()
  await tap(latter, '.request')
  await former.phone.launch()
  return { former, latter }
}

/** From the dialog at launch to the page with the question. */
async function withQuestion(): Promise<{ former: PhoneUser; latter: PhoneUser }> {
  const users = await withRequest()
  users.former.phone.answer(true)
  await users.former.phone.settle()
  return users
}

/** The same account on another phone, with the question on its screen. */
async function onAnotherDevice({ kit, openid }: PhoneUser): Promise<Phone> {
  const other = Phone.of(kit, openid)
  const { token, expiresInSeconds, userInfo } = succeeded(await kit.login(openid, {}))
  const login = { token, expiresAt: kit.cloud.clock.now() + expiresInSeconds * 1000, userInfo }
  other.storage.set('login', { login, staysOut: false, lastPhone: userInfo.phone })
  await other.launch()
  other.answer(true)
  await other.settle()
  return other
}

async function tap({ phone }: PhoneUser, selector: string): Promise<void> {
  expect(phone.tap(selector)).toBe(true)
  await phone.settle()
}

async function tapAndConfirm(user: PhoneUser, selector: string): Promise<void> {
  await tap(user, selector)
  user.phone.answer(true)
  await user.phone.settle()
}

/** The page is shown again, as after a while on the other phone. */
async function showAgain({ phone }: PhoneUser): Promise<void> {
  phone.gesture('onHide')
  phone.gesture('onShow')
  await phone.settle()
}

async function cities({ phone }: PhoneUser): Promise<number> {
  const trips = await tripsOf(phone).load()
  return trips.ok ? trips.data.items.length : -1
}

function expectLoggedIn({ phone }: PhoneUser): void {
  const auth = phone.module<{ getSession(): { isLoggedIn: boolean } }>('auth/index.js')
  expect(auth.getSession().isLoggedIn).toBe(true)
}

describe('a number that another account has', () => {
  it('notifies once, after the login, which leads back first, and says nothing of the other account', async () => {
    const { former, latter } = await withTwoAccounts()
    const { phone } = latter
    expect(former.phone.modal).toBeUndefined()
    expect(phone.route).toBe('index')
    expect(phone.toasts).toContain(TEXTS.home.saved)
    const { title, content } = TEXTS.numberInUse
    expect(phone.modal).toMatchObject({ title, content })
    phone.answer(false)
    await phone.settle()
    expect(phone.route).toBe('index')
    expect(phone.callsOf('account')).toEqual([])
    await phone.launch()
    expect(phone.modal).toBeUndefined()
    await latter.open('transfer')
    expect(phone.text).toContain(TEXTS.transfer.found)
  })

  it('notifies after a change of the number, too', async () => {
    const former = await newTestUser()
    await former.logIn()
    const latter = await newTestUser()
    await latter.save()
    await latter.allow('13900139000')
    expect(latter.phone.modal).toBeUndefined()
    latter.phone.tap('.account')
    await latter.phone.settle()
    latter.phone.tap('.changer >>> .change >>> .phone-button')
    latter.phone.fire('.changer >>> .change >>> .phone-button', 'getphonenumber', await latter.allowed())
    await latter.phone.settle()
    expect(latter.phone.modal?.title).toBe(TEXTS.numberInUse.title)
  })

  it('notifies nobody whose number is theirs alone, and the page says what to do', async () => {
    const testUser = await newTestUser()
    const { phone } = testUser
    await testUser.logIn()
    expect(phone.modal).toBeUndefined()
    await testUser.open('transfer')
    expect(phone.text).toContain(TEXTS.transfer.none)
    expect(phone.find('.request')).toBeUndefined()
  })
})

describe('the new account', () => {
  it('asks, waits, and may withdraw: then the old one is asked nothing', async () => {
    const { former, latter } = await withRequest()
    expect(latter.phone.toasts.at(-1)).toBe(TEXTS.transfer.requestSent)
    expect(latter.phone.text).toContain(TEXTS.transfer.states.waiting)
    expect(latter.phone.text).toMatch(/申请保留到：\d+月\d+日/)
    await tapAndConfirm(latter, '.withdraw')
    expect(latter.phone.text).not.toContain(TEXTS.transfer.states.waiting)
    expect(latter.phone.find('.request')).toBeDefined()
    former.phone.modal = undefined
    await former.phone.launch()
    expect(former.phone.modal).toBeUndefined()
  })

  it('reads after seven days without an answer that nothing moved', async () => {
    const { former, latter } = await withRequest()
    await latter.wait(8 * DAY)
    await showAgain(latter)
    expect(latter.phone.text).toContain(TEXTS.transfer.states.expired)
    expect(former.tripDocuments).toHaveLength(1)
  })

  it('offers the request again where the call failed', async () => {
    const { latter } = await withTwoAccounts()
    const { phone } = latter
    phone.answer(true)
    await phone.settle()
    phone.goOffline()
    await tap(latter, '.request')
    expect(phone.text).toContain(ERROR_TEXTS.OFFLINE)
    phone.goOnline()
    await tap(latter, '.request')
    expect(phone.text).toContain(TEXTS.transfer.states.waiting)
  })
})

describe('the old account', () => {
  it('is asked at launch, once, while browsing goes on', async () => {
    const { former } = await withRequest()
    const { phone } = former
    expect(phone.modal).toMatchObject(TEXTS.transferRequest)
    expect(phone.route).toBe('index')
    phone.answer(false)
    await phone.settle()
    expect(phone.navigations).not.toContain('/account/pages/transfer/transfer')
    await phone.module<{ checkSession(): Promise<void> }>('auth/session/session.js').checkSession()
    expect(phone.modal).toBeUndefined()
    await phone.launch()
    expect(phone.modal).toMatchObject(TEXTS.transferRequest)
  })

  it('is asked at launch where a silent login takes the place of an expired token, too', async () => {
    const { former } = await withRequest()
    const { phone } = former
    phone.modal = undefined
    spoilToken(former)
    await phone.launch()
    expect(phone.calls.filter(({ name }) => name === 'login').length).toBeGreaterThan(1)
    expect(phone.modal).toMatchObject(TEXTS.transferRequest)
  })

  it('says yes after a confirmation: all is with the new one, and this one is logged out and starts afresh', async () => {
    const { former, latter } = await withQuestion()
    const { phone } = former
    await latter.phone.openAbove('pages/trips/trips', 'account/pages/transfer/transfer')
    expect(phone.text).toContain(TEXTS.transfer.ifYes)
    await tap(former, '.accept')
    expect(phone.modal).toMatchObject({ content: TEXTS.transfer.acceptConsequence })
    phone.answer(false)
    await phone.settle()
    expect(phone.calls.some(isAnswer)).toBe(false)
    await tapAndConfirm(former, '.accept')
    expect(phone.route).toBe('index')
    expect(phone.modal?.content).toBe(TEXTS.transfer.accepted)
    expect(stored(former)).toEqual({ staysOut: true, lastPhone: '' })
    expect(former.userDocument).toBeUndefined()
    await showAgain(latter)
    expect(latter.phone.text).toContain(TEXTS.transfer.states.moved)
    latter.phone.back()
    expect(latter.phone.data['items']).toHaveLength(2)
    phone.modal = undefined
    await former.logIn()
    expect(await cities(former)).toBe(1)
  })

  it('says no after a confirmation: nothing moves, and it is asked no more', async () => {
    const { former, latter } = await withQuestion()
    await tapAndConfirm(former, '.refuse')
    expect(former.phone.toasts.at(-1)).toBe(TEXTS.transfer.refused)
    expect(former.phone.find('.question')).toBeUndefined()
    await showAgain(latter)
    expect(latter.phone.text).toContain(TEXTS.transfer.states.refused)
    expect(latter.phone.find('.request')).toBeUndefined()
    await former.phone.launch()
    expect(former.phone.modal).toBeUndefined()
    expectLoggedIn(former)
    expect([await cities(former), await cities(latter)]).toEqual([1, 1])
  })

  it('on another device reads at its next launch what the yes did', async () => {
    const { former } = await withQuestion()
    const other = await onAnotherDevice(former)
    await tapAndConfirm(former, '.accept')
    await other.launch()
    expect(other.modal?.content).toBe(ERROR_TEXTS.ACCOUNT_CLOSED)
    expect(other.storage.get('login')).toEqual({ staysOut: true, lastPhone: '' })
    other.switchOff()
  })

  it('on another device cannot take back a no, and stays logged in', async () => {
    const { former, latter } = await withQuestion()
    const other = await onAnotherDevice(former)
    await tapAndConfirm(former, '.refuse')
    other.tap('.accept')
    other.answer(true)
    await other.settle()
    expect(other.text).toContain(ERROR_TEXTS.TRANSFER_EXPIRED)
    expect(other.find('.question')).toBeUndefined()
    expectLoggedIn({ ...former, phone: other } as PhoneUser)
    expect(latter.tripDocuments).toHaveLength(1)
    other.switchOff()
  })

  it('whose yes was done but not answered is logged out by the repeated call', async () => {
    const { former, latter } = await withQuestion()
    const { phone } = former
    const cloud = phone.deliver
    let isLost = false
    phone.deliver = async (call) => {
      const answer = await cloud(call)
      if (!isAnswer(call) || isLost) return answer
      isLost = true
      throw OFFLINE
    }
    await tapAndConfirm(former, '.accept')
    expect(isLost).toBe(true)
    expect(phone.modal?.content).toBe(ERROR_TEXTS.ACCOUNT_CLOSED)
    expect(stored(former)).toEqual({ staysOut: true, lastPhone: '' })
    expect(latter.tripDocuments).toHaveLength(2)
  })

  it('whose yes does not get through stays logged in and says it once more', async () => {
    const { former } = await withQuestion()
    const { phone } = former
    phone.goOffline()
    await tapAndConfirm(former, '.accept')
    expect(phone.text).toContain(ERROR_TEXTS.OFFLINE + TEXTS.transfer.unfinished)
    expectLoggedIn(former)
    phone.goOnline()
    await tapAndConfirm(former, '.accept')
    expect(phone.modal?.content).toBe(TEXTS.transfer.accepted)
  })

  it.each(['.accept', '.refuse'])(
    'says nothing by %s that is confirmed after another login',
    async (button) => {
      const { former } = await withQuestion()
      const { phone } = former
      const auth = phone.module<{ logout(): Promise<void>; loginSilently(): Promise<void> }>('auth/index.js')
      phone.tap(button)
      await auth.logout()
      await auth.loginSilently()
      expectLoggedIn(former)
      phone.answer(true)
      await phone.settle()
      expect(phone.calls.some(isAnswer)).toBe(false)
    },
  )

  it('opens no question for a dialog that is answered after a logout', async () => {
    const { phone } = (await withRequest()).former
    await phone.module<{ logout(): Promise<void> }>('auth/index.js').logout()
    phone.answer(true)
    await phone.settle()
    expect(phone.route).toBe('index')
  })

  it('whose user logged out meanwhile keeps that, whatever the answer to the no', async () => {
    const { former } = await withQuestion()
    const { phone } = former
    const late = new HeldAnswer(phone, isAnswer)
    phone.tap('.refuse')
    phone.answer(true)
    await late.waiting()
    await phone.module<{ logout(): Promise<void> }>('auth/index.js').logout()
    await late.arrives()
    expect(phone.toasts).not.toContain(TEXTS.transfer.refused)
    expect(phone.text).toContain(TEXTS.transfer.needLogin)
  })
})
