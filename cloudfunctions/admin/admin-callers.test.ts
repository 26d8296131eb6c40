import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { CloudKit, verdict } from '../../test/support/cloud-kit.ts'

/** Who may call `admin` is decided by what the platform says of the caller, before any token counts. */
let kit: CloudKit
let userId: string

beforeAll(async () => {
  kit = await CloudKit.start()
  userId = (await kit.loginWithCode('oSomebody')).userInfo.id
})
afterAll(() => kit.stop())

const find = () => {
  const token = makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now())
  return { action: 'find', userId, token }
}
const callAs = async (caller: object) => {
  const { result } = (await kit.control.post('invoke', {
    function: 'admin',
    data: find(),
    ...caller,
  })) as { result: never }
  return verdict(result)
}

it.each([
  ['wx_client'],
  ['wx_devtools'],
  ['wx_http'],
  ['wx_trigger'],
  ['wx_localdebug'],
  ['scf'],
  ['wx_client,scf'],
  ['wx_devtools,scf,scf'],
  ['wx_http,scf'],
  ['wx_trigger,scf'],
  ['scf,wx_trigger'],
  ['something_new'],
])('rejects a valid token in a call from %s without an openid', async (source) => {
  expect(await callAs({ source })).toBe('403 ADMIN_DENIED')
  const { logs } = await kit.lastCall()
  expect(logs.map(({ text }) => text).join()).toContain(source)
})

it('rejects a valid token from a user of this mini-program, or of one that shares the environment', async () => {
  expect(await callAs({ openid: 'oSomebody' })).toBe('403 ADMIN_DENIED')
  expect(await callAs({ fromOpenid: 'oSomebody-elsewhere', source: '' })).toBe('403 ADMIN_DENIED')
  expect(await callAs({ fromOpenid: '1234567', source: '' })).toBe('403 ADMIN_DENIED')
  expect(await callAs({ openid: '1234567', source: '' })).toBe('403 ADMIN_DENIED')
})

it('accepts a valid token from 云端测试, whose context is empty', async () => {
  expect(await callAs({})).toBe('200')
})

it('a rejected call writes no audit entry and changes nothing', async () => {
  const rows = kit.documents('audit_logs').length
  await callAs({ source: 'wx_http' })
  expect(kit.documents('audit_logs')).toHaveLength(rows)
})
