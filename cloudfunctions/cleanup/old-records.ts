import type { Invocation } from '../shared/call.ts'
import { command as _, ask, collection } from '../shared/database.ts'
import { idsOf } from './batch.ts'
import { BATCH } from './limits.ts'

const KEPT_DAYS = 180

/** Removes rows of `audit_logs` that are past their time. */
export async function removeOldRecords({ budget, now }: Invocation): Promise<number> {
  const records = collection('audit_logs')
  const old = { at: _.lt(new Date(now - KEPT_DAYS * 24 * 60 * 60 * 1000)) }
  const { data } = await ask(budget, records.where(old).limit(BATCH).get())
  const ids = idsOf(data)
  if (ids.length === 0) return 0
  const { stats } = await ask(budget, records.where({ _id: _.in(ids) }).remove())
  return stats.removed
}
