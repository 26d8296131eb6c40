import { AppError } from '../shared/app-error.ts'
import { findReservation, MAXIMUM_AVATAR_BYTES, pathOf } from '../shared/avatars.ts'
import type { Call } from '../shared/call.ts'
import { type FileHead, readFileHead } from '../shared/files.ts'

/**
 * A picture counts only at the path that was given to this very user, and as what it is rather than what it is
 * called. The path and the file are looked at side by side.
 * @returns the path
 * @throws AppError AVATAR_INVALID; DATABASE_UNAVAILABLE and TIMEOUT of database and storage
 */
export async function checkAvatar(call: Call, fileId: string): Promise<string> {
  const path = pathOf(fileId)
  if (path === undefined) throw new AppError('AVATAR_INVALID')
  const [reserved, head] = await Promise.all([findReservation(call, path), readFileHead(call.budget, fileId)])
  if (!reserved || !head || !isPicture(head, path)) throw new AppError('AVATAR_INVALID')
  return path
}

function isPicture({ sizeBytes, start }: FileHead, path: string): boolean {
  if (sizeBytes === 0 || sizeBytes > MAXIMUM_AVATAR_BYTES) return false
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
