import * as v from 'valibot'
import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import { reportDamaged } from '../shared/database/damaged-document.ts'
import { command as _, query } from '../shared/database/database.ts'
import { deleteFiles, writeFile } from '../shared/database/files.ts'
import type { Invocation } from '../shared/request/call.ts'
import {
  type AvatarRow,
  avatars,
  bucketIn,
  parseAvatarRows,
  removeAvatars,
  UPLOAD_SECONDS,
} from '../shared/users/avatars.ts'
import { users } from '../shared/users/users.ts'
import { type Batch, duePage, idsOf } from './batch.ts'

/** Twice as long as a path may still become a picture. */
const UNTOUCHED_MILLISECONDS = 2 * UPLOAD_SECONDS * 1000
/** Files of one request to delete them. */
const AT_ONCE = 50
/** Users who have one of these pictures; an import may have given one picture to many. */
const MOST_USERS = 1000

const UNSETTLED = { ...NOT_BY_CLIENT, settled: false }

/** Condition: a path whose picture this run settles or deletes, or that was due before another time. */
export function unsettledAvatars(before: number): object {
  return { ...UNSETTLED, touchedAt: _.lt(new Date(before - UNTOUCHED_MILLISECONDS)) }
}

/**
 * Deletes pictures that no user has: unused uploads, replaced pictures, and those of closed accounts. If storage refuses
 * to delete a file, its row stays, and every run tries again.
 */
export async function removeOrphanedAvatars(invocation: Invocation, after: string): Promise<Batch> {
  const { budget, now } = invocation
  const untouchedSince = new Date(now - UNTOUCHED_MILLISECONDS)
  const page = await duePage(budget, 'avatars', {
    condition: UNSETTLED,
    field: 'touchedAt',
    before: untouchedSince,
    after,
    most: AT_ONCE,
  })
  const rows = parseAvatarRows(page.data)
  reportUnreadable(invocation, page.data, rows)
  const next = page.next === undefined ? {} : { next: page.next }
  if (rows.length === 0) return { count: 0, ...next }
  const bucket = await bucketOf(invocation, rows)
  const files = new Map(rows.map(({ _id, fileId }) => [fileId ?? bucket + _id, _id]))
  const taken = await takenAmong(invocation, [...files.keys()])
  const inUse = [...files].filter(([fileId]) => taken.has(fileId)).map(([, path]) => path)
  const orphans = [...files.keys()].filter((fileId) => !taken.has(fileId))
  if (orphans.length > 0) await removeAvatars(invocation, orphans)
  if (inUse.length > 0) {
    // With the condition, since a picture may be being replaced now, which changes `touchedAt` first.
    const untouched = { _id: _.in(inUse), touchedAt: _.lt(untouchedSince) }
    await query(
      budget,
      avatars()
        .where(untouched)
        .update({ data: { settled: true } }),
    )
  }
  return { count: rows.length, ...next }
}

function reportUnreadable(
  invocation: Invocation,
  documents: readonly unknown[],
  rows: readonly AvatarRow[],
): void {
  const readable = new Set<unknown>(rows.map(({ _id }) => _id))
  const damaged = documents.filter((document) => !readable.has(idsOf([document])[0]))
  reportDamaged(invocation, 'avatars', damaged)
}

const avatarSchema = v.object({ avatar: v.string() })

/** The files that are the picture of any user: an account's picture may have been moved to another account. */
async function takenAmong(invocation: Invocation, fileIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { budget } = invocation
  const selection = users()
    .where({ avatar: _.in([...fileIds]) })
    .field({ avatar: true })
    .limit(MOST_USERS)
  const { data } = await query(budget, selection.get())
  if (data.length === MOST_USERS && fileIds.length > 1) {
    // The answer is incomplete, so each file gets a query of its own: no file in use is deleted.
    const each = await Promise.all(fileIds.map((fileId) => takenAmong(invocation, [fileId])))
    return new Set(each.flatMap((taken) => [...taken]))
  }
  return new Set(data.filter((document) => v.is(avatarSchema, document)).map(({ avatar }) => avatar))
}

/** `cloud://<environment>.<bucket>/`, which only a file id contains: if none is known, writes and deletes a file. */
async function bucketOf(invocation: Invocation, rows: readonly AvatarRow[]): Promise<string> {
  const { budget } = invocation
  const known = bucketIn(rows) ?? bucketIn(parseAvatarRows((await query(budget, settledRow().get())).data))
  if (known !== undefined) return known
  const fileId = await writeFile(budget, PROBE, Buffer.from('.'))
  await deleteFiles(budget, [fileId])
  return fileId.slice(0, -PROBE.length)
}

const PROBE = 'avatars/which-bucket.txt'
const settledRow = () =>
  avatars()
    .where({ settled: true, ...NOT_BY_CLIENT })
    .limit(1)
