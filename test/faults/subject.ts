import type { Answer } from '../../contract/answer.ts'
import type { Document } from '../../emulator/cloud/database/database.ts'
import type { InvocationEnd } from '../../emulator/cloud/functions/invocation-end.ts'
import { type CloudKit, CONSENT, succeeded } from '../cloud-kit.ts'

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
/** Everybody has the same number, so that what is stored of it can be compared. */
const PHONE_NUMBER = '13800138000'

/** Values that are another for every person or every run. */
const VARYING_FIELDS = new Set(['_id', 'id', 'openid', 'userId', 'phoneCipher'])

/** Somebody who meets one fault. */
export class Subject {
  readonly kit: CloudKit
  readonly openid: string

  constructor(kit: CloudKit, openid: string) {
    this.kit = kit
    this.openid = openid
  }

  phoneCode(): string {
    const { users, phoneCodes, appid } = this.kit.cloud
    return phoneCodes.issue(users.touch(this.openid, PHONE_NUMBER), appid)
  }

  invoke(name: string, data: unknown, clockOffsetMilliseconds?: number): Promise<InvocationEnd> {
    const { functions, appid } = this.kit.cloud
    const caller = { source: 'wx_client', appid, openid: this.openid }
    const clock = clockOffsetMilliseconds === undefined ? {} : { clockOffsetMilliseconds }
    return functions.invoke(name, data, caller, clock)
  }

  async call<Data>(name: string, data: unknown, clockOffsetMilliseconds?: number): Promise<Answer<Data>> {
    const end = await this.invoke(name, data, clockOffsetMilliseconds)
    if (end.failure) throw end.failure
    return JSON.parse(end.json)
  }

  /** A first login. @param days how long ago; the function believes it was then @returns its token */
  async logIn(days = 0): Promise<string> {
    const data = { phoneCode: this.phoneCode(), consent: { version: CONSENT } }
    const answer = await this.call<{ token: string }>('login', data, -days * DAY_MILLISECONDS)
    return succeeded(answer).token
  }

  /** All that is stored of this person, without what varies; times as days from now. */
  stored(): string {
    const { database } = this.kit.cloud
    const [user] = database.documents('users', { filter: { openid: this.openid } })
    const filter = { $or: [{ openid: this.openid }, { userId: user?.['_id'] ?? '' }] }
    const found = database.collections().map(({ name }) => [name, database.documents(name, { filter })])
    return JSON.stringify(comparable(Object.fromEntries(found), Date.now()))
  }

  /** How many documents of `users` this person has. */
  userCount(): number {
    return this.kit.cloud.database.documents('users', { filter: { openid: this.openid } }).length
  }
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
