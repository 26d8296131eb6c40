import type { Document } from 'wechat-cloud-emulator/testing'
import { OWNED_COLLECTIONS } from '../../../cloudfunctions/app-config.ts'
import { chinaDay, countIdsOf } from '../../../cloudfunctions/shared/users/count-days.ts'
import type { CloudKit } from '../../support/cloud-kit.ts'
import { saveSeeds } from '../../support/operations/app.ts'
import { requestTransfer } from '../../support/operations/transfer-people.ts'
import { DAY_MILLISECONDS, TestUser } from '../../support/test-user.ts'
import { claimsOf } from '../../support/token-claims.ts'
import { CloudDocuments } from './cloud-documents.ts'
import type { Stored } from './stored.ts'

/** The sessions that a race user is prepared with and has the tokens of. */
export const SESSIONS = ['oldest', 'here', 'due'] as const
export type SessionName = (typeof SESSIONS)[number]

/** What a race user is in any cloud with the same secrets. */
interface Prepared {
  openid: string
  userId: string
  /** The tokens of the sessions. */
  tokens: Readonly<Record<SessionName, string>>
  /** The time of every action on this user. It stands, so that the same schedule leads to the same documents. */
  nowMilliseconds: number
  /** The user's documents at the start. */
  documents: Stored
  /** Those of the user and the companion, who asks for a transfer. */
  askedDocuments: Stored
  companion: Pick<TestUser, 'openid' | 'token' | 'userId'>
  transferId: string
}

/** More than half a token's life: such a session is renewed at its next check. */
const RENEWAL_AGE_DAYS = 20
/** The one that `logout` of another session names. */
export const OTHER_SESSION: SessionName = 'due'
const SESSION_COUNT = 10

/**
 * The only user of a cloud, who can be put back to the start as often as needed: registered, with ten sessions and a
 * document in each owned collection, or unregistered and still holding the tokens of an account that is gone.
 *
 * Of the ten sessions `oldest` stands first, so that the next login pushes it out. `here` and `due` stand in the middle,
 * so that they move up. `oldest` and `due` are due to be renewed.
 */
export class RaceUser extends TestUser {
  readonly cloudDocuments: CloudDocuments
  readonly tokens: Prepared['tokens']
  /** What is stored of the user at the start, unless it is unregistered. */
  readonly startDocuments: Stored
  readonly #prepared: Prepared

  /** @param session that requests come from */
  private constructor(kit: CloudKit, prepared: Prepared, session: SessionName = 'here') {
    super(kit, prepared.openid, prepared.tokens[session])
    this.cloudDocuments = new CloudDocuments(kit.cloud.database)
    this.tokens = prepared.tokens
    this.startDocuments = prepared.documents
    this.#prepared = prepared
  }

  static async prepare(kit: CloudKit, openid: string): Promise<RaceUser> {
    const user = new TestUser(kit, openid)
    const tokens = {
      oldest: (await user.logIn({ daysAgo: RENEWAL_AGE_DAYS })).token,
      here: (await user.logIn()).token,
      due: (await user.logIn({ daysAgo: RENEWAL_AGE_DAYS })).token,
    }
    await saveSeeds(user, tokens.here)
    const { database, clock } = kit.cloud
    const { userId } = user
    // `cleanup` only reads documents of this age.
    const createdAt = new Date(clock.now() - DAY_MILLISECONDS)
    for (const name of OWNED_COLLECTIONS) {
      for (const owned of database.documents(name, { filter: { userId } })) {
        database.putDocument(name, { ...owned, createdAt })
      }
    }
    const document = user.document()
    const sessions = tenSessions(document['sessions'] as Document[])
    database.putDocument('users', { ...document, sessions })
    const personal = new CloudDocuments(database).read({ $or: [{ _id: userId }, { userId }, { openid }] })
    const documents = new Map(personal).set('daily_counts', countersOf(clock.now()))
    const nowMilliseconds = clock.now()
    const companion = new TestUser(kit, `${openid}-companion`)
    await companion.logIn()
    const transferId = await requestTransfer(companion)
    const askedDocuments = withoutCounts(new CloudDocuments(database).read(), clock.now())
    return new RaceUser(kit, {
      openid,
      userId,
      tokens,
      nowMilliseconds,
      documents,
      askedDocuments,
      companion: { openid: companion.openid, token: companion.token, userId: companion.userId },
      transferId,
    })
  }

  /** The same user in another cloud. @param kit with the same secrets */
  in(kit: CloudKit): RaceUser {
    return new RaceUser(kit, this.#prepared)
  }

  /** The same user, whose requests come from another session. */
  with(session: SessionName): RaceUser {
    return new RaceUser(this.kit, this.#prepared, session)
  }

  override get nowMilliseconds(): number {
    return this.#prepared.nowMilliseconds
  }

  /** Known also while there is no account. */
  override get userId(): string {
    return this.#prepared.userId
  }

  override get otherSessionId(): string {
    return claimsOf(this.tokens[OTHER_SESSION]).sid
  }

  override get transferId(): string {
    return this.#prepared.transferId
  }

  override get companionId(): string {
    return this.#prepared.companion.userId
  }

  /** The account that asks the user's account for a transfer, in the same cloud. */
  requireCompanion(): RaceUser {
    const { openid, userId, token } = this.#prepared.companion
    const tokens = { oldest: token, here: token, due: token }
    return new RaceUser(this.kit, { ...this.#prepared, openid, userId, tokens })
  }

  /** Puts the user, and with them the whole cloud, back to the start. */
  restore(start: 'registered' | 'unregistered' | 'asked'): void {
    const { documents, askedDocuments } = this.#prepared
    const unregistered = new Map([['daily_counts', countersOf(this.nowMilliseconds)]])
    const stored = { registered: documents, unregistered, asked: askedDocuments }
    this.cloudDocuments.restore(stored[start])
  }

  /** The user's documents of `users`. More than one is a defect. */
  usersIn(stored: Stored): Document[] {
    const users = stored.get('users') ?? []
    return users.filter(({ _id, openid }) => _id === this.userId || openid === this.openid)
  }

  /** The documents of any collection that name the user. */
  documentsIn(stored: Stored): Stored {
    const isOwn = ({ _id, userId, openid }: Document) =>
      _id === this.userId || userId === this.userId || openid === this.openid
    return new Map([...stored].map(([name, documents]) => [name, documents.filter(isOwn)]))
  }

  /** Calls `checkToken`, which may renew the session. @returns whether it accepts the token */
  async checkToken(token: string): Promise<boolean> {
    return (await this.call('checkToken', { token })).code === 200
  }
}

/** Actions count from zero, as those of a user who is asked nothing do. */
function withoutCounts(stored: Stored, now: number): Stored {
  return new Map(stored).set('rate_limits', []).set('daily_counts', countersOf(now))
}

/** Those of the day, as the timer makes them. */
function countersOf(now: number): Document[] {
  return countIdsOf(chinaDay(now)).map((_id) => ({ _id }))
}

/** The sessions `oldest`, `here` and `due` among copies of `here`. */
function tenSessions([oldest, here, due]: Document[]): Document[] {
  const others = Array.from({ length: SESSION_COUNT - SESSIONS.length }, (_, number) => ({
    ...here,
    id: `other-${number}`,
  }))
  const [second, fourth, ...rest] = others
  return [oldest, second, here, fourth, due, ...rest].map((session) => ({ ...session }))
}
