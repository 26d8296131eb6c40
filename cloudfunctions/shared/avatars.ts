import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { AvatarType } from '../../contract/account.ts'
import { allDone } from './all-done.ts'
import type { Call, Invocation } from './call.ts'
import { NOT_BY_CLIENT, refuseClientDocument } from './client-document.ts'
import { command as _, ask, collection } from './database.ts'
import { deleteFiles } from './files.ts'
import { ownership } from './owned-collections.ts'
import type { User } from './user.ts'

/**
 * A person uploads to a path below `UPLOADS`, where they may overwrite their file for ever. So what a function has
 * checked it stores as a file of its own below `PICTURES`, which no client may write over, and that one is the picture.
 *
 * Every file has a row in `avatars` before it is there, and loses it only after the file is gone. Only `cleanup` ever
 * says of a row that it is settled. So a file that nobody's document names is found and deleted, whatever broke off when.
 */
const UPLOADS = 'avatars/'
const PICTURES = 'checked/avatars/'

export const MAXIMUM_AVATAR_BYTES = 1024 * 1024
/** So long after it was given out, a path may still become somebody's picture. */
export const UPLOAD_SECONDS = 60 * 60
/** Rows of one user that are dealt with at once, and files of one request to delete them. */
export const MOST_AVATARS = 50

const rowSchema = v.object({
  /** The path in the cloud storage. */
  _id: v.string(),
  /** Known once the file was seen. */
  fileId: v.fallback(v.optional(v.string()), undefined),
  /** Of a picture: the path of the upload that it was. */
  storedFrom: v.fallback(v.optional(v.string()), undefined),
})
export type AvatarRow = v.InferOutput<typeof rowSchema>

export const avatars = () => collection('avatars')

/** A path for an upload, which nobody can guess or choose. One round trip. */
export function reserveAvatar(call: Call, user: User, type: AvatarType): Promise<string> {
  return addRow(call, user, `${UPLOADS}${randomBytes(18).toString('base64url')}.${type}`)
}

/** A path for the picture that is stored of an upload. @param upload the path of that. One round trip. */
export function reservePicture(call: Call, user: User, upload: string): Promise<string> {
  const type = upload.split('.').pop()
  const path = `${PICTURES}${randomBytes(18).toString('base64url')}.${type}`
  return addRow(call, user, path, { storedFrom: upload })
}

async function addRow(call: Call, user: User, path: string, more: object = {}): Promise<string> {
  const at = new Date(call.now)
  const row = { _id: path, ...ownership(user), createdAt: at, touchedAt: at, settled: false, ...more }
  await ask(call.budget, avatars().add({ data: row }))
  return path
}

/**
 * The path that was reserved for this user and is still good, or undefined. One round trip.
 * @throws AppError MISCONFIGURED for a row that a client wrote
 */
export async function findReservation(call: Call, path: string): Promise<AvatarRow | undefined> {
  const since = new Date(call.now - UPLOAD_SECONDS * 1000)
  const theirs = { _id: path, userId: call.userId, createdAt: _.gt(since), withdrawn: _.exists(false) }
  const { data } = await ask(call.budget, avatars().where(theirs).limit(1).get())
  for (const document of data) refuseClientDocument('avatars', document)
  return path.startsWith(UPLOADS) ? readRows(data)[0] : undefined
}

/** Whether the picture that the user has was stored from this upload. One round trip. */
export async function isStoredFrom(call: Call, fileId: string, upload: string): Promise<boolean> {
  const path = pathOf(fileId)
  if (path === undefined) return false
  const { userId } = call
  const theirs = { _id: path, userId, createdAt: _.gt(new Date(0)) }
  const { data } = await ask(call.budget, avatars().where(theirs).limit(1).get())
  return readRows(data)[0]?.storedFrom === upload
}

/** Says which file is at a path. One round trip. */
export async function noteFile({ budget }: Invocation, path: string, fileId: string): Promise<void> {
  await ask(budget, avatars().where({ _id: path }).update({ data: { fileId } }))
}

/**
 * The file may be about to lose its user: `cleanup` is to look at it again, but not at once. One round trip.
 * @returns whether it is a file that this user may delete: other pictures, such as one that an import gave to many
 * people, are nobody's to delete
 */
