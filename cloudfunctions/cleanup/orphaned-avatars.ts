import * as v from 'valibot'
import {
  type AvatarRow,
  avatars,
  bucketIn,
  readRows,
  removeAvatars,
  UPLOAD_SECONDS,
} from '../shared/avatars.ts'
import type { Invocation } from '../shared/call.ts'
import { NOT_BY_CLIENT } from '../shared/client-document.ts'
import { reportDamaged } from '../shared/damaged-document.ts'
import { command as _, ask } from '../shared/database.ts'
import { deleteFiles, writeFile } from '../shared/files.ts'
import { users } from '../shared/users.ts'
import { type Batch, idsOf, pageOf } from './batch.ts'

/** Twice as long as a path may still become somebody's picture. */
const UNTOUCHED_MILLISECONDS = 2 * UPLOAD_SECONDS * 1000
/** Files of one `deleteFile`. */
const AT_ONCE = 50
/** Users who have one of these pictures; an import may have given one to many. */
const MOST_USERS = 1000

/**
 * Deletes pictures that no user has: uploaded and never taken, replaced, or of a closed account. One that storage refuses
 * to delete keeps its row and is tried again by every run.
 */
export async function removeOrphanedAvatars(invocation: Invocation, after: string): Promise<Batch> {
  const { budget, now } = invocation
  const untouchedSince = new Date(now - UNTOUCHED_MILLISECONDS)
  const open = { ...NOT_BY_CLIENT, settled: false, touchedAt: _.lt(untouchedSince) }
  const page = await pageOf(budget, 'avatars', { condition: open, after, most: AT_ONCE })
  const rows = readRows(page.data)
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
    // Unless the picture is being replaced in this very moment, which touches its row first.
    const untouched = { _id: _.in(inUse), touchedAt: _.lt(untouchedSince) }
    await ask(
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

/** Those files that some user has as their picture, no matter which user: an account's picture may have been moved. */
async function takenAmong(invocation: Invocation, fileIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { budget } = invocation
  const query = users()
    .where({ avatar: _.in([...fileIds]) })
    .field({ avatar: true })
    .limit(MOST_USERS)
  const { data } = await ask(budget, query.get())
  if (data.length === MOST_USERS && fileIds.length > 1) {
    // Not all of them have come, so each file is asked for by itself: none is deleted for want of an answer.
    const each = await Promise.all(fileIds.map((fileId) => takenAmong(invocation, [fileId])))
    return new Set(each.flatMap((taken) => [...taken]))
  }
  return new Set(data.filter((document) => v.is(avatarSchema, document)).map(({ avatar }) => avatar))
}

/** `cloud://<environment>.<bucket>/`, which only a file tells: if none is known, one is written and deleted. */
async function bucketOf(invocation: Invocation, rows: readonly AvatarRow[]): Promise<string> {
  const { budget } = invocation
  const known = bucketIn(rows) ?? bucketIn(readRows((await ask(budget, settledRow().get())).data))
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
