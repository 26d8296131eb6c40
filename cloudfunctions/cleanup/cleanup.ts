import { AppError } from '../shared/core/app-error.ts'
import { log } from '../shared/core/log.ts'
import { logFailure } from '../shared/core/log-failure.ts'
import type { Invocation } from '../shared/request/call.ts'
import { type Backlog, reportBacklog } from './backlog.ts'
import { type Batch, LARGEST_SCALE } from './batch.ts'
import { reportClientDocuments } from './client-documents.ts'
import { anonymizeClosedAccounts } from './closed-accounts.ts'
import { removeExpiredAuditEntries } from './expired-audit-entries.ts'
import { removeExpiredRateLimits } from './expired-rate-limits.ts'
import { endExpiredSessions } from './expired-sessions.ts'
import { keepFigures } from './figures.ts'
import { removeOrphanedAvatars } from './orphaned-avatars.ts'
import { removeOrphanedDocuments } from './orphaned-documents.ts'
import { renewPhoneCiphers } from './phone-ciphers.ts'
import { finishDeletions } from './unfinished-deletions.ts'

/**
 * Runs one batch of one cleanup task: a few conditional writes that may run twice at once and break off anywhere. A later
 * run continues, since processed documents no longer match the condition. A document that cannot be processed is reported
 * and not changed, and the next batch begins after it.
 * @param after where the previous batch of this run ended; '' for the first
 * @param scale how many times larger than its first the batch may be: it doubles while batches are quick
 */
export type CleanupTask = (invocation: Invocation, after: string, scale: number) => Promise<Batch>

/** By the name that the log and the answer use. */
const TASKS: Readonly<Record<string, CleanupTask>> = {
  finishedClosings: finishDeletions,
  forgottenAccounts: anonymizeClosedAccounts,
  expiredSessions: endExpiredSessions,
  oldRecords: removeExpiredAuditEntries,
  oldCounts: removeExpiredRateLimits,
  orphanedAvatars: removeOrphanedAvatars,
  strayDocuments: removeOrphanedDocuments,
  renewedCiphers: renewPhoneCiphers,
  clientDocuments: reportClientDocuments,
}
/** Comes last in each run: nobody waits for it, and what the others leave of the time is enough. */
const LAST_TASK = { name: 'figures', task: keepFigures, after: '', scale: 1 }

/** After its first batch, a task begins another one only if this much time is left. */
const BATCH_MILLISECONDS = 600
/** After a batch that took less, the next may be twice as large. */
const QUICK_MILLISECONDS = 150
/** The share of the time that the first task may take; the others share the rest. */
const FIRST_PART = 1 / 3
/** Kept back from the tasks, to say what they have left: the share of the time, and at the least so much. */
const REPORT_PART = 0.1
const REPORT_MILLISECONDS = 300
const HOUR_MILLISECONDS = 60 * 60 * 1000

interface Turn {
  name: string
  task: CleanupTask
  after: string
  scale: number
}

/**
 * Runs the tasks within the time of one invocation: a batch of each, then another batch of each that has more documents.
 * Each batch has a share of the time, and every hour another task is first, so that a slow or failing task starves none.
 * @returns how many documents each task has processed, and in `due` how many it has left, at the least
 */
export async function cleanup(invocation: Invocation): Promise<Record<string, number | Backlog>> {
  const { budget, functionName, requestId } = invocation
  const reserved = Math.max(REPORT_MILLISECONDS, budget.left() * REPORT_PART)
  const processed = await runTasks({ ...invocation, budget: budget.part(budget.left() - reserved) })
  const due = await reportBacklog(invocation, processed)
  log('info', { function: functionName, requestId, ...processed, due })
  return { ...processed, due }
}

async function runTasks(invocation: Invocation): Promise<Record<string, number>> {
  const { budget, now } = invocation
  const processed: Record<string, number> = {}
  let pending = inTurn(Math.floor(now / HOUR_MILLISECONDS))
  for (let round = 0; pending.length > 0; round++) {
    const again: Turn[] = []
    for (const [index, turn] of pending.entries()) {
      if (round > 0 && budget.left() <= BATCH_MILLISECONDS) break
      const isFirst = round === 0 && index === 0
      const share = budget.left() * (isFirst ? FIRST_PART : 1 / (pending.length - index))
      const startedAt = performance.now()
      const { count, next } = await runBatch({ ...invocation, budget: budget.part(share) }, turn)
      processed[turn.name] = (processed[turn.name] ?? 0) + count
      const isQuick = performance.now() - startedAt < QUICK_MILLISECONDS
      const scale = isQuick ? Math.min(2 * turn.scale, LARGEST_SCALE) : turn.scale
      if (next !== undefined) again.push({ ...turn, after: next, scale })
    }
    pending = budget.left() > BATCH_MILLISECONDS ? again : []
  }
  return processed
}

function inTurn(hour: number): Turn[] {
  const turns = Object.entries(TASKS).map(([name, task]) => ({ name, task, after: '', scale: 1 }))
  const first = hour % turns.length
  return [...turns.slice(first), ...turns.slice(0, first), LAST_TASK]
}

/** Logs the error of a task that fails, so that the others still run. */
async function runBatch(invocation: Invocation, { name, task, after, scale }: Turn): Promise<Batch> {
  try {
    return await task(invocation, after, scale)
  } catch (error) {
    const failure = error instanceof AppError ? error : new AppError('INTERNAL')
    const { functionName, requestId } = invocation
    logFailure(failure, { function: functionName, requestId, detail: `${name}: ${failure.log}` })
    return { count: 0 }
  }
}
