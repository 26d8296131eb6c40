import { randomBytes } from 'node:crypto'
import type { AvatarType } from '../../contract/account.ts'
import { NOT_BY_CLIENT, refuseClientDocument } from '../shared/database/client-document.ts'
import { command as _, query } from '../shared/database/database.ts'
import type { Call, Invocation } from '../shared/request/call.ts'
import {
  type AvatarRow,
  avatars,
  PICTURES,
  parseAvatarRows,
  pathOf,
  UPLOAD_SECONDS,
  UPLOADS,
} from '../shared/users/avatars.ts'
import { ownership } from '../shared/users/ownership.ts'
import type { User } from '../shared/users/user.ts'

export const MAXIMUM_AVATAR_BYTES = 1024 * 1024

/** Reserves a path for an upload, which nobody can guess or choose. One round trip. */
export function reserveUpload(call: Call, user: User, type: AvatarType): Promise<string> {
  return addRow(call, user, `${UPLOADS}${randomBytes(18).toString('base64url')}.${type}`)
}

/** Reserves a path for the picture that is stored from an upload. @param upload the upload's path. One round trip. */
export function reservePicture(call: Call, user: User, upload: string): Promise<string> {
  const type = upload.split('.').pop()
  const path = `${PICTURES}${randomBytes(18).toString('base64url')}.${type}`
  return addRow(call, user, path, { storedFrom: upload })
}

async function addRow(call: Call, user: User, path: string, more: object = {}): Promise<string> {
  const at = new Date(call.now)
  const row = { _id: path, ...ownership(user), createdAt: at, touchedAt: at, settled: false, ...more }
  await query(call.budget, avatars().add({ data: row }))
  return path
}

/**
 * The row of a path that is reserved for this user, unexpired and not withdrawn; otherwise undefined. One round trip.
 * @throws AppError MISCONFIGURED for a row that a client wrote
 */
export async function findReservation(call: Call, path: string): Promise<AvatarRow | undefined> {
  const since = new Date(call.now - UPLOAD_SECONDS * 1000)
  const reserved = { _id: path, userId: call.userId, createdAt: _.gt(since), withdrawn: _.exists(false) }
  const { data } = await query(call.budget, avatars().where(reserved).limit(1).get())
  for (const document of data) refuseClientDocument('avatars', document)
  return path.startsWith(UPLOADS) ? parseAvatarRows(data)[0] : undefined
}

/** Whether the user's current picture was stored from this upload. One round trip. */
export async function isStoredFrom(call: Call, fileId: string, upload: string): Promise<boolean> {
  const path = pathOf(fileId)
  if (path === undefined) return false
  const { userId } = call
  const ofUser = { _id: path, userId, createdAt: _.gt(new Date(0)) }
  const { data } = await query(call.budget, avatars().where(ofUser).limit(1).get())
  return parseAvatarRows(data)[0]?.storedFrom === upload
}

/** Stores the file id of a path. One round trip. */
export async function saveFileId({ budget }: Invocation, path: string, fileId: string): Promise<void> {
  await query(budget, avatars().where({ _id: path }).update({ data: { fileId } }))
}

/**
 * Marks the row of a picture that may be about to lose its user, so that `cleanup` checks it again after a while. One
 * round trip.
 * @returns whether this user may delete the file. Other pictures, such as one that an import gave to many people, may be
 * deleted by nobody
 */
export async function unsettleAvatar({ budget, userId, now }: Call, fileId: string): Promise<boolean> {
  const path = pathOf(fileId)
  if (path === undefined) return false
  const change = { settled: false, fileId, touchedAt: new Date(now) }
  const ofUser = { _id: path, userId, ...NOT_BY_CLIENT }
  const { stats } = await query(budget, avatars().where(ofUser).update({ data: change }))
  return stats.updated === 1
}
