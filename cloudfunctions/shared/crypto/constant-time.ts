import { timingSafeEqual } from 'node:crypto'

/** Compares two texts in a time that does not depend on where they differ. Their lengths may show. */
export function constantTimeEqual(a: string, b: string): boolean {
  const [bytesA, bytesB] = [Buffer.from(a), Buffer.from(b)]
  return bytesA.length === bytesB.length && timingSafeEqual(bytesA, bytesB)
}
