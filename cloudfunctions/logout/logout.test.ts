import { beforeEach, describe, expect, it } from 'vitest'
import type { ListSessionsData } from '../../contract/account.ts'
import { type CloudKit, succeeded, verdict } from '../../test/support/cloud-kit.ts'
import { useCloud } from '../../test/support/use-cloud.ts'

let kit: CloudKit
let openid: string
const cloud = useCloud()
beforeEach(() => {
  ;({ kit, openid } = cloud.newUser())
})

const logout = (person: string | undefined, data: unknown) => kit.call('logout', person, data)

describe('logging out', () => {
  it('ends this session at once and no other, and writes one audit entry', async () => {
    const [phone, tablet] = [await kit.loginWithCode(openid), await kit.loginWithCode(openid)]
    expect(verdict(await logout(openid, { token: phone.token }))).toBe('200')
    expect(await kit.acts(openid)).toEqual(['login', 'consent', 'login', 'consent', 'session.end'])
    expect(verdict(await kit.checkToken(openid, { token: phone.token }))).toBe('403 SESSION_REVOKED')
    expect(verdict(await kit.checkToken(openid, { token: tablet.token }))).toBe('200')
  })

  it('succeeds for a session that has ended already', async () => {
    const { token, userInfo } = await kit.loginWithCode(openid)
    expect(verdict(await logout(openid, { token }))).toBe('200')
    expect(verdict(await logout(openid, { token }))).toBe('200')
    kit.cloud.database.removeDocument('users', userInfo.id)
    expect(verdict(await logout(openid, { token }))).toBe('200')
    await kit.control.post('clock', { advanceSeconds: 31 * 24 * 60 * 60 })
    expect(verdict(await logout(openid, { token }))).toBe('200')
  })

  it('does not end another user’s session', async () => {
    const { token } = await kit.loginWithCode(openid)
    expect(verdict(await logout('oThief', { token }))).toBe('403 TOKEN_FOREIGN')
    expect(verdict(await logout(openid, { token: `${token}x` }))).toBe('403 TOKEN_SIGNATURE')
    expect(verdict(await logout(openid, {}))).toBe('401 TOKEN_MISSING')
    expect(verdict(await logout(undefined, { token }))).toBe('401 CALLER_UNKNOWN')
    expect(verdict(await kit.checkToken(openid, { token }))).toBe('200')
  })

  it('ends the others, or one other, or all; each is rejected with SESSION_REVOKED on its next call', async () => {
    const tokens: string[] = []
    for (let count = 0; count < 4; count++) tokens.push((await kit.loginWithCode(openid)).token)
    const [phone, tablet, last] = tokens
    const standing = async () => {
      const answers = await Promise.all(tokens.map((token) => kit.checkToken(openid, { token })))
      return answers
        .map(verdict)
        .map((text) => (text === '403 SESSION_REVOKED' ? '-' : text))
        .join(' ')
    }
    const { sessions } = succeeded(
      await kit.call<ListSessionsData>('account', openid, { token: tablet, action: 'sessions' }),
    )
    const other = sessions.find(({ current }) => !current)
    expect(verdict(await logout(openid, { token: phone, sessionId: other?.id }))).toBe('200')
    expect((await standing()).match(/200/g)).toHaveLength(3)
    expect(verdict(await logout(openid, { token: phone, scope: 'others' }))).toBe('200')
    expect(await standing()).toBe('200 - - -')
    expect(verdict(await logout(openid, { token: last, scope: 'all' }))).toBe('403 SESSION_REVOKED')
    expect(await standing()).toBe('200 - - -')
    expect(verdict(await logout(openid, { token: phone, scope: 'all' }))).toBe('200')
    expect(await standing()).toBe('- - - -')
    expect((await kit.acts(openid)).filter((act) => act === 'session.end')).toHaveLength(3)
  })

  it.each([
    ['whose end was moved', '403 TOKEN_EXPIRED'],
    ['of an account that was disabled by hand', '403 ACCOUNT_DISABLED'],
  ])('ends nothing for a session %s', async (_name, refusal) => {
    const [{ token }] = [await kit.loginWithCode(openid), await kit.loginWithCode(openid)]
    const user = kit.users().find((document) => document['openid'] === openid)
    const [first, second] = (user?.['sessions'] ?? []) as object[]
    const over = { ...first, expiresAt: new Date(kit.cloud.clock.now() - 1) }
    const change = refusal.endsWith('DISABLED') ? { status: 'disabled' } : { sessions: [over, second] }
    kit.cloud.database.putDocument('users', { ...user, ...change })
    const before = kit.users().find((document) => document['openid'] === openid)
    for (const scope of ['others', 'all']) {
      expect(verdict(await logout(openid, { token, scope }))).toBe(refusal)
    }
    expect(kit.users().find((document) => document['openid'] === openid)).toEqual(before)
  })

  it('does not end sessions of other users', async () => {
    const [{ token }, ofNeighbour] = [await kit.loginWithCode(openid), await kit.loginWithCode('oNeighbour')]
    const { sessions } = succeeded(
      await kit.call<ListSessionsData>('account', 'oNeighbour', {
        token: ofNeighbour.token,
        action: 'sessions',
      }),
    )
    expect(verdict(await logout(openid, { token, sessionId: sessions[0]?.id }))).toBe('200')
    expect(verdict(await logout(openid, { token, sessionId: { $ne: '' } }))).toBe('400 BAD_REQUEST')
    expect(verdict(await logout(openid, { token, scope: 'everything' }))).toBe('400 BAD_REQUEST')
    expect(verdict(await kit.checkToken('oNeighbour', { token: ofNeighbour.token }))).toBe('200')
  })
})
