import { avatars, readRows, UPLOAD_SECONDS } from './avatars.ts'
import type { Call } from './call.ts'
import { NOT_BY_CLIENT } from './client-document.ts'
import { command as _, ask } from './database.ts'

/**
 * So many places one person may have to upload a picture to. One more withdraws the oldest: no picture is taken from
 * it any more, and its row stays until `cleanup` has seen to the file that may be there. Places asked for at the same
 * moment may pass the number by as many as they are.
 */
const MAXIMUM_OPEN_PLACES = 5

/** Paths of the caller's that are one too many once another is given out. One round trip. */
export async function placesToWithdraw({ budget, userId, now }: Call): Promise<string[]> {
  const open = {
    userId,
    settled: false,
    fileId: _.exists(false),
    storedFrom: _.exists(false),
    withdrawn: _.exists(false),
    createdAt: _.gt(new Date(now - UPLOAD_SECONDS * 1000)),
    ...NOT_BY_CLIENT,
  }
  const { data } = await ask(budget, avatars().where(open).orderBy('createdAt', 'desc').get())
  return readRows(data)
    .slice(MAXIMUM_OPEN_PLACES - 1)
    .map(({ _id }) => _id)
}

/** One round trip, or none. */
export async function withdrawPlaces({ budget }: Call, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return
  const change = { withdrawn: true }
  await ask(
    budget,
    avatars()
      .where({ _id: _.in([...paths]) })
      .update({ data: change }),
  )
}
