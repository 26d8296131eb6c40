import type { Invocation } from '../shared/call.ts'
import { command as _, ask, collection } from '../shared/database.ts'
import { BATCH, type Batch, idsOf, withIds } from './batch.ts'

/** So long `audit_logs` keeps a row; the privacy policy promises it. */
export const KEPT_DAYS = 180

/** Removes rows of `audit_logs` that are past their time. */
export async function removeOldRecords({ budget, now }: Invocation): Promise<Batch> {
  const old = { at: _.lt(new Date(now - KEPT_DAYS * 24 * 60 * 60 * 1000)) }
  const query = collection('audit_logs').where(old).field({ _id: true }).limit(BATCH)
  const { data } = await ask(budget, query.get())
  const ids = idsOf(data)
  if (ids.length === 0) return { count: 0 }
  const { stats } = await ask(budget, withIds('audit_logs', ids).remove())
  return ids.length < BATCH ? { count: stats.removed } : { count: stats.removed, next: '' }
}
