import * as v from 'valibot'
import type { ExportAccountData } from '../../contract/account.ts'
import type { Call } from './call.ts'
import { refuseClientDocument } from './client-document.ts'
import { command as _, ask, collection } from './database.ts'

const MOST_ROWS = 1000

const rowSchema = v.object({
  act: v.string(),
  at: v.date(),
  reason: v.optional(v.string()),
  from: v.optional(v.object({ ip: v.optional(v.string()) })),
})

/** What was recorded about the caller since `since`, newest first. One round trip. @throws AppError MISCONFIGURED */
export async function auditRecordsOf(
  { budget, userId }: Call,
  since: Date,
): Promise<ExportAccountData['records']> {
  const theirs = { userId, at: _.gte(since) }
  const query = collection('audit_logs').where(theirs).orderBy('at', 'desc').limit(MOST_ROWS)
  const { data } = await ask(budget, query.get())
  return data.flatMap((document) => {
    refuseClientDocument('audit_logs', document)
    const row = v.safeParse(rowSchema, document)
    if (!row.success) return []
    const { act, at, reason, from } = row.output
    return {
      act,
      at: at.toISOString(),
      ...(from?.ip === undefined ? {} : { ip: from.ip }),
      ...(reason === undefined ? {} : { reason }),
    }
  })
}
