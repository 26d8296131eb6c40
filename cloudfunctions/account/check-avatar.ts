import { AppError } from '../shared/core/app-error.ts'
import { type FileContent, readFile } from '../shared/database/files.ts'
import type { Call } from '../shared/request/call.ts'
import { pathOf } from '../shared/users/avatars.ts'
import { findReservation, isStoredFrom, MAXIMUM_AVATAR_BYTES } from './reservations.ts'

/** An upload that may become a picture, with the bytes that were checked. */
export interface CheckedAvatar {
  path: string
  content: Buffer
}

/**
 * Accepts a picture only at a path that is reserved for this user, and by its content, not its name. Reads the reservation
 * and the file at the same time.
 * @param current the user's current picture
 * @returns undefined when the current picture was stored from this upload: the client repeats a call whose answer it lost
 * @throws AppError AVATAR_INVALID; DATABASE_UNAVAILABLE and TIMEOUT of database and storage
 */
export async function checkAvatar(
  call: Call,
  fileId: string,
  current: string,
): Promise<CheckedAvatar | undefined> {
  const path = pathOf(fileId)
  if (path === undefined) throw new AppError('AVATAR_INVALID')
  const [reserved, file] = await Promise.all([
    findReservation(call, path),
    readFile(call.budget, fileId, MAXIMUM_AVATAR_BYTES),
  ])
  if (reserved && file && isPicture(file, path)) return { path, content: file.content }
  if (current !== '' && (await isStoredFrom(call, current, path))) return undefined
  throw new AppError('AVATAR_INVALID')
}

function isPicture({ sizeBytes, content }: FileContent, path: string): boolean {
  if (sizeBytes === 0 || sizeBytes > MAXIMUM_AVATAR_BYTES) return false
  const start = content.subarray(0, 12)
  return path.endsWith(`.${typeOf(start)}`)
}

/** By the signatures that JPEG, PNG and WebP files begin with. */
function typeOf(start: Buffer): string | undefined {
  const hex = start.toString('hex')
  if (hex.startsWith('ffd8ff')) return 'jpg'
  if (hex.startsWith('89504e470d0a1a0a')) return 'png'
  if (hex.startsWith('52494646') && start.subarray(8, 12).toString('latin1') === 'WEBP') return 'webp'
  return undefined
}
