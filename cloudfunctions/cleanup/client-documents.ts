import type { Invocation } from '../shared/call.ts'
import { adviceOn } from '../shared/client-document.ts'
import { log } from '../shared/log.ts'
import { OWNED_COLLECTIONS } from '../shared/owned-collections.ts'
import { type Batch, placeOf, stretchFrom } from './batch.ts'

const COLLECTIONS = ['users', 'audit_logs', 'avatars', 'closed_accounts', 'rate_limits', ...OWNED_COLLECTIONS]
/** Of one collection, in one run. */
const STRETCH = 500

/**
 * Looks at a stretch of each collection, another one every hour, for documents that clients wrote themselves, and says so
 * in the log: nothing acts on them, but somebody has to set the permission right and see whose they are. They are left as
 * they are. To count them all would be to read every document of every collection every hour.
 * @returns how many there are in what it has looked at
 */
export async function reportClientDocuments(invocation: Invocation): Promise<Batch> {
  const counts = await Promise.all(COLLECTIONS.map((name) => reportThoseOf(invocation, name)))
  return { count: counts.reduce((sum, count) => sum + count, 0) }
}

async function reportThoseOf(
  { budget, now, functionName, requestId }: Invocation,
  name: string,
): Promise<number> {
  const found = await stretchFrom(budget, name, { start: startOf(now), most: STRETCH, only: '_openid' })
  const count = found.filter((document) => '_openid' in (document as object)).length
  if (count === 0) return 0
  const detail = `${count} of ${found.length} looked at: ${adviceOn(name)}`
  log('error', { function: functionName, requestId, reason: 'MISCONFIGURED', detail })
  return count
}

/** Every other hour among the ids of users, else among all: those that WeChat gives to clients' documents are others. */
function startOf(now: number): string {
  const isEven = Math.floor(now / (60 * 60 * 1000)) % 2 === 0
  return isEven ? `u_${placeOf(now)}` : placeOf(now)
}
