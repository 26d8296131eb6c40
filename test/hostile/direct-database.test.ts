import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Answer } from '../../contract/answer.ts'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { CloudKit, CONSENT, succeeded, verdict } from '../support/cloud-kit.ts'
import { newPad } from '../support/export-pad.ts'
import { fileExists, PNG, uploadFile } from '../support/storage-files.ts'
import { TestUser } from '../support/test-user.ts'

/**
 * A collection whose permission is set wrongly lets clients write into it. What they write carries `_openid`, whether
 * they want it or not; everything else of such a document is theirs to choose.
 */
let kit: CloudKit
let openid: string
let token: string
let userId: string
let account: TestUser
let people = 0

beforeAll(async () => {
  kit = await CloudKit.start()
  for (const { name } of kit.cloud.database.collections()) kit.cloud.database.setPermission(name, 'READONLY')
})
afterAll(() => kit.stop())
beforeEach(async () => {
  people += 1
  openid = `oPerson-${people}`
  const login = await kit.loginWithCode(openid, '13800138000')
  token = login.token
  userId = login.userInfo.id
  account = new TestUser(kit, openid, token)
})
afterEach(() => {
  for (const { name } of kit.cloud.database.collections()) {
    for (const { _id } of kit.documents(name)) kit.cloud.database.removeDocument(name, _id)
  }
})

const MALLORY = 'oMallory-who-writes'
/** As `wx.cloud.database().collection(name).add()` does it. */
const writeAsClient = (collection: string, document: object, as = MALLORY) =>
  kit.cloud.database.putDocument(collection, { ...document, _openid: as })
/** Everything but what is only counted. */
const all = () => {
  const names = kit.cloud.database.collections().map(({ name }) => name)
  return JSON.stringify(
    names
      .filter((name) => name !== 'rate_limits' && name !== 'daily_counts')
      .map((name) => [name, kit.documents(name)]),
  )
}
const logged = async () => (await kit.lastCall()).logs.map(({ text }) => text).join('\n')
const now = () => new Date(kit.cloud.clock.now())
const asAdmin = (fields: object) => {
  const bearer = makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now())
  return kit.call('admin', undefined, { token: bearer, reason: '核实身份', ...fields })
}

/** Refused as the developers' mistake, with what to do in the log, and nothing changed. */
async function expectRefused(collection: string, ask: () => Promise<Answer<unknown>>): Promise<void> {
  const before = all()
  const answer = await ask()
  expect(verdict(answer)).toBe('500 MISCONFIGURED')
  expect(JSON.stringify(answer)).not.toContain(MALLORY)
  const log = await logged()
  expect(log).toContain(`\`${collection}\``)
  expect(log).toContain('仅管理员可读写')
  expect(log).not.toContain(MALLORY)
  expect(all()).toBe(before)
}

describe('a user document that a client put in place of its own, sessions and all,', () => {
  beforeEach(async () => {
    const userDocument = kit.users().find(({ _id }) => _id === userId)
    succeeded(await account.account('close', { confirmed: true }))
    writeAsClient('users', { ...userDocument, nickname: '管理员', status: 'active' }, openid)
  })

  it('logs nobody in: with a code, silently, or with the token from before', async () => {
    const consent = { version: CONSENT }
    const phoneCode = await kit.phoneCode(openid)
    await expectRefused('users', () => kit.login(openid, { phoneCode, consent }))
    await expectRefused('users', () => kit.login(openid, {}))
    await expectRefused('users', () => kit.login(openid, { consent }))
    await expectRefused('users', () => kit.checkToken(openid, { token }))
  })

  it.each(['get', 'sessions', 'export', 'avatarUpload', 'update', 'changePhone', 'close'])(
    'reaches no action of account: %s',
    async (action) => {
      const fields = { type: 'png', nickname: '小明', phoneCode: 'c', confirmed: true, pad: newPad() }
      await expectRefused('users', () => account.account(action, fields))
    },
  )

  it('reaches no trips, ends nothing, and is no user to administrators', async () => {
    for (const fields of [{ action: 'list' }, { action: 'save', key: 'first-trip', city: '杭州', days: 3 }]) {
      await expectRefused('users', () => kit.call('trips', openid, { token, ...fields }))
    }
    await expectRefused('users', () => kit.call('logout', openid, { token, scope: 'all' }))
    const before = all()
    expect(verdict(await kit.call('logout', openid, { token }))).toBe('200')
    expect(all()).toBe(before)
    for (const action of ['find', 'reveal', 'disable', 'enable']) {
      await expectRefused('users', () => asAdmin({ action, userId }))
    }
  })
})

