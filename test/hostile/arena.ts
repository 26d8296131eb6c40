import { expect } from 'vitest'
import type { Answer } from '../../contract/answer.ts'
import { makeAdminToken } from '../../scripts/admin-token.ts'
import { makeSecrets } from '../../scripts/make-secrets.ts'
import { AccountKit } from '../account-kit.ts'
import { ASKED } from '../actions/asked.ts'
import { CloudKit, CONSENT } from '../cloud-kit.ts'
import { longTexts } from './hostile-values.ts'
import { RequestWatch } from './request-watch.ts'
import { Stored } from './stored.ts'

/** More tries for a closer look: `HOSTILE=20 npx vitest run test/hostile`. */
export const TIMES = Number(process.env['HOSTILE'] ?? 1)

export interface Sender {
  source: 'wx_client' | 'console' | 'wx_trigger'
  openid?: string
}
export const MALLORY: Sender = { source: 'wx_client', openid: 'oMallory' }
export const ALICE: Sender = { source: 'wx_client', openid: 'oAlice' }
export const CONSOLE: Sender = { source: 'console' }
export const TIMER: Sender = { source: 'wx_trigger' }

/** So often that whoever attacks gets as far as they would without limits. */
const NO_LIMITS = {
  LOGIN_LIMIT: '1000',
  RATE_LIMITS: 'update:1000,avatarUpload:1000,logout:1000,export:1000',
}

/** A cloud with two users in it, and somebody who means harm; every request to its database is looked at. */
export class Arena {
  readonly kit: CloudKit
  readonly watch: RequestWatch
  readonly token: string
  readonly userId: string
  readonly bystanderId: string
  readonly otherSessionId: string
  readonly stored: Stored
  /** Inputs sent so far. */
  inputs = 0

  private constructor(
    kit: CloudKit,
    watch: RequestWatch,
    people: Pick<Arena, 'token' | 'userId' | 'bystanderId' | 'otherSessionId'>,
  ) {
    this.kit = kit
    this.watch = watch
    this.token = people.token
    this.userId = people.userId
    this.bystanderId = people.bystanderId
    this.otherSessionId = people.otherSessionId
    this.stored = new Stored(kit)
    watch.startWatching()
  }

  static async open(): Promise<Arena> {
    const kit = await CloudKit.start({ variables: { ...makeSecrets(), ...NO_LIMITS } })
    const watch = new RequestWatch(kit)
    await askEverythingHonestly(kit)
    const people = await settle(kit)
    return new Arena(kit, watch, people)
  }

  close(): Promise<void> {
    return this.kit.stop()
  }

  adminToken(): string {
    return makeAdminToken(this.kit.variables, 'alice', this.kit.cloud.clock.now())
  }

  /**
   * Sends anything to a function, and holds the answer to what every answer must be: typed, no defect, no failure of
   * upstream, in time; a refusal that has changed nothing and says nothing of what was sent, in the answer or the log;
   * no request to the database that honest calls do not also make.
   */
  async send(functionName: string, event: unknown, sender: Sender): Promise<Answer<unknown>> {
    this.inputs += 1
    const { functions, appid, callLog } = this.kit.cloud
    const end = await functions.invoke(functionName, event, { appid, ...sender })
    if (end.failure) throw new Error(`no answer: ${end.failure.message}`)
    const answer: Answer<unknown> = JSON.parse(end.json)
    const said = JSON.stringify([answer, callLog.list(1)[0]?.logs])
    expect(this.watch.takeForeign()).toEqual([])
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
  for (const [number, asked] of ASKED.entries()) {
    const openid = `oHonest-${number}`
    const login = asked.isNew ? undefined : await kit.loginWithCode(openid, '13800138000')
    const person = { kit, openid, token: login?.token ?? '', userId: login?.userInfo.id ?? '' }
    const data = await asked.prepare(person)
    if (asked.by === 'timer') await kit.control.post('timer', { function: asked.function })
    else await kit.invoke(asked.function, asked.by === 'console' ? undefined : openid, data)
  }
  await askTwice(kit)
}

async function askTwice(kit: CloudKit): Promise<void> {
  const openid = 'oTwice'
  const { token, userInfo } = await kit.loginWithCode(openid, '13800138000')
  const other = await kit.loginWithCode(openid)
  const account = new AccountKit(kit, openid, token)
  const trip = { token, action: 'save', key: 'same-trip', city: '杭州', days: 3 }
  await kit.call('trips', openid, trip)
  await kit.call('trips', openid, trip)
  await kit.call('trips', openid, { token, action: 'list', cursor: `${Date.now()}.${userInfo.id}.same-trip` })
  await kit.login(openid, { consent: { version: CONSENT } })
  await account.setAvatar()
  await account.update({ avatar: '' })
  await kit.call('logout', openid, { token, sessionId: 'none' })
  const admin = { token: makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now()), reason: '核实身份' }
  for (const fields of [{ phone: '13900000000' }, { userId: userInfo.id }, { phone: '13800138000' }]) {
    await kit.call('admin', undefined, { ...admin, action: 'find', ...fields })
    await kit.call('admin', undefined, { token: admin.token, action: 'find', ...fields })
  }
  await kit.call('logout', openid, { token: other.token, scope: 'all' })
  // Refused after the write was tried, with what is recorded taken back.
  kit.cloud.database.putDocument('users', {
    ...kit.users().find(({ _id }) => _id === userInfo.id),
    status: 'disabled',
  })
  await kit.login(openid, {})
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
  const account = new AccountKit(kit, 'oAlice', token)
  await account.setAvatar()
  for (const [openid, bearer] of [
    ['oAlice', token],
    ['oBystander', bystander.token],
  ] as const) {
    const trip = { action: 'save', key: 'first-trip', city: '杭州', days: 3 }
    await kit.call('trips', openid, { token: bearer, ...trip })
  }
  const other = (await account.sessions()).find(({ current }) => !current)
  return {
    token,
    userId: userInfo.id,
    bystanderId: bystander.userInfo.id,
    otherSessionId: other?.id ?? '',
  }
}
