import type { Invocation } from '../shared/call.ts'
import { adviceOn } from '../shared/client-document.ts'
import { command as _, ask, collection } from '../shared/database.ts'
import { log } from '../shared/log.ts'
import { OWNED_COLLECTIONS } from '../shared/owned-collections.ts'

const COLLECTIONS = ['users', 'audit_logs', 'avatars', 'rate_limits', ...OWNED_COLLECTIONS]

/**
 * Looks for documents that clients wrote themselves, and says so in the log: nothing acts on them, but somebody has to
 * set the permission right. They are left as they are, since they may be evidence.
 * @returns how many there are
 */
export async function reportClientDocuments({
  budget,
  functionName,
  requestId,
}: Invocation): Promise<number> {
  const counts = await Promise.all(
    COLLECTIONS.map(async (name) => {
      const query = collection(name).where({ _openid: _.exists(true) })
      const { total } = await ask(budget, query.count())
      if (total === 0) return 0
      const detail = `${total} of them: ${adviceOn(name)}`
      log('error', { function: functionName, requestId, reason: 'MISCONFIGURED', detail })
      return total
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}
