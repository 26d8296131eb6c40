import { isDeepStrictEqual } from 'node:util'
import { deriveKeys } from '../../cloudfunctions/shared/keys.ts'
import { readSecrets } from '../../cloudfunctions/shared/secrets.ts'
import { makeTicket } from '../../cloudfunctions/shared/ticket.ts'
import type { Answer } from '../../contract/answer.ts'
import type { Document } from '../../emulator/cloud/database/database.ts'
import { makeAdminToken } from '../../scripts/admin-token.ts'
import { COLLECTIONS } from '../../scripts/ensure-collections.ts'
import { type CloudKit, CONSENT, succeeded } from '../cloud-kit.ts'

/** Sessions a person is prepared with, by what they are good for. */
export type TokenName = 'oldest' | 'here' | 'due'

/** Documents by collection. */
export type Stored = ReadonlyMap<string, readonly Document[]>

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
/** More than half a token's life ago: such a session is renewed at its next check. */
const LONG_AGO_MILLISECONDS = -20 * DAY_MILLISECONDS
const SESSIONS = 10

/**
 * One person alone in a cloud, who can be put back to where they began as often as needed: known with ten sessions and a
 * trip, or unknown but still holding the tokens of an account that is gone.
 * Of the ten, `oldest` stands first and is pushed out by the next login; `here` and `due` stand in the middle, so that
 * they move up; `oldest` and `due` are due to be renewed.
 */
export class Person {
  readonly kit: CloudKit
  readonly openid: string
  readonly userId: string
  readonly tokens: Readonly<Record<TokenName, string>>
  /** The time of every action on this person: it stands, so that the same schedule leads to the same documents. */
  readonly nowMilliseconds: number
  /** The person's documents at the start, by collection. */
  readonly documents: Stored

  private constructor(kit: CloudKit, openid: string, userId: string, tokens: Record<TokenName, string>) {
    this.kit = kit
    this.openid = openid
    this.userId = userId
    this.tokens = tokens
    this.nowMilliseconds = kit.cloud.clock.now()
    this.documents = this.found()
  }

  static async prepare(kit: CloudKit, openid: string): Promise<Person> {
    const tokens = {
      oldest: await login(kit, openid, LONG_AGO_MILLISECONDS),
      here: await login(kit, openid),
      due: await login(kit, openid, LONG_AGO_MILLISECONDS),
    }
    await kit.call('trips', openid, {
      action: 'save',
      token: tokens.here,
      key: 'before-all',
      city: '北京',
      days: 2,
    })
    const [user] = kit.cloud.database.documents('users', { filter: { openid } })
    if (!user) throw new Error('the login made no user')
    // Old enough for `cleanup` to look at, whenever it runs.
    const createdAt = new Date(kit.cloud.clock.now() - DAY_MILLISECONDS)
    for (const trip of kit.cloud.database.documents('trips', { filter: { userId: user['_id'] } })) {
      kit.cloud.database.putDocument('trips', { ...trip, createdAt })
    }
    kit.cloud.database.putDocument('users', {
      ...user,
      sessions: tenSessions(user['sessions'] as Document[]),
    })
    return new Person(kit, openid, String(user['_id']), tokens)
  }

  /** Puts the person, and with them the whole cloud, back to the start. */
  restore(start: 'known' | 'nobody'): void {
    this.put(start === 'known' ? this.documents : new Map())
  }

  /** Makes these all that is stored. */
  put(wanted: Stored): void {
    const { database } = this.kit.cloud
    for (const [collection, documents] of this.everything()) {
      const left = new Map((wanted.get(collection) ?? []).map((document) => [document['_id'], document]))
      for (const document of documents) {
        const { _id } = document
        const other = left.get(_id)
        if (!other) database.removeDocument(collection, _id)
        else if (isDeepStrictEqual(other, document)) left.delete(_id)
      }
      for (const document of left.values()) database.putDocument(collection, document)
    }
  }

  /** The documents of `users` that are this person's: more than one is a defect. */
  users(): Document[] {
    return this.usersAmong(new Map([['users', this.kit.cloud.database.documents('users', {})]]))
  }

  /** The same of what is stored at some moment. */
  usersAmong(stored: Stored): Document[] {
    const users = stored.get('users') ?? []
    return users.filter(({ _id, openid }) => _id === this.userId || openid === this.openid)
  }

  /** A tap on the phone button. */
  phoneCode(): string {
    const { users, phoneCodes, appid } = this.kit.cloud
    return phoneCodes.issue(users.touch(this.openid), appid)
  }

  /** What a login leaves behind whose number could not be stored; newer than the number on file. */
  ticket(): string {
    const { ticket } = deriveKeys(readSecrets(this.kit.variables))
    const number = {
      countryCode: '86',
      purePhoneNumber: '13900139000',
      verifiedAt: this.nowMilliseconds,
    }
    return makeTicket(ticket, this.userId, number)
  }

  /** Whether a token is accepted now. What is stored may be changed by it: a session that is due is renewed. */
  async tokenWorks(token: string): Promise<boolean> {
    const { cloud } = this.kit
    const caller = { source: 'wx_client', appid: cloud.appid, openid: this.openid }
    const end = await cloud.functions.invoke('checkToken', { token }, caller)
    if (end.failure) throw end.failure
    return (JSON.parse(end.json) as Answer<unknown>).code === 200
  }

  adminToken(): string {
    return makeAdminToken(this.kit.variables, 'alice', this.nowMilliseconds)
  }

  /** Everything in any collection that names this person. */
  found(): Map<string, Document[]> {
    const { userId, openid } = this
    return this.everything({ $or: [{ _id: userId }, { userId }, { openid }] })
  }

  /** Everything that is stored, by collection. */
  everything(filter: Document = {}): Map<string, Document[]> {
    const { database } = this.kit.cloud
    // By id, since the order in which they came to be there is nothing that a query promises.
    const sorted = (name: string) => database.documents(name, { filter }).sort(byId)
    return new Map(COLLECTIONS.map((name) => [name, sorted(name)]))
  }
}

function byId(one: Document, other: Document): number {
  return String(one['_id']) < String(other['_id']) ? -1 : 1
}

async function login(kit: CloudKit, openid: string, clockOffsetMilliseconds?: number): Promise<string> {
  const phoneCode = await kit.phoneCode(openid)
  const { functions, appid } = kit.cloud
  const end = await functions.invoke(
    'login',
    { phoneCode, consent: { version: CONSENT } },
    { source: 'wx_client', appid, openid },
    clockOffsetMilliseconds === undefined ? {} : { clockOffsetMilliseconds },
  )
  if (end.failure) throw end.failure
  return succeeded<{ token: string }>(JSON.parse(end.json)).token
}

/** The real sessions `oldest`, `here` and `due`, with others of the same kind around them. */
function tenSessions([oldest, here, due]: Document[]): Document[] {
  const others = Array.from({ length: SESSIONS - 3 }, (_, number) => ({ ...here, id: `other-${number}` }))
  const [second, fourth, ...rest] = others
  return [oldest, second, here, fourth, due, ...rest].map((session) => ({ ...session }))
}
