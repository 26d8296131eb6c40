import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CloudKit, CONSENT, succeeded, verdict } from '../../test/support/cloud-kit.ts'
import { useCloud } from '../../test/support/use-cloud.ts'

const DAY_SECONDS = 24 * 60 * 60
const consent = { version: CONSENT }

let kit: CloudKit
let openid: string
const cloud = useCloud()
beforeEach(() => {
  ;({ kit, openid } = cloud.newUser())
})
afterEach(() => kit.control.post('latency', { milliseconds: 0 }))

interface StoredSession {
  id: string
  createdAt: Date
  device: object
}
const documentOf = (person: string) => kit.users().find((user) => user['openid'] === person)
const sessionsOf = (person: string) => (documentOf(person)?.['sessions'] ?? []) as StoredSession[]
const idsOf = (person: string) => sessionsOf(person).map(({ id }) => id)
const sessionIdOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')).sid as string
const check = async (token: string) => verdict(await kit.checkToken(openid, { token }))

/** Logs in on this many devices. */
async function devices(count: number): Promise<string[]> {
  const tokens: string[] = []
  for (let device = 0; device < count; device++) tokens.push((await kit.loginWithCode(openid)).token)
  return tokens
}

describe('the life of a token', () => {
  it('is answered in whole seconds from now, rounded down', async () => {
    const { token, expiresInSeconds } = await kit.loginWithCode(openid)
    expect(expiresInSeconds % 1).toBe(0)
    expect(expiresInSeconds).toBeLessThanOrEqual(30 * DAY_SECONDS)
    expect(expiresInSeconds).toBeGreaterThan(30 * DAY_SECONDS - 5)
    await kit.control.post('clock', { advanceSeconds: expiresInSeconds + 1 })
    expect(await check(token)).toBe('403 TOKEN_EXPIRED')
  })
})

describe('a silent login with the previous token', () => {
  it('replaces its session: no other device is logged out, and the old token is rejected', async () => {
    const tokens = await devices(10)
    const before = sessionsOf(openid)
    const device = { model: 'Pixel 9', platform: 'android' }
    const { token } = succeeded(await kit.login(openid, { replaces: tokens[3], device }))
    const after = sessionsOf(openid)
    expect(after.map(({ id }) => id)).toEqual(
      before.map(({ id }, at) => (at === 3 ? sessionIdOf(token) : id)),
    )
    expect(after[3]).toMatchObject({ device, createdAt: before[3]?.createdAt })
    const verdicts = await Promise.all(tokens.map(check))
    expect(verdicts).toEqual(tokens.map((_, at) => (at === 3 ? '403 SESSION_REVOKED' : '200')))
    expect(await check(token)).toBe('200')
  })

  it('takes two sequential round trips', async () => {
    const [replaces] = await devices(2)
    const call = async () => void succeeded(await kit.login(openid, { replaces }))
    expect(await kit.sequentialRoundTrips(call)).toBe(2)
  })

  it('does so when that token has expired', async () => {
    const tokens = await devices(2)
    await kit.control.post('clock', { advanceSeconds: 31 * DAY_SECONDS })
    const { token } = succeeded(await kit.login(openid, { replaces: tokens[0] }))
    expect(idsOf(openid)).toEqual([sessionIdOf(token), sessionIdOf(tokens[1] ?? '')])
  })

  it('starts an additional session when the old one is gone', async () => {
    const tokens = await devices(2)
    succeeded(await kit.call('logout', openid, { token: tokens[0] }))
    const { token } = succeeded(await kit.login(openid, { replaces: tokens[0] }))
    expect(idsOf(openid)).toEqual([sessionIdOf(tokens[1] ?? ''), sessionIdOf(token)])
  })

  it('does not end another user’s session', async () => {
    const ofNeighbour = await kit.loginWithCode('oNeighbour')
    await devices(1)
    succeeded(await kit.login(openid, { replaces: ofNeighbour.token }))
    expect(verdict(await kit.checkToken('oNeighbour', { token: ofNeighbour.token }))).toBe('200')
    expect(sessionsOf(openid)).toHaveLength(2)
  })

  it.each([
    '',
    'garbled',
    'a.b.c',
    `e30.${btoa('{"sid":""}')}.`,
    `e30.${btoa('{"sid":{"$ne":""}}')}.`,
    'x'.repeat(9000),
  ])('ignores %j as a previous token, and logs in', async (replaces) => {
    await devices(1)
    expect(verdict(await kit.login(openid, { replaces }))).toBe('200')
    expect(sessionsOf(openid)).toHaveLength(2)
  })

  it.each([7, null, { $ne: '' }, ['x']])('refuses %j', async (replaces) => {
    await devices(1)
    expect(verdict(await kit.login(openid, { replaces }))).toBe('400 BAD_REQUEST')
    expect(sessionsOf(openid)).toHaveLength(1)
  })

  it('asks an unknown user for the number, and starts no session for a disabled one', async () => {
    const [replaces] = await devices(1)
    expect(verdict(await kit.login('oUnknown', { replaces }))).toBe('404 PHONE_REQUIRED')
    kit.cloud.database.putDocument('users', { ...documentOf(openid), status: 'disabled' })
    const before = idsOf(openid)
    expect(verdict(await kit.login(openid, { replaces }))).toBe('403 ACCOUNT_DISABLED')
    expect(idsOf(openid)).toEqual(before)
  })

  it('finds the session that has moved up in the list meanwhile', async () => {
    const tokens = await devices(3)
    await kit.control.post('latency', { milliseconds: 500 })
    const loggingIn = kit.login(openid, { replaces: tokens[2] })
    const writes = async () =>
      (await kit.lastCall()).roundTrips.filter(({ action }) => action === 'database.modifyDocument').length
    await expect.poll(writes, { timeout: 5000 }).toBeGreaterThan(0)
    kit.cloud.database.putDocument('users', { ...documentOf(openid), sessions: sessionsOf(openid).slice(1) })
    const { token } = succeeded(await loggingIn)
    expect(idsOf(openid)).toEqual([sessionIdOf(tokens[1] ?? ''), sessionIdOf(token)])
  })
})

describe('a login with a code on a phone that has an old token', () => {
  it('replaces its session, too', async () => {
    const tokens = await devices(2)
    const phoneCode = await kit.phoneCode(openid, '13900139000')
    const answer = await kit.login(openid, { phoneCode, consent, replaces: tokens[0] })
    const { token } = succeeded(answer)
    expect(idsOf(openid)).toEqual([sessionIdOf(token), sessionIdOf(tokens[1] ?? '')])
    expect(documentOf(openid)).toMatchObject({ phoneMasked: '139****9000' })
  })
})
