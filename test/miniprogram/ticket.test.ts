import { afterEach, describe, expect, it } from 'vitest'
import { OFFLINE } from 'wechat-cloud-emulator/testing/simulator'
import { MASKED, type PhoneUser, useTestUsers } from './phone-user.ts'
import { ERROR_TEXTS } from './texts.ts'

const newTestUser = useTestUsers({ LOGIN_LIMIT: '3' })
let testUser: PhoneUser
afterEach(() => testUser.kit.cloud.faults.clear())

/** Somebody new on the login page. */
async function atTheButton(): Promise<PhoneUser> {
  testUser = await newTestUser()
  await testUser.save()
  testUser.phone.calls.length = 0
  return testUser
}

/** Users can be read, and not written: the code is spent, and the login fails. */
function keepUsersFromBeingWritten(times?: number): void {
  testUser.kit.cloud.faults.add({
    action: 'database.insertDocument',
    target: 'users',
    answer: { kind: 'error', code: 'SYS_ERR', message: 'down' },
    ...(times === undefined ? {} : { times }),
  })
}

/** What each login was asked with. */
const proofs = () =>
  testUser.phone
    .callsOf('login')
    .map(({ data }) => ('phoneCode' in data ? 'code' : 'ticket' in data ? 'ticket' : 'silent'))

async function tryAgain(): Promise<void> {
  testUser.phone.tap('.notice >>> .action')
  await testUser.phone.settle()
}

describe('a phone code that was spent on a login that failed', () => {
  it('is replaced by its ticket at the next try, with consent and device', async () => {
    const { phone } = await atTheButton()
    keepUsersFromBeingWritten(1)
    await testUser.allow()
    expect(phone.route).toBe('index')
    expect(proofs()).toEqual(['code', 'ticket'])
    expect(testUser.userDocument).toMatchObject({
      phoneMasked: MASKED,
      consent: { version: '2026-11-28' },
      sessions: [{ device: { model: 'Pixel 9', platform: 'android' } }],
    })
  })

  it('is used up by 再试一次, within its five minutes', async () => {
    const { phone } = await atTheButton()
    keepUsersFromBeingWritten()
    await testUser.allow()
    expect(phone.text).toContain(ERROR_TEXTS.DATABASE_UNAVAILABLE)
    expect(proofs()).toEqual(['code', 'ticket', 'ticket', 'ticket'])
    testUser.kit.cloud.faults.clear()
    await testUser.wait(4 * 60 * 1000)
    phone.calls.length = 0
    await tryAgain()
    expect(proofs()).toEqual(['ticket'])
    expect(phone.route).toBe('index')
  })

  it('is dropped after them', async () => {
    const { phone } = await atTheButton()
    keepUsersFromBeingWritten()
    await testUser.allow()
    testUser.kit.cloud.faults.clear()
    await testUser.wait(5 * 60 * 1000)
    phone.calls.length = 0
    await tryAgain()
    expect(phone.calls).toEqual([])
    expect(phone.text).toContain(ERROR_TEXTS.PHONE_CODE_INVALID)
  })

  it('keeps its ticket while the network is away', async () => {
    const { phone } = await atTheButton()
    keepUsersFromBeingWritten(1)
    const cloud = phone.deliver
    phone.deliver = (call) => ('phoneCode' in call.data ? cloud(call) : Promise.reject(OFFLINE))
    await testUser.allow()
    expect(phone.text).toContain(ERROR_TEXTS.OFFLINE)
    phone.deliver = cloud
    phone.calls.length = 0
    await tryAgain()
    expect(proofs()).toEqual(['ticket'])
    expect(phone.route).toBe('index')
  })

  it('logs in although the ticket’s answer was lost: a silent login shows that the try succeeded', async () => {
    const { phone } = await atTheButton()
    keepUsersFromBeingWritten(1)
    const cloud = phone.deliver
    let lost = false
    phone.deliver = async (call) => {
      const answer = await cloud(call)
      if (!('ticket' in call.data) || lost) return answer
      lost = true
      throw OFFLINE
    }
    await testUser.allow()
    expect(proofs()).toEqual(['code', 'ticket', 'ticket', 'silent'])
    expect(phone.route).toBe('index')
  })
})

describe('too many logins', () => {
  it('are shown; the paid code is not spent, and logs in when the time is over', async () => {
    testUser = await newTestUser()
    const { phone, kit, openid } = testUser
    await testUser.logIn()
    await testUser.logOut()
    await kit.login(openid, {})
    await kit.login(openid, {})
    phone.tap('.login')
    await phone.settle()
    phone.tap('.other-number')
    phone.calls.length = 0
    await testUser.allow('13900139000')
    expect(phone.text).toContain(ERROR_TEXTS.RATE_LIMITED)
    // No use in trying again before the deadline, so nothing was tried.
    expect(proofs()).toEqual(['code'])
    await testUser.wait(3 * 60 * 1000 + 5000)
    await tryAgain()
    // A look first, since the phone cannot know that the code was not used.
    expect(proofs()).toEqual(['code', 'silent', 'code'])
    expect(phone.route).toBe('account')
    expect(phone.text).toContain('139****9000')
  })
})
