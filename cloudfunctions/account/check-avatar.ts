import { AppError } from '../shared/app-error.ts'
import { findReservation, isStoredFrom, MAXIMUM_AVATAR_BYTES, pathOf } from '../shared/avatars.ts'
import type { Call } from '../shared/call.ts'
import { type FileContent, readFile } from '../shared/files.ts'

/** An upload that may become a picture, with the very bytes that were checked. */
export interface CheckedAvatar {
  path: string
  content: Buffer
}

/**
 * A picture counts only at the path that was given to this very user, and as what it is rather than what it is
 * called. The path and the file are looked at side by side.
 * @param current the picture that the user has
 * @returns undefined when that is this upload already: an answer that was lost is asked for again
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
