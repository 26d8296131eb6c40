import { log } from '../shared/core/log.ts'
import { adviceOn } from '../shared/database/client-document.ts'
import { ALL_COLLECTIONS, type CollectionName } from '../shared/database/collection-names.ts'
import type { Invocation } from '../shared/request/call.ts'
import { type Batch, rangeFrom, rangeStart } from './batch.ts'

/** How many documents of one collection a run checks. */
const MOST_CHECKED = 500

/**
 * Checks a range of each collection, another one in every run, for documents that clients wrote. Logs them, so that an
 * administrator corrects the permission and finds out whose they are, and does not change them. To count all of them
 * would take reading every document of every collection every hour.
 * @returns how many of the checked documents clients wrote
 */
export async function reportClientDocuments(invocation: Invocation): Promise<Batch> {
  const counts = await Promise.all(ALL_COLLECTIONS.map((name) => reportThoseOf(invocation, name)))
  return { count: counts.reduce((sum, count) => sum + count, 0) }
}

async function reportThoseOf(
  { budget, now, functionName, requestId }: Invocation,
  name: CollectionName,
): Promise<number> {
  const found = await rangeFrom(budget, name, { start: startOf(now), most: MOST_CHECKED, only: '_openid' })
  const count = found.filter((document) => '_openid' in (document as object)).length
  if (count === 0) return 0
  const detail = `${count} of ${found.length} checked: ${adviceOn(name)}`
  const alarm = 'CLIENT_DOCUMENTS'
  log('alarm', { alarm, function: functionName, requestId, reason: 'MISCONFIGURED', detail })
  return count
}

/** Every other hour among the ids of users, otherwise among all ids: WeChat gives clients' documents other ids. */
function startOf(now: number): string {
  const isEven = Math.floor(now / (60 * 60 * 1000)) % 2 === 0
  return isEven ? `u_${rangeStart(now)}` : rangeStart(now)
}