describe('a trip that a client wrote for somebody else', () => {
  const forge = (key: string) =>
    writeAsClient('trips', {
      _id: `${userId}.${key}`,
      userId,
      city: '中奖请点击',
      days: 1,
      createdAt: now(),
    })

  it('is not shown, not exported, and not taken for one saved before', async () => {
    forge('first-trip')
    const trips = (fields: object) => kit.call('trips', openid, { token, ...fields })
    await expectRefused('trips', () => trips({ action: 'list' }))
    await expectRefused('trips', () => trips({ action: 'save', key: 'first-trip', city: '杭州', days: 3 }))
    await expectRefused('trips', () => account.account('export', { pad: newPad() }))
  })
})

it('a record that a client forged is not exported', async () => {
  writeAsClient('audit_logs', { _id: 'forged', userId, at: now(), act: 'admin.reveal', by: 'admin:alice' })
  await expectRefused('audit_logs', () => account.account('export', { pad: newPad() }))
})

describe('a row of `avatars` that a client wrote', () => {
  let fileId: string
  let row: { _id: string; userId: string; createdAt: Date; touchedAt: Date; settled: boolean; fileId: string }
  beforeEach(async () => {
    const path = `banners/home-${people}.png`
    fileId = await uploadFile(kit, path, PNG)
    const long = new Date(kit.cloud.clock.now() - 1000)
    row = { _id: path, userId, createdAt: long, touchedAt: new Date(0), settled: false, fileId }
  })

  it('makes no file of the app anybody’s picture', async () => {
    writeAsClient('avatars', row)
    await expectRefused('avatars', () => account.update({ avatar: fileId }))
  })

  it('does not get that file deleted, by the timer or by closing an account', async () => {
    writeAsClient('avatars', row)
    await kit.control.post('timer', { function: 'cleanup' })
    expect(fileExists(kit, fileId)).toBe(true)
    succeeded(await account.account('close', { confirmed: true }))
    await kit.control.post('clock', { advanceSeconds: 3 * 60 * 60 })
    await kit.control.post('timer', { function: 'cleanup' })
    expect(fileExists(kit, fileId)).toBe(true)
  })
})

it('a document that an administrator damaged by hand is refused, and the log says which field', async () => {
  const userDocument = kit.users().find(({ _id }) => _id === userId)
  kit.cloud.database.putDocument('users', { ...userDocument, sessions: '13800138000' })
  expect(verdict(await kit.checkToken(openid, { token }))).toBe('500 INTERNAL')
  expect(await logged()).toContain('`users` is damaged: sessions')
  expect(await logged()).not.toContain('13800138000')
})

it('the timer says in the log that there are such documents, where, and does everything else', async () => {
  const at = new Date(kit.cloud.clock.now() - 181 * 24 * 60 * 60 * 1000)
  kit.cloud.database.putDocument('audit_logs', { _id: 'old', at, act: 'login', by: 'user' })
  const orphan = await uploadFile(kit, 'avatars/orphan.png', PNG)
  const row = { createdAt: at, touchedAt: at, settled: false, fileId: orphan }
  kit.cloud.database.putDocument('avatars', { _id: 'avatars/orphan.png', ...row })
  writeAsClient('users', { _id: 'a', status: 'closing', closingAt: at, phoneCipher: 'k1.AAAA' })
  writeAsClient('trips', { _id: 'b', userId, city: 'x', days: 1, createdAt: now() })
  writeAsClient('avatars', { _id: 'c', userId, createdAt: at, touchedAt: at, settled: false })
  writeAsClient('audit_logs', { _id: 'd', userId, at: now(), act: 'login' })
  writeAsClient('rate_limits', { _id: `${userId}.code`, at: [], updatedAt: at })
  const { result } = (await kit.control.post('timer', {
    function: 'cleanup',
  })) as { result: Answer<Record<string, number>> }
  expect(succeeded(result)).toMatchObject({ clientDocuments: 5, oldRecords: 1, orphanedAvatars: 1 })
  expect(fileExists(kit, orphan)).toBe(false)
  const log = await logged()
  for (const name of ['users', 'trips', 'avatars', 'audit_logs', 'rate_limits']) {
    expect(log).toMatch(new RegExp(`MISCONFIGURED.*\`${name}\` carries _openid.*仅管理员可读写`))
  }
  expect(log).not.toMatch(/INTERNAL|DATABASE_UNAVAILABLE|oMallory/)
})
