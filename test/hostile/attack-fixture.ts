import { expect } from 'vitest'
import type { Answer } from '../../contract/answer.ts'
import { makeAdminToken } from '../../scripts/lib/admin/admin-token.ts'
import { makeSecrets } from '../../scripts/lib/keys/make-secrets.ts'
import { CloudKit, CONSENT } from '../support/cloud-kit.ts'
import { isExhaustive } from '../support/exhaustive.ts'
import { type GuardedFunctions, stageGuardedFunctions } from '../support/guarded-functions.ts'
import { SEEDS, saveSeeds } from '../support/operations/app.ts'
import { callOperation, prepareRequest } from '../support/operations/operation.ts'
import { OPERATIONS } from '../support/operations/operations.ts'
import { PATIENT_TIMER } from '../support/patient-timer.ts'
import { TestUser } from '../support/test-user.ts'
import { longTexts } from './hostile-values.ts'
import { RequestWatch } from './request-watch.ts'
import { Stored } from './stored.ts'

/** More tries for a closer look: `HOSTILE=20 npx vitest run test/hostile`. */
const TIMES = Number(process.env['HOSTILE'] ?? (isExhaustive ? 1 : 0.1))

/** How often a property is tried, of the number that `EXHAUSTIVE=1` tries. */
export const runs = (numRuns: number) => ({ numRuns: Math.ceil(numRuns * TIMES) })
export const TIMEOUT_MILLISECONDS = 240_000 * Math.max(1, TIMES)

export interface Sender {
  source: 'wx_client' | 'console' | 'wx_trigger'
  openid?: string
}
export const MALLORY: Sender = { source: 'wx_client', openid: 'oMallory' }
export const ALICE: Sender = { source: 'wx_client', openid: 'oAlice' }
export const CONSOLE: Sender = { source: 'console' }
export const TIMER: Sender = { source: 'wx_trigger' }

/** So high that limits stop no attack. */
const NO_LIMITS = {
  LOGIN_LIMIT: '1000',
  RATE_LIMITS: 'update:1000,avatarUpload:1000,logout:1000,export:1000',
}

/**
 * The fields that an import reads from the collection of the app that the administrator names. Never one of these functions,
 * and never another condition.
 */
const NAMED_BY_ADMIN =
  /^getDocument (?!(?:users|trips|audit_logs|avatars|closed_accounts|rate_limits|daily_counts) )[\w-]+ (?:projection\/|order\/_id)/

/**
 * A refusal counts under its reason, which honest calls need not have met; and the first call of a day and shard of users makes
 * the document that it counts in.
 */
const COUNTED =
  /^(?:modifyDocument daily_counts data\/\$inc\/refused\.[A-Z_]+|insertDocument daily_counts data\/(?:refused\/[A-Z_]+|[a-zA-Z]+(?:\/[a-zA-Z]+)?)):number$/

/**
 * A cloud with two users in it, an attacker, and a function of an app with the guard; every request to its database is
 * checked.
 */
export class AttackFixture {
  readonly kit: CloudKit
  readonly watch: RequestWatch
  readonly token: string
  readonly userId: string
  readonly bystanderId: string
  readonly otherSessionId: string
  readonly stored: Stored
  /** Inputs sent so far. */
  inputs = 0
  readonly #functions: GuardedFunctions
  readonly #printed: string[]

  private constructor(
    kit: CloudKit,
    watch: RequestWatch,
    functions: GuardedFunctions,
    people: Pick<AttackFixture, 'token' | 'userId' | 'bystanderId' | 'otherSessionId'>,
  ) {
    this.kit = kit
    this.watch = watch
    this.#functions = functions
    this.token = people.token
    this.userId = people.userId
    this.bystanderId = people.bystanderId
    this.otherSessionId = people.otherSessionId
    this.stored = new Stored(kit)
    this.#printed = kit.printedFromNow()
    watch.startWatching()
  }

  static async open(): Promise<AttackFixture> {
    const functions = await stageGuardedFunctions()
    const variables = { ...makeSecrets(), ...NO_LIMITS }
    const kit = await CloudKit.start({
      variables,
      functionsDirectory: functions.directory,
      functions: PATIENT_TIMER,
    })
    // Of the app with the guard, and of the administrator's import.
    for (const name of ['plain_notes', 'old_users']) kit.cloud.database.createCollection(name, 'ADMINONLY')
    const watch = new RequestWatch(kit)
    await askEverythingHonestly(kit)
    const people = await settle(kit)
    return new AttackFixture(kit, watch, functions, people)
  }

  async close(): Promise<void> {
    await this.kit.stop()
    this.#functions.remove()
  }

  adminToken(): string {
    return makeAdminToken(this.kit.variables, 'alice', this.kit.cloud.clock.now())
  }

