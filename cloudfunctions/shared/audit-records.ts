import * as v from 'valibot'
import type { ExportedRecord } from '../../contract/account.ts'
import type { Call } from './call.ts'
import { refuseClientDocument } from './client-document.ts'
import { closedAccountsOf, lastMomentOf } from './closed-accounts.ts'
import { ask, collection } from './database.ts'
import type { User } from './user.ts'

const rowSchema = v.object({
  act: v.string(),
  at: v.date(),
  by: v.optional(v.string(), 'user'),
  outcome: v.optional(v.string()),
  detail: v.optional(v.string()),
  device: v.optional(v.object({ model: v.string(), platform: v.string() })),
  from: v.optional(v.object({ source: v.optional(v.string()), ip: v.optional(v.string()) })),
  requestId: v.optional(v.string()),
})

/** What was recorded, and how many rows are damaged. */
export interface AuditRecords {
  records: ExportedRecord[]
  damaged: number
}

/**
 * The latest records about the caller's account, newest first: not about one that they have just closed, whose records
 * are about to lose the identity. One sequential round trip.
 * @param most at most 1000
 * @throws AppError MISCONFIGURED for one that a client wrote
 */
export async function auditRecordsOf(
  { budget, userId }: Call,
  { generation }: User,
  most: number,
): Promise<AuditRecords> {
  const query = collection('audit_logs').where({ userId }).orderBy('at', 'desc').limit(most)
  const [{ data }, closed] = await Promise.all([ask(budget, query.get()), closedAccountsOf(budget, userId)])
  const rows = data.map((document) => {
    refuseClientDocument('audit_logs', document)
    return v.safeParse(rowSchema, document)
  })
  const until = new Date(Math.max(0, ...closed.map((account) => Number(lastMomentOf(account, generation)))))
  return {
    records: rows.flatMap((row) => (row.success && row.output.at > until ? exportedRecord(row.output) : [])),
    damaged: rows.filter(({ success }) => !success).length,
  }
}

/** The name, address and reasons of an administrator are theirs, and no record about the user. */
function exportedRecord({ act, at, by, from, ...row }: v.InferOutput<typeof rowSchema>): ExportedRecord {
  const { outcome, detail, device, requestId } = row
  const what = { act, at: at.toISOString(), ...(outcome === undefined ? {} : { outcome }) }
  if (by !== 'user') return { ...what, by: 'administrator' }
  return {
    ...what,
    by: 'user',
    ...(detail === undefined ? {} : { detail }),
    ...(device === undefined ? {} : { device }),
    ...(from?.source === undefined ? {} : { source: from.source }),
    ...(from?.ip === undefined ? {} : { ip: from.ip }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}
