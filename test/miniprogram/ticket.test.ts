import { describe, expect, it } from 'vitest'
import { LOST_CALL, type Phone } from 'wechat-cloud-emulator/testing'
import { useProject } from '../support/use-project.ts'
import { saveTrip } from './log-in.ts'
import {
  allow,
  atHome,
  callsDuring,
  HOME_PAGE,
  loggedInAtHome,
  logOut,
  MASKED,
  userDocument,
} from './own-account.ts'
import { ERROR_TEXTS } from './texts.ts'

const app = useProject({ variables: { LOGIN_LIMIT: '3' } })

/** Somebody new on the login page. */
async function atTheButton(): Promise<Phone> {
  const phone = await atHome(app.project)
  await saveTrip(phone)
  return phone
}

/** Users can be read, and not written: the code is spent, and the login fails. */
function keepUsersFromBeingWritten(times?: number): Promise<void> {
  return app.project.faults.add({
    action: 'database.insertDocument',
    target: 'users',
    answer: { kind: 'error', code: 'SYS_ERR', message: 'down' },
    times,
  })
}

/** What each login is asked with meanwhile. */
async function proofsDuring(phone: Phone, act: () => Promise<unknown>): Promise<string[]> {
  const logins = (await callsDuring(phone, act)).filter(({ name }) => name === 'login')
  return logins.map(({ data }) => ('phoneCode' in data ? 'code' : 'ticket' in data ? 'ticket' : 'silent'))
}

const tryAgain = (phone: Phone) => phone.tap('.notice >>> .action')

describe('a phone code that was spent on a login that failed', () => {
  it('is replaced by its ticket at the next try, with consent and device', async () => {
    const phone = await atTheButton()
    await keepUsersFromBeingWritten(1)
    expect(await proofsDuring(phone, () => allow(app.project))).toEqual(['code', 'ticket'])
    expect(await phone.page()).toBe(HOME_PAGE)
    expect(await userDocument(app.project)).toMatchObject({
      phoneMasked: MASKED,
      consent: { version: '2026-11-28' },
      sessions: [{ device: { model: 'Pixel 9', platform: 'android' } }],
    })
  })

  it('is used up by 再试一次, within its five minutes', async () => {
    const phone = await atTheButton()
    const { clock, faults } = app.project
    await keepUsersFromBeingWritten()
    const proofs = await proofsDuring(phone, () => allow(app.project))
    expect(proofs).toEqual(['code', 'ticket', 'ticket', 'ticket'])
    await phone.see(ERROR_TEXTS.DATABASE_UNAVAILABLE)
    await faults.clear()
    await clock.advance('4 min')
    expect(await proofsDuring(phone, () => tryAgain(phone))).toEqual(['ticket'])
    expect(await phone.page()).toBe(HOME_PAGE)
  })

  it('is dropped after them', async () => {
    const phone = await atTheButton()
    const { clock, faults } = app.project
    await keepUsersFromBeingWritten()
    await allow(app.project)
    await faults.clear()
    await clock.advance('5 min')
    expect(await callsDuring(phone, () => tryAgain(phone))).toEqual([])
    await phone.see(ERROR_TEXTS.PHONE_CODE_INVALID)
  })

  it('keeps its ticket while the network is away', async () => {
    const phone = await atTheButton()
    await keepUsersFromBeingWritten(1)
    const end = await phone.answerCalls(
      ({ data }) => !('phoneCode' in data),
      () => Promise.reject(LOST_CALL),
    )
    await allow(app.project)
    await phone.see(ERROR_TEXTS.OFFLINE)
    end()
    expect(await proofsDuring(phone, () => tryAgain(phone))).toEqual(['ticket'])
    expect(await phone.page()).toBe(HOME_PAGE)
  })

  it('logs in although the ticket’s answer was lost: a silent login shows that the try succeeded', async () => {
    const phone = await atTheButton()
    await keepUsersFromBeingWritten(1)
    await phone.answerCalls(
      ({ data }) => 'ticket' in data,
      async (_call, cloud) => {
        await cloud()
        throw LOST_CALL
      },
      1,
    )
    const proofs = await proofsDuring(phone, () => allow(app.project))
    expect(proofs).toEqual(['code', 'ticket', 'ticket', 'silent'])
    expect(await phone.page()).toBe(HOME_PAGE)
  })
})

describe('too many logins', () => {
  it('are shown; the paid code is not spent, and logs in when the time is over', async () => {
    const phone = await loggedInAtHome(app.project)
    const { cloud, clock } = app.project
    await logOut(phone)
    for (let login = 0; login < 2; login++) await cloud.call('login', {}, { as: phone.openid })
    await phone.tap('.login')
    await phone.tap('.other-number')
    const proofs = await proofsDuring(phone, () => allow(app.project, '13900139000'))
    await phone.see(ERROR_TEXTS.RATE_LIMITED)
    // No use in trying again before the deadline, so nothing was tried.
    expect(proofs).toEqual(['code'])
    await clock.advance('185 s')
    // A look first, since the phone cannot know that the code was not used.
    expect(await proofsDuring(phone, () => tryAgain(phone))).toEqual(['silent', 'code'])
    expect(await phone.page()).toBe('account/pages/account/account')
    await phone.see('139****9000')
  })
})
