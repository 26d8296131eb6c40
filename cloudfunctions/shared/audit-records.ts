import * as v from 'valibot'
import type { ExportAccountData } from '../../contract/account.ts'
import type { Call } from './call.ts'
import { refuseClientDocument } from './client-document.ts'
import { closedAccountsOf, lastMomentOf } from './closed-accounts.ts'
import { ask, collection } from './database.ts'
import type { User } from './user.ts'

const MOST_ROWS = 1000

const rowSchema = v.object({
  act: v.string(),
  at: v.date(),
  reason: v.optional(v.string()),
  from: v.optional(v.object({ ip: v.optional(v.string()) })),
})

/**
 * What was recorded about the caller's account, newest first: not about one that they have just closed, whose records
 * are about to lose the identity. One sequential round trip.
 * @throws AppError MISCONFIGURED
 */
export async function auditRecordsOf(
  { budget, userId }: Call,
  { generation }: User,
): Promise<ExportAccountData['records']> {
  const query = collection('audit_logs').where({ userId }).orderBy('at', 'desc').limit(MOST_ROWS)
  const [{ data }, closed] = await Promise.all([ask(budget, query.get()), closedAccountsOf(budget, userId)])
  const until = new Date(Math.max(0, ...closed.map((account) => Number(lastMomentOf(account, generation)))))
  return data.flatMap((document) => {
    refuseClientDocument('audit_logs', document)
    const row = v.safeParse(rowSchema, document)
    if (!row.success || row.output.at <= until) return []
    const { act, at, reason, from } = row.output
    return {
      act,
      at: at.toISOString(),
      ...(from?.ip === undefined ? {} : { ip: from.ip }),
      ...(reason === undefined ? {} : { reason }),
    }
  })
}
