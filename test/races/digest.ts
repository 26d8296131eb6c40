import { createHash } from 'node:crypto'

/** Short, and another for every text. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
