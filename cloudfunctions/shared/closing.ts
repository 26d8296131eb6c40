import { forgetUserInRows } from './audit.ts'
import { avatars, parseRows, removeAvatars } from './avatars.ts'
import type { Invocation } from './call.ts'
import { NOT_BY_CLIENT } from './client-document.ts'
import { CLOCK_SKEW_MILLISECONDS } from './clock-skew.ts'
import { markClosed } from './closed-account.ts'
import { command as _, ask, collection } from './database.ts'
import { OWNED_COLLECTIONS } from './owned-collections.ts'
import { forgetCounts } from './rate-limit.ts'
import { users } from './users.ts'

const MOST_AVATARS = 50

/**
 * The second half of closing an account, after its document was marked `closing`: deletes what belongs to the user,
 * takes their identity out of the records, and last the document itself. Whatever breaks off can be done again, by
 * whoever comes by: the user, their next login, the timer. Only what is older than `closingAt` goes, so that doing it
 * late harms nothing of a person who has registered again. Three or four sequential round trips.
 */
export async function finishClosing(invocation: Invocation, userId: string, closingAt: Date): Promise<void> {
  // An instance whose clock is ahead may have dated something a little later than this.
  const until = new Date(closingAt.getTime() + CLOCK_SKEW_MILLISECONDS)
  const theirs = { userId, createdAt: _.lte(until) }
  await Promise.all([
    ...OWNED_COLLECTIONS.map((name) => ask(invocation.budget, collection(name).where(theirs).remove())),
    forgetUserInRows(invocation, userId, until),
    closeAvatars(invocation, theirs),
    forgetCounts(invocation, userId),
    markClosed(invocation, userId, closingAt),
  ])
  // By the mark of the closing itself: somebody may have changed the status by hand meanwhile.
  const marked = { _id: userId, closingAt: _.lte(closingAt) }
  await ask(invocation.budget, users().where(marked).remove())
}

/** Paths that were given out and not used lose their owner; the timer sees to them once nothing can arrive there. */
async function closeAvatars(invocation: Invocation, theirs: object): Promise<void> {
  const { budget } = invocation
  const { data } = await ask(
    budget,
    avatars()
      .where({ ...theirs, ...NOT_BY_CLIENT })
      .limit(MOST_AVATARS)
      .get(),
  )
  const rows = parseRows(data)
  if (rows.length === 0) return
  const fileIds = rows.flatMap(({ fileId }) => (fileId === undefined ? [] : [fileId]))
  if (fileIds.length > 0) await removeAvatars(invocation, fileIds)
  await ask(
    budget,
    avatars()
      .where(theirs)
      .update({ data: { userId: _.remove() } }),
  )
}
