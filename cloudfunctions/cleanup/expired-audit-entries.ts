import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import type { Invocation } from '../shared/request/call.ts'
import { type AgedDocuments, removeAged } from './aged-documents.ts'
import type { Batch } from './batch.ts'

/** How long `audit_logs` keeps an entry, as the privacy policy promises. */
export const KEPT_DAYS = 180

export function expiredAuditEntries(now: number): AgedDocuments {
  const before = new Date(now - KEPT_DAYS * 24 * 60 * 60 * 1000)
  return { name: 'audit_logs', field: 'at', before, further: NOT_BY_CLIENT }
}

/** Removes entries of `audit_logs` that are older than that. */
export function removeExpiredAuditEntries(
  { budget, now }: Invocation,
  _after: string,
  scale: number,
): Promise<Batch> {
  return removeAged(budget, expiredAuditEntries(now), scale)
}
