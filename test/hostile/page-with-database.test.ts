import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PhonePage } from 'wechat-cloud-emulator/testing/phone'
import type { ExportAccountData } from '../../contract/account.ts'
import type { Answer } from '../../contract/answer.ts'
import { PhoneKit } from '../phone/phone-kit.ts'
import { CONSENT, succeeded, verdict } from '../support/cloud-kit.ts'
import { newPad, uncover } from '../support/export-pad.ts'
import { TestUser } from '../support/test-user.ts'

/**
 * The attack itself: a page that uses `wx.cloud.database()` on the collections of the login. Its mini-program has the same
 * appid and the same cloud; only the permissions of the collections stand in its way.
 */
interface Failure {
  errCode: number
}
interface Call {
  catch(handler: (failure: Failure) => unknown): Promise<unknown>
}
interface Reference {
  get(): Call
  set(options: { data: object }): Call
  update(options: { data: object }): Call
  remove(): Call
}
interface Collection extends Reference {
  doc(id: string): Reference
  where(condition: object): Reference
  add(options: { data: object }): Call
  count(): Call
  aggregate(): { match(condition: object): { end(): Call } }
}
declare const wx: { cloud: { database(): { collection(name: string): Collection } } }

const ALICE = 'oAlice'
const MALLORY = 'oMallory'
const files = {
  'app.json': '{ "pages": ["a/a"] }',
  'app.js': 'App({ onLaunch() { wx.cloud.init() } })',
  'a/a.js': 'Page({})',
  'a/a.wxml': 'attack',
}

let directory: string
let kit: PhoneKit
let page: PhonePage
let alice: TestUser
let aliceId: string

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'attack-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), text)
  }
  kit = await PhoneKit.start(directory)
})
afterAll(async () => {
  await kit.stop()
  rmSync(directory, { recursive: true })
})
beforeEach(async () => {
  const { token, userInfo } = await kit.cloud.loginWithCode(ALICE, '13800138000')
  aliceId = userInfo.id
  alice = new TestUser(kit.cloud, ALICE, token)
  succeeded(
    await kit.cloud.call('trips', ALICE, { token, action: 'save', key: 'first-trip', city: '杭州', days: 3 }),
  )
  page = await kit.phone(MALLORY)
  await page.text('attack').waitFor()
})
afterEach(async () => {
  for (const name of names()) {
    kit.cloud.cloud.database.setPermission(name, 'ADMINONLY')
    for (const { _id } of kit.cloud.documents(name)) kit.cloud.cloud.database.removeDocument(name, _id)
  }
  await kit.finish()
})

const names = () => kit.cloud.cloud.database.collections().map(({ name }) => name)
function permit(permission: 'READONLY' | 'PRIVATE' | 'ADMINWRITE' | 'CUSTOM'): void {
  const rules = permission === 'CUSTOM' ? '{ "read": true, "write": true }' : undefined
  for (const name of names()) kit.cloud.cloud.database.setPermission(name, permission, rules)
}
const stored = () => JSON.stringify(names().map((name) => [name, kit.cloud.documents(name)]))
const logIn = async (openid: string) =>
  kit.cloud.login(openid, {
    phoneCode: await kit.cloud.phoneCode(openid, '13900139000'),
    consent: { version: CONSENT },
  })
/** Alice notices nothing. */
async function expectUnharmed(): Promise<void> {
  const { token } = alice
  expect(verdict(await kit.cloud.checkToken(ALICE, { token }))).toBe('200')
  const trips = await kit.cloud.call<{ trips: object[] }>('trips', ALICE, { token, action: 'list' })
  expect(succeeded(trips).trips).toHaveLength(1)
}

/** Everything that the database offers a page, on one document and on all. */
const attackAll = (name: string, id: string) =>
  page.run(
    async ([name, id]: readonly [string, string]) => {
      const collection = wx.cloud.database().collection(name)
      const document = collection.doc(id)
      const calls = [
        () => collection.get(),
        () => document.get(),
        () => collection.count(),
        () => collection.aggregate().match({}).end(),
        () => collection.add({ data: { status: 'active' } }),
        () => document.set({ data: { status: 'active' } }),
        () => document.update({ data: { status: 'disabled' } }),
        () => collection.where({ _id: id }).update({ data: { status: 'disabled' } }),
        () => document.remove(),
        () => collection.where({ _id: id }).remove(),
      ]
      const ends: unknown[] = []
      for (const call of calls) ends.push(await call().catch(({ errCode }) => errCode))
      return ends
    },
    [name, id] as const,
  )

it('ADMINONLY, as deployed: every call on every collection is refused', async () => {
  const before = stored()
  for (const name of names()) {
    expect(await attackAll(name, aliceId)).toEqual(Array.from({ length: 10 }, () => -502003))
  }
  expect(stored()).toBe(before)
})

it('ADMINWRITE: a page reads, and writes nothing', async () => {
  permit('ADMINWRITE')
  const before = stored()
  for (const name of names()) {
    expect((await attackAll(name, aliceId)).slice(4)).toEqual(Array.from({ length: 6 }, () => -502003))
  }
  expect(stored()).toBe(before)
})

