import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { AvatarType } from '../../contract/account.ts'
import type { Call, Invocation } from './call.ts'
import { refuseClientDocument } from './client-document.ts'
import { command as _, ask, collection } from './database.ts'
import { deleteFiles } from './files.ts'

/**
 * Every picture that may be in the cloud storage has a row in `avatars` before it is there, and loses it only after
 * the file is gone. So a file that nobody's document names can be found and deleted, whatever broke off when.
 */
export const MAXIMUM_AVATAR_BYTES = 1024 * 1024
/** So long after it was given out, a path may still become somebody's picture. */
export const UPLOAD_SECONDS = 60 * 60

const rowSchema = v.object({
  /** The path in the cloud storage. */
  _id: v.string(),
  userId: v.optional(v.string()),
  createdAt: v.date(),
  /** Known once the file was seen. */
  fileId: v.optional(v.string()),
})
export type AvatarRow = v.InferOutput<typeof rowSchema>

export const avatars = () => collection('avatars')

/** A path nobody can guess or choose. One round trip. */
export async function reserveAvatar(call: Call, type: AvatarType): Promise<string> {
  const path = `avatars/${randomBytes(18).toString('base64url')}.${type}`
  const at = new Date(call.now)
  const row = { _id: path, userId: call.userId, createdAt: at, touchedAt: at, settled: false }
  await ask(call.budget, avatars().add({ data: row }))
  return path
}

/** The path that was reserved for this user and is still good, or undefined. One round trip. */
export async function findReservation(call: Call, path: string): Promise<AvatarRow | undefined> {
  const since = new Date(call.now - UPLOAD_SECONDS * 1000)
  const theirs = { _id: path, userId: call.userId, createdAt: _.gt(since), withdrawn: _.exists(false) }
  const { data } = await ask(call.budget, avatars().where(theirs).limit(1).get())
  return parseRows(data)[0]
}

/** The file of the path is its user's picture: nothing more is to be done about it. One round trip. */
export async function settleAvatar({ budget }: Invocation, path: string, fileId: string): Promise<void> {
  await ask(
    budget,
    avatars()
      .where({ _id: path })
      .update({ data: { fileId, settled: true } }),
  )
}

/** The file may be about to lose its user: `cleanup` is to look at it again, but not at once. One round trip. */
export async function unsettleAvatar({ budget, now }: Invocation, fileId: string): Promise<void> {
  const path = pathOf(fileId)
  if (path === undefined) return
  const change = { settled: false, touchedAt: new Date(now) }
  await ask(budget, avatars().where({ _id: path }).update({ data: change }))
}

/** Deletes the files, then their rows; a row whose file may still be there stays. Two round trips. */
export async function removeAvatars(invocation: Invocation, fileIds: readonly string[]): Promise<void> {
  const gone = await deleteFiles(invocation.budget, fileIds)
  const paths = gone.map(pathOf).filter((path) => path !== undefined)
  if (paths.length === 0) return
  await ask(
    invocation.budget,
    avatars()
      .where({ _id: _.in(paths) })
      .remove(),
  )
}

/** `cloud://<environment>.<bucket>/<path>` */
export function pathOf(fileId: string): string | undefined {
  return /^cloud:\/\/[^/]+\/(.+)$/.exec(fileId)?.[1]
}

/**
 * A row decides which file may be taken and which is deleted, so one that a client wrote is refused.
 * @throws AppError MISCONFIGURED
 */
export function parseRows(documents: readonly unknown[]): AvatarRow[] {
  return documents.flatMap((document) => {
    refuseClientDocument('avatars', document)
    const row = v.safeParse(rowSchema, document)
    return row.success ? [row.output] : []
  })
}
