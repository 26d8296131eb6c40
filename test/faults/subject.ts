import type { Answer } from '../../contract/answer.ts'
import type { Document } from '../../emulator/cloud/database/database.ts'
import type { InvocationEnd } from '../../emulator/cloud/functions/invocation-end.ts'
import { makeAdminToken } from '../../scripts/admin-token.ts'
import { AccountKit } from '../account-kit.ts'
import { type CloudKit, CONSENT, succeeded } from '../cloud-kit.ts'

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
/** Everybody has the same number, so that what is stored of it can be compared. */
const PHONE_NUMBER = '13800138000'

/** Values that are another for every person or every run. */
const VARYING_FIELDS = new Set([
  '_id',
  'id',
  'openid',
  'userId',
  'generation',
  'phoneCipher',
  'avatar',
  'statusReason',
])

/** Traces of what was tried, and places in the storage that `cleanup` looks after: no part of the account. */
const NOT_OF_THE_ACCOUNT = new Set(['audit_logs', 'avatars', 'closed_accounts'])

/** Somebody who meets one fault. */
export class Subject {
  readonly kit: CloudKit
  readonly openid: string
  #userId: string | undefined

  constructor(kit: CloudKit, openid: string) {
    this.kit = kit
    this.openid = openid
  }

  phoneCode(phoneNumber = PHONE_NUMBER): string {
    const { users, phoneCodes, appid } = this.kit.cloud
    return phoneCodes.issue(users.touch(this.openid, phoneNumber), appid)
  }

  /** The person's document of `users`, which must be there. */
  user(): Document {
    const [user] = this.kit.cloud.database.documents('users', { filter: { openid: this.openid } })
    if (!user) throw new Error('there is no such user')
    return user
  }

  userId(): string {
    this.#userId ??= String(this.user()['_id'])
    return this.#userId
  }

  adminToken(): string {
    return makeAdminToken(this.kit.variables, 'alice', this.kit.cloud.clock.now())
  }

  async asAdmin(request: object): Promise<void> {
    succeeded(answerOf(await this.invoke('admin', request, undefined, 'console')))
  }

  /** Puts a picture where the server says. @returns its file id */
  async upload(token: string): Promise<string> {
    return new AccountKit(this.kit, this.openid, token).upload()
  }

  /** @param by the console has no openid: then the address, one of each subject's own, tells whose call it is */
  invoke(
    name: string,
    data: unknown,
    clockOffsetMilliseconds?: number,
    by?: 'console',
  ): Promise<InvocationEnd> {
    const { functions, appid } = this.kit.cloud
    const caller =
      by === 'console'
        ? { source: 'console', appid, clientIp: this.openid }
        : { source: 'wx_client', appid, openid: this.openid }
    const clock = clockOffsetMilliseconds === undefined ? {} : { clockOffsetMilliseconds }
    return functions.invoke(name, data, caller, clock)
  }

  async call<Data>(name: string, data: unknown, clockOffsetMilliseconds?: number): Promise<Answer<Data>> {
    const end = await this.invoke(name, data, clockOffsetMilliseconds)
    return answerOf(end)
  }

  /** A first login. @param days how long ago; the function believes it was then @returns its token */
  async logIn(days = 0): Promise<string> {
    const data = { phoneCode: this.phoneCode(), consent: { version: CONSENT } }
    const answer = await this.call<{ token: string }>('login', data, -days * DAY_MILLISECONDS)
    return succeeded(answer).token
  }

  /** What a document that is theirs has; they may have no account any more. */
  #theirs(): Document[] {
    const [user] = this.kit.cloud.database.documents('users', { filter: { openid: this.openid } })
    if (user) this.#userId = String(user['_id'])
    return [{ openid: this.openid }, { userId: this.#userId ?? '' }]
  }

  /** The person's account as it is stored, without what varies; times as days from now. */
  stored(): string {
    const { database } = this.kit.cloud
    const filter = { $or: this.#theirs() }
    const names = database.collections().map(({ name }) => name)
    const found = names
      .filter((name) => !NOT_OF_THE_ACCOUNT.has(name))
      .map((name) => [name, database.documents(name, { filter })])
    return JSON.stringify(comparable(Object.fromEntries(found), Date.now()))
  }

  /** Leaves nothing behind: looking for one person's documents takes longer the more others there are. */
  forget(): void {
    const { database } = this.kit.cloud
    const theirs = this.#theirs()
    for (const { name } of database.collections()) {
      const nobodys = name === 'audit_logs' ? [{ userId: { $exists: false } }] : []
      const counts = name === 'rate_limits' ? [{ _id: { $regex: `^${this.#userId ?? '-'}\\.` } }] : []
      const found = database.documents(name, { filter: { $or: [...theirs, ...nobodys, ...counts] } })
      for (const { _id } of found) database.removeDocument(name, _id)
    }
  }

  /** How many documents of `users` this person has. */
  userCount(): number {
    return this.kit.cloud.database.documents('users', { filter: { openid: this.openid } }).length
  }
}

/** @throws what the platform says when there is no answer */
function answerOf<Data>(end: InvocationEnd): Answer<Data> {
  if (end.failure) throw end.failure
  return JSON.parse(end.json)
}

function comparable(value: unknown, now: number): unknown {
  if (value instanceof Date) return `${Math.round((value.getTime() - now) / DAY_MILLISECONDS)} days`
  if (Array.isArray(value)) return value.map((item) => comparable(item, now))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value as Document)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [
        name,
        VARYING_FIELDS.has(name) && inner !== '' ? 'varies' : comparable(inner, now),
      ]),
  )
}