  /**
   * Sends anything to a function, and holds the answer to what every answer must be: typed, no defect, no failure of
   * upstream, in time; a refusal that has changed nothing and repeats nothing of the input, in the answer or the log;
   * no request to the database that honest calls do not also make.
   */
  async send(functionName: string, event: unknown, sender: Sender): Promise<Answer<unknown>> {
    this.inputs += 1
    const { functions, appid } = this.kit.cloud
    this.#printed.length = 0
    const end = await functions.invoke(functionName, event, { appid, ...sender })
    if (end.failure) throw new Error(`no answer: ${end.failure.message}`)
    const answer: Answer<unknown> = JSON.parse(end.json)
    const said = JSON.stringify([answer, this.#printed])
    const foreign = this.watch.takeForeign().filter((path) => !COUNTED.test(path))
    expect(functionName === 'admin' ? foreign.filter((path) => !NAMED_BY_ADMIN.test(path)) : foreign).toEqual(
      [],
    )
    const bodies = this.watch.takeBodies()
    if (sender.openid !== undefined) expect(bodies).not.toContain(this.bystanderId)
    if (answer.code === 200) return answer
    expect(`${answer.code} ${answer.reason}`).toMatch(/^4\d\d [A-Z_]+$/)
    expect(this.stored.isUnchanged()).toBe(true)
    expect(longTexts(event).filter((text) => said.includes(JSON.stringify(text).slice(1, -1)))).toEqual([])
    return answer
  }
}

/** What the watch learns from: every action once, and the refusals that honest people meet. */
async function askEverythingHonestly(kit: CloudKit): Promise<void> {
  for (const [number, operation] of OPERATIONS.entries()) {
    const user = new TestUser(kit, `oHonest-${number}`)
    if (!operation.isNew) await user.logIn()
    await callOperation(kit, operation, user.openid, await prepareRequest(operation, user))
  }
  await askTwice(kit)
}

async function askTwice(kit: CloudKit): Promise<void> {
  const openid = 'oTwice'
  const { token, userInfo } = await kit.loginWithCode(openid, '13800138000')
  const other = await kit.loginWithCode(openid)
  const account = new TestUser(kit, openid, token)
  await saveSeeds(account)
  await saveSeeds(account)
  const cursor = `${Date.now()}.${userInfo.id}.same-document`
  for (const seed of SEEDS) await account.call(seed.function, { token, action: 'list', cursor })
  await kit.call('plain-notes', openid, { token, action: 'add', text: '带伞' })
  await kit.call('plain-notes', openid, { token, action: 'list' })
  await kit.login(openid, { consent: { version: CONSENT } })
  await account.setAvatar()
  await account.update({ avatar: '' })
  await kit.call('logout', openid, { token, sessionId: 'none' })
  const admin = { token: makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now()), reason: '核实身份' }
  for (const fields of [{ phone: '13900000000' }, { userId: userInfo.id }, { phone: '13800138000' }]) {
    await kit.call('admin', undefined, { ...admin, action: 'find', ...fields })
    await kit.call('admin', undefined, { token: admin.token, action: 'find', ...fields })
  }
  await askForPages(kit, { ...admin, userId: userInfo.id })
  await kit.call('logout', openid, { token: other.token, scope: 'all' })
  // Refused after the write was tried, with what is recorded taken back.
  kit.cloud.database.putDocument('users', {
    ...kit.users().find(({ _id }) => _id === userInfo.id),
    status: 'disabled',
  })
  await kit.login(openid, {})
}

/** What administrators ask for page by page, by every filter: the first page with and without bounds, and one behind it. */
async function askForPages(
  kit: CloudKit,
  { userId, ...admin }: { userId: string; token: string; reason: string },
): Promise<void> {
  const time = '2026-01-01T00:00:00Z'
  const created = { createdFrom: time, createdBefore: time }
  const cursorAt = (...values: (string | number)[]) =>
    Buffer.from(JSON.stringify(values)).toString('base64url')
  const newest = cursorAt('createdAt', 1_790_000_000_000, userId)
  for (const [filters, cursor] of [
    [{ nickname: '小' }, cursorAt('nickname', '小', userId)],
    [{}, newest],
    [{ status: 'active' }, newest],
    [{ device: 'iPhone' }, newest],
    [{ lastLoginFrom: time, lastLoginBefore: time }, cursorAt('lastLoginAt', 1_790_000_000_000, userId)],
    [{ lastLoginBefore: time }, cursorAt('lastLoginAt', 1_790_000_000_000, userId)],
  ] as const) {
    for (const more of [{}, { cursor }, { ...created }, { ...created, cursor }, { createdFrom: time }]) {
      await kit.call('admin', undefined, { ...admin, action: 'list', ...filters, ...more })
    }
  }
  const cursor = `1790000000000.${userId}`
  for (const filters of [{}, { userId }, { act: 'login' }, { userId, act: 'login' }]) {
    for (const more of [{}, { day: '2026-11-29' }, { cursor }, { day: '2026-11-29', cursor }]) {
      await kit.call('admin', undefined, { ...admin, action: 'records', ...filters, ...more })
    }
  }
  for (const act of ['disable', 'enable', 'endSessions']) {
    const event = { ...admin, action: 'batch', act, userIds: [userId] }
    await kit.call('admin', undefined, { ...event, dryRun: true })
    await kit.call('admin', undefined, event)
  }
  // Without a reason, which is needed for none of these.
  for (const fields of [{ action: 'list' }, { action: 'records' }, { action: 'show', userId }]) {
    await kit.call('admin', undefined, { token: admin.token, ...fields })
  }
}

/** Forgets the honest people, and lets in the two whose data is at stake. */
async function settle(kit: CloudKit) {
  const { database } = kit.cloud
  for (const { name } of database.collections()) {
    for (const { _id } of kit.documents(name)) database.removeDocument(name, _id)
  }
  const bystander = await kit.loginWithCode('oBystander', '13700137000')
  await kit.loginWithCode('oAlice', '13800138000')
  const { token, userInfo } = await kit.loginWithCode('oAlice', '13800138000')
  const account = new TestUser(kit, 'oAlice', token)
  await account.setAvatar()
  for (const [openid, bearer] of [
    ['oAlice', token],
    ['oBystander', bystander.token],
  ] as const) {
    await saveSeeds(new TestUser(kit, openid, bearer))
  }
  const other = (await account.sessions()).find(({ current }) => !current)
  return {
    token,
    userId: userInfo.id,
    bystanderId: bystander.userInfo.id,
    otherSessionId: other?.id ?? '',
  }
}
