import { afterAll, beforeAll, expect, it } from 'vitest'
import { LOGIN_COLLECTIONS } from '../../cloudfunctions/shared/database/collection-names.ts'
import { CloudKit, succeeded, verdict } from '../support/cloud-kit.ts'
import { isExhaustive } from '../support/exhaustive.ts'
import { callOperation, prepareRequest } from '../support/operations/operation.ts'
import { OPERATIONS } from '../support/operations/operations.ts'
import { type StagedFunctions, stageFunctions } from '../support/staged-functions.ts'
import { TestUser } from '../support/test-user.ts'

const HOUR_SECONDS = 60 * 60
/** `npm test` runs every third action of the catalogue; logins, closing and the timer are in each test anyway. */
const ACTIONS = OPERATIONS.filter((_operation, number) => isExhaustive || number % 3 === 0)
const OLD_OPENID = 'oOld-0000000000000000000001x'
const LONG_AGO = new Date('2020-01-01')

/** The login's collections have these names, and the app has collections of the names that they usually have. */
const nameOf = (name: string) => (isOfLogin(name) ? `auth-${name}` : name)
const isOfLogin = (name: string) => (LOGIN_COLLECTIONS as readonly string[]).includes(name)

/** What a timer, a login, a closing or an administrator would change, delete, report or fail at, were it the login's. */
const FOREIGN = [
  { _id: 'a', _openid: OLD_OPENID, phone: '13800138000', nickName: '老用户', vip: true },
  { _id: 'b', userId: 'u_nobody', at: LONG_AGO, createdAt: LONG_AGO, updatedAt: LONG_AGO },
  { _id: 'c', status: 'closing', closingAt: LONG_AGO, dueAt: LONG_AGO },
  { _id: 'd', settled: false, touchedAt: LONG_AGO, sessions: [{ id: 's', expiresAt: LONG_AGO }] },
  { _id: 'e', openid: 'oTenant', phoneHash: 'x', phoneCipher: 'k1.x', lastLoginAt: LONG_AGO },
]

let functions: StagedFunctions
let kit: CloudKit
let foreign: string

beforeAll(async () => {
  functions = await stageFunctions((text) =>
    LOGIN_COLLECTIONS.reduce(
      (config, name) => config.replace(`${name}: '${name}'`, `${name}: '${nameOf(name)}'`),
      text,
    ),
  )
  kit = await CloudKit.start({ functionsDirectory: functions.directory, nameOf })
  for (const name of LOGIN_COLLECTIONS) {
    kit.cloud.database.createCollection(name, 'PRIVATE')
    for (const document of FOREIGN) kit.cloud.database.putDocument(name, document)
  }
  foreign = foreignDocuments()
}, 60_000)
afterAll(async () => {
  await kit?.stop()
  functions?.remove()
})

function foreignDocuments(): string {
  return JSON.stringify(LOGIN_COLLECTIONS.map((name) => kit.documents(name)))
}

it('the actions work with other names, and the app’s own collections stay as they are', async () => {
  const failures: string[] = []
  for (const [number, operation] of ACTIONS.entries()) {
    const user = new TestUser(kit, `oRenamed-${number}`)
    if (!operation.isNew) await user.logIn()
    const { result } = await callOperation(kit, operation, user.openid, await prepareRequest(operation, user))
    const { code, reason } = result as { code?: number; reason?: string }
    if (code !== (operation.code ?? 200)) failures.push(`${operation.name}: ${code} ${reason}`)
  }
  expect(failures).toEqual([])
  expect(foreignDocuments()).toBe(foreign)
})

it('the timer finds what the login left, and nothing of the app', async () => {
  const user = new TestUser(kit, 'oLeaving')
  await user.logIn()
  await user.setAvatar()
  await user.account('close', { confirmed: true })
  await kit.control.post('clock', { advanceSeconds: 200 * 24 * HOUR_SECONDS })
  for (let hour = 0; hour < 3; hour++) {
    const { result } = await kit.control.post('timer', { function: 'cleanup' })
    expect(result).toMatchObject({ code: 200, data: { clientDocuments: 0 } })
    await kit.control.post('clock', { advanceSeconds: HOUR_SECONDS })
  }
  expect(kit.documents(nameOf('audit_logs'))).toEqual([])
  expect(kit.documents(nameOf('closed_accounts'))).toEqual([])
  expect(foreignDocuments()).toBe(foreign)
})

it('an import reads the app’s own collection of that name, and never one of the login’s', async () => {
  const user = new TestUser(kit, 'oImporting')
  const imported = (from: string) =>
    kit.call<{ read: number }>('admin', undefined, {
      token: user.adminToken(),
      action: 'import',
      from,
      appid: kit.cloud.appid,
      fields: { openid: '_openid', phone: 'phone' },
      reason: '迁移用户',
    })
  expect(verdict(await imported(nameOf('users')))).toBe('400 BAD_REQUEST')
  expect(succeeded(await imported('users')).read).toBe(FOREIGN.length)
  expect(kit.users({ openid: OLD_OPENID })).toHaveLength(1)
  expect(foreignDocuments()).toBe(foreign)
})

it('the advice about a client’s document names the collection as the console does', async () => {
  const user = new TestUser(kit, 'oAdvice')
  await user.logIn()
  kit.cloud.database.putDocument(nameOf('users'), { ...user.document(), _openid: user.openid })
  const { result } = await kit.invoke('checkToken', user.openid, { token: user.token })
  expect(result).toMatchObject({ reason: 'MISCONFIGURED' })
  const { calls } = await kit.control.get('calls?limit=1')
  expect(JSON.stringify(calls[0]?.logs)).toContain('a document of `auth-users` carries _openid')
})
