import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CloudKit, CONSENT, verdict } from '../../test/cloud-kit.ts'
import { outsideClient } from '../../test/sdk-client.ts'
import type { Fault } from './faults.ts'

let kit: CloudKit
let people = 0
beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())
afterEach(() => kit.cloud.faults.clear())

async function loggedIn(): Promise<{ openid: string; token: string }> {
  people += 1
  const openid = `oFaulty-${people}`
  return { openid, token: (await kit.loginWithCode(openid)).token }
}

const sessionsOf = (openid: string) =>
  kit.cloud.database.documents('users', { filter: { openid } })[0]?.['sessions']

describe('a fault before the operation leaves it undone, one after it does not:', () => {
  it.each<[Fault['answer']['kind'], string, number]>([
    ['reset', '503 DATABASE_UNAVAILABLE', 1],
    ['reset-after', '503 DATABASE_UNAVAILABLE', 0],
    ['http-error', '503 DATABASE_UNAVAILABLE', 1],
    ['garbage', '503 DATABASE_UNAVAILABLE', 0],
    ['hang', '503 TIMEOUT', 1],
    ['hang-after', '503 TIMEOUT', 0],
  ])('%s is %s to the function', async (kind, expected, sessions) => {
    const { openid, token } = await loggedIn()
    await kit.control.post('faults', { action: 'database.modifyDocument', answer: { kind, status: 500 } })
    expect(verdict(await kit.call('logout', openid, { token }))).toBe(expected)
    expect(sessionsOf(openid)).toHaveLength(sessions)
  })

  it.each<['kill' | 'kill-after', number]>([
    ['kill', 1],
    ['kill-after', 0],
  ])('%s ends the process, and the caller is told what the platform says of that', async (kind, sessions) => {
    const { openid, token } = await loggedIn()
    await kit.control.post('faults', { openid, answer: { kind }, times: 1 })
    expect(await kit.invoke('logout', openid, { token })).toMatchObject({
      errCode: -504002,
      errMsg: expect.stringContaining('Process exited unexpectedly before completing request'),
    })
    expect(sessionsOf(openid)).toHaveLength(sessions)
    expect(verdict(await kit.call('logout', openid, { token }))).toBe('200')
  })
})

describe('a fault can be of one operation of one call', () => {
  it('of one person, and nobody else', async () => {
    const [alice, bob] = [await loggedIn(), await loggedIn()]
    await kit.control.post('faults', { openid: alice.openid, answer: { kind: 'reset' } })
    expect(verdict(await kit.checkToken(alice.openid, alice))).toBe('503 DATABASE_UNAVAILABLE')
    expect(verdict(await kit.checkToken(bob.openid, bob))).toBe('200')
  })

  it('the n-th of all, or of those of its kind', async () => {
    const { openid } = await loggedIn()
    const login = async () => {
      const phoneCode = await kit.phoneCode(openid)
      return verdict(await kit.login(openid, { phoneCode, consent: { version: CONSENT } }))
    }
    await kit.control.post('faults', { operation: 3, answer: { kind: 'reset' } })
    expect(await login()).toBe('503 DATABASE_UNAVAILABLE')
    const { roundTrips } = await kit.lastCall()
    expect(roundTrips.map(({ action }) => action)[2]).toBe('database.modifyDocument')

    kit.cloud.faults.clear()
    await kit.control.post('faults', {
      action: 'database.getDocument',
      operation: 2,
      answer: { kind: 'reset' },
    })
    expect(await login()).toBe('200')
  })
})

it('a client outside any function meets a killed process as a broken connection', async () => {
  const trips = outsideClient(kit.cloud.sdkUrl).database().collection('trips')
  await kit.control.post('faults', { answer: { kind: 'kill' }, times: 1 })
  await expect(trips.where({}).count()).rejects.toThrow()
  expect(await trips.where({ city: 'none' }).count()).toMatchObject({ total: 0 })
})
