import { afterEach, describe, expect, it } from 'vitest'
import { ENDING_TEXTS } from '../../miniprogram/utils/texts.ts'
import { OFFLINE } from './deliver.ts'
import { MASKED, type Traveller, useTravellers } from './traveller.ts'

const newTraveller = useTravellers({ LOGIN_LIMIT: '3' })
let traveller: Traveller
afterEach(() => traveller.kit.cloud.faults.clear())

/** Somebody new on the login page. */
async function atTheButton(): Promise<Traveller> {
  traveller = await newTraveller()
  await traveller.save()
  traveller.phone.calls.length = 0
  return traveller
}

/** Users can be read, and not written: the code is spent, and the login fails. */
function keepUsersFromBeingWritten(times?: number): void {
  traveller.kit.cloud.faults.add({
    action: 'database.insertDocument',
    target: 'users',
    answer: { kind: 'error', code: 'SYS_ERR', message: 'down' },
    ...(times === undefined ? {} : { times }),
  })
}

/** What each login was asked with. */
const proofs = () =>
  traveller.phone
    .callsOf('login')
    .map(({ data }) => ('phoneCode' in data ? 'code' : 'ticket' in data ? 'ticket' : 'silent'))

async function tryAgain(): Promise<void> {
  traveller.phone.tap('.notice >>> .action')
  await traveller.phone.settle()
}

describe('a phone code that was spent on a login that failed', () => {
  it('is stood for by its ticket at the next try, with consent and device', async () => {
    const { phone } = await atTheButton()
    keepUsersFromBeingWritten(1)
    await traveller.allow()
    expect(phone.route).toBe('index')
    expect(proofs()).toEqual(['code', 'ticket'])
    expect(traveller.userDocument).toMatchObject({
      phoneMasked: MASKED,
      consent: { version: '2026-11-01' },
      sessions: [{ device: { model: 'Pixel 9', platform: 'android' } }],
    })
  })

  it('is used up by 再试一次, within its five minutes', async () => {
    const { phone } = await atTheButton()
    keepUsersFromBeingWritten()
    await traveller.allow()
    expect(phone.text).toContain(ENDING_TEXTS.DATABASE_UNAVAILABLE)
    expect(proofs()).toEqual(['code', 'ticket', 'ticket', 'ticket'])
    traveller.kit.cloud.faults.clear()
    await traveller.wait(4 * 60 * 1000)
    phone.calls.length = 0
    await tryAgain()
    expect(proofs()).toEqual(['ticket'])
    expect(phone.route).toBe('index')
  })

  it('is given up after them', async () => {
    const { phone } = await atTheButton()
    keepUsersFromBeingWritten()
    await traveller.allow()
    traveller.kit.cloud.faults.clear()
    await traveller.wait(5 * 60 * 1000)
    phone.calls.length = 0
    await tryAgain()
    expect(phone.calls).toEqual([])
    expect(phone.text).toContain(ENDING_TEXTS.PHONE_CODE_INVALID)
  })

  it('keeps its ticket through a network that goes away in between', async () => {
    const { phone } = await atTheButton()
    keepUsersFromBeingWritten(1)
    const cloud = phone.deliver
    phone.deliver = (call) => ('phoneCode' in call.data ? cloud(call) : Promise.reject(OFFLINE))
    await traveller.allow()
    expect(phone.text).toContain(ENDING_TEXTS.OFFLINE)
    phone.deliver = cloud
    phone.calls.length = 0
    await tryAgain()
    expect(proofs()).toEqual(['ticket'])
    expect(phone.route).toBe('index')
  })

  it('lets the user in though the ticket’s answer was lost: a silent login shows that it got through', async () => {
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
    await traveller.allow()
    expect(proofs()).toEqual(['code', 'ticket', 'ticket', 'silent'])
    expect(phone.route).toBe('index')
  })
})

describe('too many logins', () => {
  it('are told, and the code that was paid for is not spent, and gets in when the time is over', async () => {
    traveller = await newTraveller()
    const { phone, kit, openid } = traveller
    await traveller.logIn()
    await traveller.logOut()
    await kit.login(openid, {})
    await kit.login(openid, {})
    phone.tap('.login')
    await phone.settle()
    phone.tap('.other-number')
    phone.calls.length = 0
    await traveller.allow('13900139000')
    expect(phone.text).toContain(ENDING_TEXTS.RATE_LIMITED)
    // No use in trying again before the deadline, so nothing was tried.
    expect(proofs()).toEqual(['code'])
    await traveller.wait(3 * 60 * 1000 + 5000)
    await tryAgain()
    // A look first, since the phone cannot know that the code was not used.
    expect(proofs()).toEqual(['code', 'silent', 'code'])
    expect(phone.route).toBe('account')
    expect(phone.text).toContain('139****9000')
  })
})
