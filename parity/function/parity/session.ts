import type { Collection, Database } from '../../core/database.ts'
import { KEPT_COLLECTION } from '../../core/kept.ts'
import type { KeptToken } from '../../core/token-hash.ts'
import { Refused } from './refusal.ts'

/** All collections of the function. Nothing else of an environment is touched. */
export const COLLECTIONS = {
  sessions: 'parity_sessions',
  documents: 'parity_documents',
  others: 'parity_others',
  unique: 'parity_unique',
  kept: KEPT_COLLECTION,
} as const

/** A run has to end within this time. */
const SESSION_MILLISECONDS = 60 * 60 * 1000

/**
 * The run that a token was made for. The first call begins it; it ends with the last part, or after an hour, and the token
 * with it.
 */
export class Session {
  readonly #sessions: Collection
  readonly #id: string

  private constructor(sessions: Collection, id: string) {
    this.#sessions = sessions
    this.#id = id
  }

  /** @throws Refused TOKEN_USED; the SDK's error if the cloud fails */
  static async open(db: Database, { hash }: KeptToken, now: number): Promise<Session> {
    const sessions = db.collection(COLLECTIONS.sessions)
    const id = hash.slice(0, 16)
    const begun = await sessions.where({ _id: id }).get()
    const [record] = begun.data
    if (!record) await begin(db, sessions, id, now)
    else if (record['endedAt'] || now - Number(record['startedAt']) > SESSION_MILLISECONDS)
      throw new Refused('TOKEN_USED', 'a token is for one run: npm run parity -- token, and deploy again')
    return new Session(sessions, id)
  }

  /** Whether a run has begun and not ended. False without the collection, which a run makes. */
  static async isOpen(db: Database, now: number): Promise<boolean> {
    try {
      const { data } = await db
        .collection(COLLECTIONS.sessions)
        .where({ startedAt: db.command.gt(now - SESSION_MILLISECONDS) })
        .get()
      return data.some(({ endedAt }) => endedAt === undefined)
    } catch {
      return false
    }
  }

  /** After this the token is refused. */
  async end(now: number): Promise<void> {
    await this.#sessions.doc(this.#id).update({ data: { endedAt: now } })
  }
}

async function begin(db: Database, sessions: Collection, id: string, now: number): Promise<void> {
  // Older runs leave nothing but their hash.
  await sessions.where({ startedAt: db.command.lt(now - 30 * 24 * SESSION_MILLISECONDS) }).remove()
  try {
    await sessions.add({ data: { _id: id, startedAt: now } })
  } catch (error) {
    // Another call has begun it just now.
    if (!/E11000/.test(String(error))) throw error
  }
}

/** Makes what is not there yet. */
export async function makeCollections(db: Database): Promise<void> {
  await Promise.all(
    Object.values(COLLECTIONS).map(async (name) => {
      try {
        await db.createCollection(name)
      } catch (error) {
        if (!/exist/i.test(String(error))) throw error
      }
    }),
  )
}
