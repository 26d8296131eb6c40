import * as v from 'valibot'
import { AppError } from '../core/app-error.ts'
import { refuseClientDocument } from '../database/client-document.ts'
import { reportDamaged } from '../database/damaged-document.ts'
import { command as _, collection, DuplicateKey, query } from '../database/database.ts'
import type { Call } from '../request/call.ts'
import { closedAccountFilter } from './closed-accounts.ts'
import { cursorAfter, olderThan, PAGE_SIZE } from './owned-page.ts'
import { ownership } from './ownership.ts'
import type { User } from './user.ts'

/** What every document of an owned collection has. Its id begins with the user id, so that keys of users never collide. */
const commonSchema = v.object({
  _id: v.string(),
  userId: v.string(),
  /** Which account of that user; absent for an account of an older version or an import. */
  generation: v.fallback(v.optional(v.string()), undefined),
  createdAt: v.date(),
})

const timedSchema = v.object({ createdAt: v.date() })

/** The key that a client chooses for a new document: 8 to 64 letters, digits, `-` and `_`. */
export const documentKey = v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/))

export type OwnedDocument<Fields> = v.InferOutput<typeof commonSchema> & Fields

/** A page of documents before it is known whether the caller may see them. */
export interface FoundPage<Fields> {
  documents: readonly OwnedDocument<Fields>[]
  nextCursor?: string
}

interface OwnedCollectionOptions<Fields> {
  /** One of `OWNED_COLLECTIONS`. */
  name: string
  /** How many documents a user may have. Concurrent saves may each exceed it by one. */
  maximum: number
  /** The fields that its documents have besides id, user, generation and time. */
  fields: v.GenericSchema<unknown, Fields>
}

/**
 * A collection whose documents belong to users. Every query is limited to the caller's own. `count` and `find` are made to
 * run in parallel with the guard (the third argument of `authenticated`): they read, and change nothing.
 */
export class OwnedCollection<Fields extends object> {
  readonly #options: OwnedCollectionOptions<Fields>

  constructor(options: OwnedCollectionOptions<Fields>) {
    this.#options = options
  }

  /** How many documents the caller has. One round trip. */
  readonly count = async (_input: unknown, { budget, userId }: Call): Promise<number> => {
    const { total } = await query(budget, this.#documents().where({ userId }).count())
    return total
  }

  /**
   * The readable documents of a page, newest first. Reads one more than a page has, which shows whether there is a next
   * page. Logs a damaged document and does not change it. One round trip.
   * @throws AppError BAD_REQUEST for a cursor of another origin, MISCONFIGURED for a document that a client wrote
   */
  readonly find = async (
    { cursor }: { cursor?: string | undefined },
    call: Call,
  ): Promise<FoundPage<Fields>> => {
    const selection = this.#documents()
      .where(olderThan(cursor, { userId: call.userId }))
      .orderBy('createdAt', 'desc')
      .orderBy('_id', 'desc')
      .limit(PAGE_SIZE + 1)
    const { data } = await query(call.budget, selection.get())
    const nextCursor = cursorAfter(data)
    const documents = this.#readable(call, data.slice(0, PAGE_SIZE))
    return { documents, ...(nextCursor === undefined ? {} : { nextCursor }) }
  }

  /**
   * The found page without documents that an earlier account of this person saved while it was being deleted. They stay
   * until `cleanup` deletes them. At most one round trip.
   */
  async page({ budget }: Call, user: User, found: FoundPage<Fields>): Promise<FoundPage<Fields>> {
    const isOfClosed = await closedAccountFilter(budget, user, found.documents)
    return { ...found, documents: found.documents.filter((document) => !isOfClosed(document)) }
  }

  /**
   * Saves a document, once for one key however often the request is repeated. One or two round trips.
   * @param count of the documents that the caller has
   * @throws AppError LIMIT_REACHED
   */
  async save(
    call: Call,
    user: User,
    { key, fields, count }: { key: string; fields: Fields; count: number },
  ): Promise<OwnedDocument<Fields>> {
    for (const id of [key, `${user.generation}.${key}`]) {
      const document = this.#newDocument(call, user, id, fields)
      const isSaved = count < this.#options.maximum && (await this.#add(call, document))
      const saved = isSaved ? document : await this.#savedBefore(call, document._id)
      if (saved) return saved
      // Another account has it: the document moved there from an earlier account of this person.
    }
    throw new AppError('LIMIT_REACHED')
  }

  /** @returns false if there is a document of this id already */
  async #add({ budget }: Call, document: OwnedDocument<Fields>): Promise<boolean> {
    try {
      await query(budget, this.#documents().add({ data: document }))
      return true
    } catch (error) {
      if (error instanceof DuplicateKey) return false
      throw error
    }
  }

  /** Removes a document of the caller. Does nothing for another user's, or for one that is gone. One round trip. */
  async remove({ userId, budget }: Call, id: string): Promise<void> {
    await query(budget, this.#documents().where({ _id: id, userId }).remove())
  }

  /** Removes all documents of the caller. One round trip. */
  async removeAll({ userId, budget }: Call): Promise<void> {
    await query(budget, this.#documents().where({ userId }).remove())
  }

  /**
   * For a collection that never refuses: where the caller has as many documents as they may have, removes the older half.
   * Two round trips, or none.
   * @param count of the documents that the caller has
   * @returns how many they have now
   */
  async makeRoom({ userId, budget }: Call, count: number): Promise<number> {
    if (count < this.#options.maximum) return count
    const kept = Math.floor(this.#options.maximum / 2)
    const newestFirst = this.#documents().where({ userId }).orderBy('createdAt', 'desc')
    const { data } = await query(budget, newestFirst.skip(kept).limit(1).get())
    const [newest] = data.filter((document) => v.is(timedSchema, document))
    if (!newest) return count
    const upTo = _.lte(newest.createdAt)
    await query(budget, this.#documents().where({ userId, createdAt: upTo }).remove())
    return kept
  }

  #documents() {
    return collection(this.#options.name)
  }

  #newDocument({ userId, now }: Call, user: User, key: string, fields: Fields): OwnedDocument<Fields> {
    return {
      ...fields,
      _id: `${userId}.${key}`,
      ...ownership(user),
      createdAt: new Date(now),
    }
  }

  /** The caller's document of this id: the client repeats a save whose answer it lost. */
  async #savedBefore({ budget, userId }: Call, id: string): Promise<OwnedDocument<Fields> | undefined> {
    const { data } = await query(budget, this.#documents().doc(id).get())
    if (data === null || data === undefined) return undefined
    const document = this.#parse(data)
    if (document) return document.userId === userId ? document : undefined
    throw new AppError('INTERNAL', { log: `a document of \`${this.#options.name}\` is damaged` })
  }

  #readable(call: Call, data: readonly unknown[]): OwnedDocument<Fields>[] {
    return data.flatMap((value) => {
      const document = this.#parse(value)
      if (!document) reportDamaged(call, this.#options.name, [value])
      return document ?? []
    })
  }

  /** @returns undefined for a damaged document @throws AppError MISCONFIGURED for one that a client wrote */
  #parse(value: unknown): OwnedDocument<Fields> | undefined {
    refuseClientDocument(this.#options.name, value)
    const common = v.safeParse(commonSchema, value)
    const fields = v.safeParse(this.#options.fields, value)
    return common.success && fields.success ? { ...fields.output, ...common.output } : undefined
  }
}
