import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AdminRole } from '../../contract/admin.ts'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { CloudKit, verdict } from '../../test/support/cloud-kit.ts'

let kit: CloudKit
let userId: string

beforeAll(async () => {
  kit = await CloudKit.start()
  userId = (await kit.loginWithCode('oSomebody')).userInfo.id
})
afterAll(() => kit.stop())

const reason = '核实身份，工单 1024'
const call = (may: readonly AdminRole[], fields: object) => {
  const token = makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now(), may)
  return kit.call('admin', undefined, { token, reason, ...fields })
}

/** Each action with the one role that it needs. */
const NEEDS: readonly (readonly [role: AdminRole, fields: () => object])[] = [
  ['look', () => ({ action: 'find', userId })],
  ['look', () => ({ action: 'list' })],
  ['look', () => ({ action: 'show', userId })],
  ['look', () => ({ action: 'records' })],
  ['look', () => ({ action: 'stats' })],
  ['look', () => ({ action: 'batch', act: 'disable', userIds: [userId], dryRun: true })],
  ['reveal', () => ({ action: 'reveal', userId })],
  ['act', () => ({ action: 'endSessions', userId })],
  ['act', () => ({ action: 'batch', act: 'endSessions', userIds: [userId] })],
  ['act', () => ({ action: 'batch', act: 'endSessions', userIds: [userId], dryRun: false })],
  ['act', () => ({ action: 'disable', userId })],
  ['act', () => ({ action: 'enable', userId })],
]

it.each(NEEDS)(
  'a token of %s is accepted where it is needed, and the others are refused (%#)',
  async (role, fields) => {
    const others = (['look', 'act', 'reveal'] as const).filter((other) => other !== role)
    const before = [kit.documents('users'), kit.documents('audit_logs')]
    const refused = await call(others, fields())
    expect(verdict(refused)).toBe('403 ADMIN_ROLE')
    expect(refused.message).toContain(`（${role}）`)
    expect(refused.message).toContain(`--may ${others.join(',')},${role}`)
    expect([kit.documents('users'), kit.documents('audit_logs')]).toEqual(before)
    expect(verdict(await call([role], fields()))).toBe('200')
  },
)

it.each([
  ['act', { action: 'transfer', from: `u_${'x'.repeat(22)}`, to: `u_${'y'.repeat(22)}` }],
  ['act', { action: 'import', from: 'none', appid: 'wx0000000000local' }],
] as const)('the role %s reaches %j', async (role, fields) => {
  expect(verdict(await call(['look', 'reveal'], fields))).toBe('403 ADMIN_ROLE')
  expect(verdict(await call([role], fields))).toBe('404 NOT_FOUND')
})

it('the log of a refusal names the administrator and the role, and no token', async () => {
  await call(['look'], { action: 'reveal', userId })
  const { logs } = await kit.lastCall()
  const text = logs.map((line) => line.text).join()
  expect(text).toContain('the token of alice may look, not reveal')
  expect(text).not.toMatch(/eyJ/)
})
