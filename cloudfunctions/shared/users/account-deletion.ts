import * as v from 'valibot'
import { AppError } from '../core/app-error.ts'
import { settleAll } from '../core/settle-all.ts'
import { NOT_BY_CLIENT } from '../database/client-document.ts'
import { databaseName } from '../database/collection-names.ts'
import { command as _, collection, query } from '../database/database.ts'
import type { Invocation } from '../request/call.ts'
import { moveBelongings } from './account-move.ts'
import { avatarsOf, deleteAvatarsOf, MOST_AVATARS } from './avatars.ts'
import { type AccountDeletion, closedCounts, recordClosedAccount } from './closed-accounts.ts'
import type { Counts } from './daily-counts.ts'
import type { Inheritance, MovingAccount } from './inheritance.ts'
import { listOwned, MOST_DOCUMENTS, type Owned } from './owned-documents.ts'
import { deleteRateLimits } from './rate-limit.ts'
import { movingToSchema } from './transfer-fields.ts'
import { users } from './users.ts'

/**
 * The second half of deleting an account, after its document got the status `closing`: deletes all documents of the user,
 * and then the user's own. The timer anonymizes the audit entries later, by a row of `closed_accounts`: nobody waits for
 * that. If a deletion breaks off, the user, their next login or the timer can run it again.
 *
 * If the account is moving to another one, nothing of it is deleted: the documents get another owner instead.
 *
 * Lists all documents with this user id, and reads the user's document afterwards. If that still exists, the person has
 * not registered again, so all listed documents are the closed account's. Deletes them by id and generation, so that a
 * late deletion does no harm to a person who has registered again. Five or six sequential round trips.
 * @param closingAt as in the user's document; without it, nothing is deleted
 * @returns what the caller is to count, beside its next request: something for the one call that removes the user's document.
 * A move is counted already
 * @throws AppError INTERNAL for a document whose `movingTo` is damaged, which is not deleted
 */
export async function finishDeletion(
  invocation: Invocation,
  userId: string,
  closingAt: Date,
): Promise<Counts> {
  const { budget } = invocation
  for (;;) {
    const [avatars, owned] = await settleAll([avatarsOf(invocation, userId), listOwned(invocation, userId)])
    const deletion = await findDeletion(invocation, userId, closingAt)
    // Another call has finished it: the listed documents may be of a person who has registered again.
    if (!deletion) return {}
    const isAll =
      avatars.length < MOST_AVATARS && owned.every(({ documents }) => documents.length < MOST_DOCUMENTS)
    if ('movingTo' in deletion) {
      if (await moveBelongings(invocation, deletion, { avatars, owned, isAll })) return {}
      continue
    }
    await settleAll([
      recordClosedAccount(invocation, deletion),
      deleteAvatarsOf(invocation, userId, avatars),
      deleteRateLimits(invocation, userId),
      ...owned.map((documents) => removeOwned(invocation, userId, documents)),
    ])
    if (isAll) {
      const { stats } = await query(budget, users().where(closingSince(userId, closingAt)).remove())
      return stats.removed === 1 ? closedCounts(deletion) : {}
    }
  }
}

/** Deletes by id and generation. In MongoDB `null` matches a missing field as well. */
async function removeOwned(
  { budget }: Invocation,
  userId: string,
  { name, documents }: Owned,
): Promise<void> {
  if (documents.length === 0) return
  const ids = documents.map(({ _id }) => _id)
  const generations = [...new Set(documents.map(({ generation = null }) => generation))]
  await query(
    budget,
    collection(name)
      .where({ _id: _.in(ids), userId, generation: _.in(generations) })
      .remove(),
  )
}

/** Condition by `closingAt`, since an administrator may have changed the status by hand meanwhile. */
function closingSince(userId: string, closingAt: Date): object {
  return { _id: userId, closingAt: _.lte(closingAt), ...NOT_BY_CLIENT }
}

const looseText = v.fallback(v.optional(v.string(), ''), '')
/** Only the fields that a deletion or a move needs, so that a document damaged elsewhere can still be deleted. */
const deletionSchema = v.object({
  closingAt: v.date(),
  generation: v.fallback(v.optional(v.string()), undefined),
  movingTo: v.optional(v.unknown()),
  nickname: looseText,
  avatar: looseText,
  phoneMasked: looseText,
  phoneCipher: looseText,
  phoneHash: looseText,
  countryCode: looseText,
  phoneVerifiedAt: v.fallback(v.optional(v.date()), undefined),
  importedFrom: v.fallback(v.optional(v.array(v.string())), undefined),
})

async function findDeletion(
  { budget }: Invocation,
  userId: string,
  closingAt: Date,
): Promise<AccountDeletion | MovingAccount | undefined> {
  const { data } = await query(budget, users().where(closingSince(userId, closingAt)).limit(1).get())
  const found = v.safeParse(deletionSchema, data[0])
  if (!found.success) return undefined
  const { generation, closingAt: begunAt, movingTo, ...inheritance } = found.output
  const { phoneHash } = inheritance
  const deletion = { userId, generation, closingAt: begunAt, phoneHash }
  return movingTo === undefined ? deletion : movingAccount(deletion, inheritance, movingTo)
}

/** @throws AppError INTERNAL when `movingTo` is damaged: the account must not be deleted */
function movingAccount(
  deletion: AccountDeletion,
  inheritance: Inheritance,
  movingTo: unknown,
): MovingAccount {
  const parsed = v.safeParse(movingToSchema, movingTo)
  if (!parsed.success)
    throw new AppError('INTERNAL', { log: `a document of \`${databaseName('users')}\` is damaged: movingTo` })
  return { ...deletion, ...inheritance, movingTo: parsed.output }
}