export async function unsettleAvatar({ budget, userId, now }: Call, fileId: string): Promise<boolean> {
  const path = pathOf(fileId)
  if (path === undefined) return false
  const change = { settled: false, fileId, touchedAt: new Date(now) }
  const theirs = { _id: path, userId, ...NOT_BY_CLIENT }
  const { stats } = await ask(budget, avatars().where(theirs).update({ data: change }))
  return stats.updated === 1
}

/** Deletes the files, then their rows; a row whose file may still be there stays. Two round trips. */
export async function removeAvatars(invocation: Invocation, fileIds: readonly string[]): Promise<void> {
  const gone = await deleteFiles(invocation.budget, fileIds)
  await removeRows(invocation, gone.map(pathOf))
}

async function removeRows({ budget }: Invocation, paths: readonly (string | undefined)[]): Promise<void> {
  const known = paths.filter((path) => path !== undefined)
  if (known.length === 0) return
  await ask(
    budget,
    avatars()
      .where({ _id: _.in(known) })
      .remove(),
  )
}

/** The user's rows, as they are stored, at most `MOST_AVATARS`. One round trip. */
export async function avatarsOf({ budget }: Invocation, userId: string): Promise<unknown[]> {
  const query = avatars().where({ userId }).orderBy('_id', 'asc').limit(MOST_AVATARS)
  return (await ask(budget, query.get())).data
}

/**
 * Deletes the pictures of an account that is closed. A file that storage refuses to delete loses its owner and keeps its
 * row, so that the timer tries again until it is gone. So does a path where an upload may still arrive. Two or three
 * round trips.
 * @param documents rows of this user
 */
export async function closeAvatars(
  invocation: Invocation,
  userId: string,
  documents: readonly unknown[],
): Promise<void> {
  if (documents.length === 0) return
  const rows = readRows(documents)
  const fileIds = fileIdsOf(rows)
  const gone = new Set(fileIds.length === 0 ? [] : await deleteFiles(invocation.budget, fileIds))
  // One that was never seen may be written in this very moment, though it is not there yet.
  const seen = new Set(rows.flatMap(({ fileId }) => fileId ?? []))
  const isDone = (fileId: string) =>
    gone.has(fileId) && seen.has(fileId) && pathOf(fileId)?.startsWith(PICTURES)
  const done = fileIds.filter(isDone).map(pathOf)
  const refused = fileIds.filter((fileId) => !gone.has(fileId)).map(pathOf)
  const ids = documents.map((document) => (document as { _id?: unknown })._id)
  const later = ids.filter((id) => !done.some((path) => path === id) && !refused.some((path) => path === id))
  await allDone([
    removeRows(invocation, done),
    disown(invocation, userId, refused, new Date(0)),
    disown(invocation, userId, later, new Date(invocation.now)),
  ])
}

/** @param touchedAt from when on it is counted when `cleanup` looks at them */
async function disown(
  { budget }: Invocation,
  userId: string,
  ids: readonly unknown[],
  touchedAt: Date,
): Promise<void> {
  if (ids.length === 0) return
  const nobodys = { userId: _.remove(), generation: _.remove(), storedFrom: _.remove() }
  const data = { ...nobodys, settled: false, touchedAt }
  await ask(
    budget,
    avatars()
      .where({ _id: _.in([...ids]), userId })
      .update({ data }),
  )
}

/** What each row's file is called, as far as it is known: all are in one bucket. */
function fileIdsOf(rows: readonly AvatarRow[]): string[] {
  const bucket = bucketIn(rows)
  return rows.flatMap(({ _id, fileId }) => fileId ?? (bucket === undefined ? [] : bucket + _id))
}

/** `cloud://<environment>.<bucket>/`, if one of these rows tells it. */
export function bucketIn(rows: readonly AvatarRow[]): string | undefined {
  const seen = rows.find(({ _id, fileId }) => fileId?.endsWith(`/${_id}`))
  return seen?.fileId?.slice(0, -seen._id.length)
}

/** `cloud://<environment>.<bucket>/<path>` */
export function pathOf(fileId: string): string | undefined {
  return /^cloud:\/\/[^/]+\/(.+)$/.exec(fileId)?.[1]
}

/** Rows that no client wrote: a row decides which file is deleted. */
export function readRows(documents: readonly unknown[]): AvatarRow[] {
  return documents.flatMap((document) => {
    if (typeof document !== 'object' || document === null || '_openid' in document) return []
    const row = v.safeParse(rowSchema, document)
    return row.success ? [row.output] : []
  })
}