describe.each(['READONLY', 'PRIVATE'] as const)('%s: a page', (permission) => {
  beforeEach(() => permit(permission))

  it('changes and removes nothing of others', async () => {
    const before = stored()
    const ends = await page.run(async (id: string) => {
      const users = wx.cloud.database().collection('users')
      const user = users.doc(id)
      const failed = ({ errCode }: { errCode: number }) => errCode
      return [
        await users.add({ data: { _id: id, status: 'active' } }).catch(failed),
        await user.set({ data: { status: 'active' } }).catch(failed),
        await user.update({ data: { sessions: [] } }).catch(failed),
        await users
          .where({ status: 'active' })
          .update({ data: { status: 'disabled' } })
          .catch(failed),
        await user.remove().catch(failed),
        await users.where({ status: 'active' }).remove().catch(failed),
      ]
    }, aliceId)
    const nothing = (field: string, name: string) => ({ stats: { [field]: 0 }, errMsg: `${name}:ok` })
    expect(ends).toEqual([
      -502001,
      -502003,
      nothing('updated', 'document.update'),
      nothing('updated', 'collection.update'),
      nothing('removed', 'document.remove'),
      nothing('removed', 'collection.remove'),
    ])
    expect(stored()).toBe(before)
    await expectUnharmed()
  })

  it('logs nobody in by a document of its own making, and it is reported', async () => {
    const legitimate = succeeded(await logIn(MALLORY))
    const id = legitimate.userInfo.id
    const [document] = kit.cloud.documents('users').filter(({ _id }) => _id === id)
    succeeded(await new TestUser(kit.cloud, MALLORY, legitimate.token).account('close', { confirmed: true }))
    const { _id, openid, status, sessions } = document ?? {}
    const added = await page.run(
      (data: object) =>
        wx.cloud
          .database()
          .collection('users')
          .add({ data })
          .catch(({ errCode }) => errCode),
      { _id, openid, status, sessions },
    )
    expect(added).toMatchObject({ _id: id })
    for (const answer of [
      await logIn(MALLORY),
      await kit.cloud.login(MALLORY, {}),
      await kit.cloud.checkToken(MALLORY, { token: legitimate.token }),
    ]) {
      expect(verdict(answer)).toBe('500 MISCONFIGURED')
    }
    const log = (await kit.cloud.lastCall()).logs.map(({ text }) => text).join('\n')
    expect(log).toContain('`users`')
    expect(log).toContain('仅管理员可读写')
    await expectUnharmed()
  })

  it('shows nobody a forged trip', async () => {
    await page.run(
      (userId: string) =>
        wx.cloud
          .database()
          .collection('trips')
          .add({ data: { _id: `${userId}.forged`, userId, city: '中奖请点击', days: 1 } })
          .catch(() => undefined),
      aliceId,
    )
    const list = await kit.cloud.call('trips', ALICE, { token: alice.token, action: 'list' })
    expect(verdict(list)).toBe('500 MISCONFIGURED')
    expect(JSON.stringify(list)).not.toContain('中奖')
  })
})

describe('CUSTOM with `true` for everything: a page', () => {
  beforeEach(() => permit('CUSTOM'))

  /** The fields of a document that another document gets, as the page reads and writes them. */
  const copy = (fields: readonly string[], from: string, to: string) =>
    page.run(
      async ([fields, from, to]: readonly [readonly string[], string, string]) => {
        const users = wx.cloud.database().collection('users')
        const { data } = (await users.doc(from).get()) as unknown as { data: Record<string, unknown> }
        const chosen = fields.filter((field) => field in data).map((field) => [field, data[field]] as const)
        await users.doc(to).update({ data: Object.fromEntries(chosen) })
        return chosen.length
      },
      [fields, from, to] as const,
    )

  it('does not become Alice by her sessions or her token', async () => {
    const { token, userInfo } = succeeded(await logIn(MALLORY))
    expect(await copy(['sessions', 'openid'], aliceId, userInfo.id)).toBe(2)
    // A token is bound to the openid of the caller, which the platform says.
    expect(verdict(await kit.cloud.checkToken(MALLORY, { token: alice.token }))).not.toBe('200')
    expect(verdict(await kit.cloud.checkToken(MALLORY, { token }))).not.toBe('200')
    await expectUnharmed()
  })

  it('does not learn her number by putting it into its own account', async () => {
    const { token, userInfo } = succeeded(await logIn(MALLORY))
    const [user] = kit.cloud.documents('users').filter(({ _id }) => _id === aliceId)
    const numbers = Object.keys(user ?? {}).filter((field) => field.startsWith('phone'))
    expect(numbers).toContain('phoneCipher')
    expect(await copy(numbers, aliceId, userInfo.id)).toBe(numbers.length)
    const pad = newPad()
    const answer = await new TestUser(kit.cloud, MALLORY, token).account('export', { pad })
    const { identity } = succeeded(answer as Answer<ExportAccountData>)
    // A number that was encrypted for another user cannot be decrypted: what is left is the mask.
    expect(uncover(pad, identity).phone).toMatch(/\*\*\*\*/)
    expect(JSON.stringify(answer)).not.toContain('13800138000')
    await expectUnharmed()
  })

  it('puts its `_openid` on no document of others', async () => {
    await page.run(
      (id: string) =>
        wx.cloud
          .database()
          .collection('users')
          .doc(id)
          .update({ data: { _openid: 'oMallory' } })
          .catch(() => undefined),
      aliceId,
    )
    await expectUnharmed()
  })
})
