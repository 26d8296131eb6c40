import * as v from 'valibot'
import { allDone } from './all-done.ts'
import { avatarsOf, closeAvatars, MOST_AVATARS } from './avatars.ts'
import type { Invocation } from './call.ts'
import { NOT_BY_CLIENT } from './client-document.ts'
import { type Closing, recordClosing } from './closed-accounts.ts'
import { command as _, ask, collection } from './database.ts'
import { OWNED_COLLECTIONS } from './owned-collections.ts'
import { forgetCounts } from './rate-limit.ts'
import { users } from './users.ts'

/** Documents of one collection that are dealt with at once. */
const MOST_DOCUMENTS = 500

/**
 * The second half of closing an account, after its document was marked `closing`: deletes what belongs to the user, and
 * last the document itself. The records lose the user's identity later, by the timer, which a row of `closed_accounts`
 * tells to: nobody waits for that. Can be done again by the user, their next login or the timer, wherever it broke off.
 *
 * Everything with this user id goes, whatever its dates: it is listed first, and the user's document is looked for
 * afterwards. As long as it is there, nobody has registered again, so all that was listed is the closed account's.
 * Then it goes by id and mark, so that doing it late harms nothing of a person who has registered again.
 * Five or six sequential round trips.
 * @param closingAt as the document has it: without this mark of a closing nothing is deleted
 */
export async function finishClosing(invocation: Invocation, userId: string, closingAt: Date): Promise<void> {
  const { budget } = invocation
  for (;;) {
    const [rows, ...owned] = await allDone([
      avatarsOf(invocation, userId),
      ...OWNED_COLLECTIONS.map((name) => listOwned(invocation, name, userId)),
    ])
    const closing = await findClosing(invocation, userId, closingAt)
    // Finished by somebody else: what was listed may be of a person who has registered again.
    if (!closing) return
    await allDone([
      recordClosing(invocation, closing),
      closeAvatars(invocation, userId, rows),
      forgetCounts(invocation, userId),
      ...owned.map((documents) => removeOwned(invocation, userId, documents)),
    ])
    const isAll =
      rows.length < MOST_AVATARS && owned.every(({ documents }) => documents.length < MOST_DOCUMENTS)
    if (isAll) {
      await ask(budget, users().where(marked(userId, closingAt)).remove())
      return
    }
  }
}

interface Owned {
  name: string
  documents: readonly { _id?: unknown; generation?: unknown }[]
}

async function listOwned({ budget }: Invocation, name: string, userId: string): Promise<Owned> {
  const query = collection(name)
    .where({ userId })
    .orderBy('_id', 'asc')
    .field({ _id: true, generation: true })
    .limit(MOST_DOCUMENTS)
  const { data } = await ask(budget, query.get())
  return { name, documents: data as Owned['documents'] }
}

/** By id and mark; in MongoDB's terms `null` is also a field that is missing. */
async function removeOwned(
  { budget }: Invocation,
  userId: string,
  { name, documents }: Owned,
): Promise<void> {
  if (documents.length === 0) return
  const ids = documents.map(({ _id }) => _id)
  const marks = [...new Set(documents.map(({ generation = null }) => generation))]
  await ask(
    budget,
    collection(name)
      .where({ _id: _.in(ids), userId, generation: _.in(marks) })
      .remove(),
  )
}

/** By the mark of the closing itself: somebody may have changed the status by hand meanwhile. */
function marked(userId: string, closingAt: Date): object {
  return { _id: userId, closingAt: _.lte(closingAt), ...NOT_BY_CLIENT }
}

/** Only what a closing needs, so that an account can be closed whose document is damaged elsewhere. */
const closingSchema = v.object({
  closingAt: v.date(),
  generation: v.fallback(v.optional(v.string()), undefined),
})

async function findClosing(
  { budget }: Invocation,
  userId: string,
  closingAt: Date,
): Promise<Closing | undefined> {
  const { data } = await ask(budget, users().where(marked(userId, closingAt)).limit(1).get())
  const found = v.safeParse(closingSchema, data[0])
  if (!found.success) return undefined
  const { generation, closingAt: begunAt } = found.output
  return { userId, generation, closingAt: begunAt }
}
