import * as v from 'valibot'
import { settleAll } from '../core/settle-all.ts'
import { NOT_BY_CLIENT } from '../database/client-document.ts'
import { command as _, collection, query } from '../database/database.ts'
import { deleteFiles } from '../database/files.ts'
import type { Invocation } from '../request/call.ts'
import type { User } from './user.ts'

/**
 * A person uploads to a path below `UPLOADS`, where they may overwrite their file at any time. A function therefore
 * stores the bytes that it has checked as another file, below `PICTURES`, which no client may write over. That file is
 * the picture.
 *
 * Every file has a row in `avatars` before the file exists, and the row stays until the file is gone. Only `cleanup` marks
 * a row as settled. Whatever breaks off, a file that no user has is therefore found and deleted.
 */
export const UPLOADS = 'avatars/'
export const PICTURES = 'checked/avatars/'

/** How long after its reservation a path may still become a picture. */
export const UPLOAD_SECONDS = 60 * 60
/** Rows of one user that are processed at once, and files of one request to delete them. */
export const MOST_AVATARS = 50

const rowSchema = v.object({
  /** The path in the cloud storage. */
  _id: v.string(),
  /** Known once a function has seen the file. */
  fileId: v.fallback(v.optional(v.string()), undefined),
  /** For a picture: the path of the upload that it was stored from. */
  storedFrom: v.fallback(v.optional(v.string()), undefined),
})
export type AvatarRow = v.InferOutput<typeof rowSchema>

export const avatars = () => collection('avatars')

/** Deletes the files, then their rows. A row whose file may still exist stays. Two round trips. */
export async function removeAvatars(invocation: Invocation, fileIds: readonly string[]): Promise<void> {
  const gone = await deleteFiles(invocation.budget, fileIds)
  await removeRows(invocation, gone.map(pathOf))
}

async function removeRows({ budget }: Invocation, paths: readonly (string | undefined)[]): Promise<void> {
  const known = paths.filter((path) => path !== undefined)
  if (known.length === 0) return
  await query(
    budget,
    avatars()
      .where({ _id: _.in(known) })
      .remove(),
  )
}

/** The user's rows as stored, at most `MOST_AVATARS`. One round trip. */
export async function avatarsOf({ budget }: Invocation, userId: string): Promise<unknown[]> {
  const selection = avatars().where({ userId }).orderBy('_id', 'asc').limit(MOST_AVATARS)
  return (await query(budget, selection.get())).data
}

/**
 * Deletes the pictures of a closed account. A file that storage refuses to delete loses its owner and keeps its row, so
 * that the timer tries again until it is gone. The same goes for a path where an upload may still arrive. Two or three
 * round trips.
 * @param documents rows of this user
 */
export async function deleteAvatarsOf(
  invocation: Invocation,
  userId: string,
  documents: readonly unknown[],
): Promise<void> {
  if (documents.length === 0) return
  const rows = parseAvatarRows(documents)
  const fileIds = fileIdsOf(rows)
  const gone = new Set(fileIds.length === 0 ? [] : await deleteFiles(invocation.budget, fileIds))
  // A file that no function has seen may be being uploaded now.
  const seen = new Set(rows.flatMap(({ fileId }) => fileId ?? []))
  const isDone = (fileId: string) =>
    gone.has(fileId) && seen.has(fileId) && pathOf(fileId)?.startsWith(PICTURES)
  const done = fileIds.filter(isDone).map(pathOf)
  const refused = fileIds.filter((fileId) => !gone.has(fileId)).map(pathOf)
  const ids = documents.map((document) => (document as { _id?: unknown })._id)
  const later = ids.filter((id) => !done.some((path) => path === id) && !refused.some((path) => path === id))
  await settleAll([
    removeRows(invocation, done),
    disown(invocation, userId, refused, new Date(0)),
    disown(invocation, userId, later, new Date(invocation.now)),
  ])
}

/**
 * Makes the row of a picture another user's, who has the picture now. `cleanup` checks it again after a while, since that
 * user may be replacing it at this moment. A picture without a row, such as one of an import, needs none. One round trip.
 */
export async function giveAvatar(
  { budget, now }: Invocation,
  fileId: string,
  userId: string,
  { _id, generation }: Pick<User, '_id' | 'generation'>,
): Promise<void> {
  const path = pathOf(fileId)
  if (path === undefined) return
  const change = {
    userId: _id,
    generation: generation ?? _.remove(),
    settled: false,
    touchedAt: new Date(now),
  }
  await query(
    budget,
    avatars()
      .where({ _id: path, userId, ...NOT_BY_CLIENT })
      .update({ data: change }),
  )
}

/** Removes the owner from rows. @param touchedAt `cleanup` checks a row some time after this moment */
async function disown(
  { budget }: Invocation,
  userId: string,
  ids: readonly unknown[],
  touchedAt: Date,
): Promise<void> {
  if (ids.length === 0) return
  const withoutOwner = { userId: _.remove(), generation: _.remove(), storedFrom: _.remove() }
  const data = { ...withoutOwner, settled: false, touchedAt }
  await query(
    budget,
    avatars()
      .where({ _id: _.in([...ids]), userId })
      .update({ data }),
  )
}

/** The file ids of the rows, as far as they are known. All files are in one bucket. */
function fileIdsOf(rows: readonly AvatarRow[]): string[] {
  const bucket = bucketIn(rows)
  return rows.flatMap(({ _id, fileId }) => fileId ?? (bucket === undefined ? [] : bucket + _id))
}

/** `cloud://<environment>.<bucket>/`, if one of these rows contains it. */
export function bucketIn(rows: readonly AvatarRow[]): string | undefined {
  const seen = rows.find(({ _id, fileId }) => fileId?.endsWith(`/${_id}`))
  return seen?.fileId?.slice(0, -seen._id.length)
}

/** `cloud://<environment>.<bucket>/<path>` */
export function pathOf(fileId: string): string | undefined {
  return /^cloud:\/\/[^/]+\/(.+)$/.exec(fileId)?.[1]
}

/** The valid rows that no client wrote, since a row decides which file is deleted. */
export function parseAvatarRows(documents: readonly unknown[]): AvatarRow[] {
  return documents.flatMap((document) => {
    if (typeof document !== 'object' || document === null || '_openid' in document) return []
    const row = v.safeParse(rowSchema, document)
    return row.success ? [row.output] : []
  })
}
