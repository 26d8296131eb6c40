import { AppError } from '../shared/app-error.ts'
import type { Invocation } from '../shared/call.ts'
import { log } from '../shared/log.ts'
import { BATCH } from './batch.ts'
import { reportClientDocuments } from './client-documents.ts'
import { endExpiredSessions } from './expired-sessions.ts'
import { removeOldCounts } from './old-counts.ts'
import { removeOldRecords } from './old-records.ts'
import { removeOrphanedAvatars } from './orphaned-avatars.ts'
import { renewPhoneCiphers } from './phone-ciphers.ts'
import { removeStrayDocuments } from './stray-documents.ts'
import { finishClosings } from './unfinished-closings.ts'

/**
 * One batch of one kind of housekeeping. Each is a few conditional writes that can be done twice at once and broken
 * off anywhere; a later run goes on, since what is done no longer fits the condition.
 * @returns how many documents it dealt with; as many as a batch holds when there may be more
 */
export type Chore = (invocation: Invocation) => Promise<number>

const CHORES: Readonly<Record<string, Chore>> = {
  finishedClosings: finishClosings,
  expiredSessions: endExpiredSessions,
  oldRecords: removeOldRecords,
  oldCounts: removeOldCounts,
  orphanedAvatars: removeOrphanedAvatars,
  strayDocuments: removeStrayDocuments,
  renewedCiphers: renewPhoneCiphers,
  clientDocuments: reportClientDocuments,
}

/** A batch begins only with this much time left. */
const BATCH_MILLISECONDS = 600
/** Chores that look at a stretch of their own every hour are done once a run. */
const ONCE: ReadonlySet<string> = new Set(['strayDocuments', 'clientDocuments'])

/**
 * Does what there is to do, batch after batch of each kind, as far as the time of one run goes.
 * @returns how many documents of each kind
 */
export async function cleanup(invocation: Invocation): Promise<Record<string, number>> {
  const dealtWith: Record<string, number> = {}
  let open = Object.entries(CHORES)
  while (open.length > 0 && invocation.budget.left() > BATCH_MILLISECONDS) {
    const again: typeof open = []
    for (const [name, chore] of open) {
      if (invocation.budget.left() <= BATCH_MILLISECONDS) break
      const count = await oneBatch(invocation, name, chore)
      dealtWith[name] = (dealtWith[name] ?? 0) + count
      if (count >= BATCH && !ONCE.has(name)) again.push([name, chore])
    }
    open = again
  }
  const { functionName, requestId } = invocation
  log('info', { function: functionName, requestId, ...dealtWith })
  return dealtWith
}

/** One kind that fails does not keep the others from being done. */
async function oneBatch(invocation: Invocation, name: string, chore: Chore): Promise<number> {
  try {
    return await chore(invocation)
  } catch (error) {
    const { reason, log: detail } = error instanceof AppError ? error : new AppError('INTERNAL')
    const { functionName, requestId } = invocation
    log('error', { function: functionName, requestId, reason, detail: `${name}: ${detail}` })
    return 0
  }
}
