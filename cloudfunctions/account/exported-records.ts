import * as v from 'valibot'
import type { ExportedRecord } from '../../contract/account.ts'
import { refuseClientDocument } from '../shared/database/client-document.ts'
import { collection, query } from '../shared/database/database.ts'
import type { Call } from '../shared/request/call.ts'
import { closedAccountsOf, lastRecordAt } from '../shared/users/closed-accounts.ts'
import type { User } from '../shared/users/user.ts'

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

/** The readable audit entries, and the number of damaged ones. */
export interface AuditRecords {
  records: ExportedRecord[]
  damaged: number
}

/**
 * The latest audit entries of the caller's account, newest first. Leaves out those of a closed account, which the timer
 * is about to anonymize. One sequential round trip.
 * @param most at most 1000
 * @throws AppError MISCONFIGURED for an entry that a client wrote
 */
export async function auditRecordsOf(
  { budget, userId }: Call,
  { generation }: User,
  most: number,
): Promise<AuditRecords> {
  const selection = collection('audit_logs').where({ userId }).orderBy('at', 'desc').limit(most)
  const [{ data }, closed] = await Promise.all([
    query(budget, selection.get()),
    closedAccountsOf(budget, userId),
  ])
  const rows = data.map((document) => {
    refuseClientDocument('audit_logs', document)
    return v.safeParse(rowSchema, document)
  })
  const until = new Date(Math.max(0, ...closed.map((account) => Number(lastRecordAt(account, generation)))))
  return {
    records: rows.flatMap((row) => (row.success && row.output.at > until ? exportedRecord(row.output) : [])),
    damaged: rows.filter(({ success }) => !success).length,
  }
}

/** Leaves out an administrator's name, address and reason, and the call of another account: those are not the user's data. */
function exportedRecord({ act, at, by, from, ...row }: v.InferOutput<typeof rowSchema>): ExportedRecord {
  const { outcome, detail, device, requestId } = row
  const common = { act, at: at.toISOString(), ...(outcome === undefined ? {} : { outcome }) }
  if (by !== 'user') return { ...common, by: by === 'other' ? 'otherAccount' : 'administrator' }
  return {
    ...common,
    by: 'user',
    ...(detail === undefined ? {} : { detail }),
    ...(device === undefined ? {} : { device }),
    ...(from?.source === undefined ? {} : { source: from.source }),
    ...(from?.ip === undefined ? {} : { ip: from.ip }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}
