import { createHash } from 'node:crypto'

/** A short text that differs for different texts. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
