import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CloudKit, verdict } from '../../test/cloud-kit.ts'

let kit: CloudKit
let openid: string
let people = 0

beforeAll(async () => {
  kit = await CloudKit.start()
})
afterAll(() => kit.stop())
beforeEach(() => {
  people += 1
  openid = `oPerson-${people}`
})

const logout = (person: string | undefined, data: unknown) => kit.call('logout', person, data)

describe('logging out', () => {
  it('ends this session at once and no other, in one round trip', async () => {
    const [phone, tablet] = [await kit.loginWithCode(openid), await kit.loginWithCode(openid)]
    expect(verdict(await logout(openid, { token: phone.token }))).toBe('200')
    expect((await kit.lastCall()).roundTrips).toHaveLength(1)
    expect(verdict(await kit.checkToken(openid, { token: phone.token }))).toBe('403 SESSION_REVOKED')
    expect(verdict(await kit.checkToken(openid, { token: tablet.token }))).toBe('200')
  })

  it('answers well for a session that is over already', async () => {
    const { token, userInfo } = await kit.loginWithCode(openid)
    expect(verdict(await logout(openid, { token }))).toBe('200')
    expect(verdict(await logout(openid, { token }))).toBe('200')
    kit.cloud.database.removeDocument('users', userInfo.id)
    expect(verdict(await logout(openid, { token }))).toBe('200')
    await kit.control.post('clock', { advanceSeconds: 31 * 24 * 60 * 60 })
    expect(verdict(await logout(openid, { token }))).toBe('200')
  })

  it('ends nobody else’s session', async () => {
    const { token } = await kit.loginWithCode(openid)
    expect(verdict(await logout('oThief', { token }))).toBe('403 TOKEN_FOREIGN')
    expect(verdict(await logout(openid, { token: `${token}x` }))).toBe('403 TOKEN_SIGNATURE')
    expect(verdict(await logout(openid, {}))).toBe('401 TOKEN_MISSING')
    expect(verdict(await logout(undefined, { token }))).toBe('401 CALLER_UNKNOWN')
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('200')
  })
})
