import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import { command as _, query } from '../shared/database/database.ts'
import type { Call } from '../shared/request/call.ts'
import { avatars, parseAvatarRows, UPLOAD_SECONDS } from '../shared/users/avatars.ts'

/**
 * How many open upload paths a user may have. One more withdraws the oldest: it is no longer accepted, and its row stays
 * until `cleanup` has deleted the file that may be there. Concurrent requests may each exceed the maximum by one.
 */
const MAXIMUM_OPEN_PATHS = 5

/** The caller's open paths that exceed the maximum once another is reserved. One round trip. */
export async function findExcessPaths({ budget, userId, now }: Call): Promise<string[]> {
  const open = {
    userId,
    settled: false,
    fileId: _.exists(false),
    storedFrom: _.exists(false),
    withdrawn: _.exists(false),
    createdAt: _.gt(new Date(now - UPLOAD_SECONDS * 1000)),
    ...NOT_BY_CLIENT,
  }
  const { data } = await query(budget, avatars().where(open).orderBy('createdAt', 'desc').get())
  return parseAvatarRows(data)
    .slice(MAXIMUM_OPEN_PATHS - 1)
    .map(({ _id }) => _id)
}

/** The paths are no longer accepted. One round trip, or none. */
export async function withdrawPaths({ budget }: Call, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return
  const change = { withdrawn: true }
  await query(
    budget,
    avatars()
      .where({ _id: _.in([...paths]) })
      .update({ data: change }),
  )
}
