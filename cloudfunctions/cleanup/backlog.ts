import { log } from '../shared/core/log.ts'
import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import type { CollectionName } from '../shared/database/collection-names.ts'
import { collection, query } from '../shared/database/database.ts'
import { encryptedWith } from '../shared/phone/phone-cipher.ts'
import type { Invocation } from '../shared/request/call.ts'
import { agedCondition } from './aged-documents.ts'
import { dueAccounts } from './closed-accounts.ts'
import { expiredAuditEntries } from './expired-audit-entries.ts'
import { expiredRateLimits } from './expired-rate-limits.ts'
import { usersWithExpiredSessions } from './expired-sessions.ts'
import { unsettledAvatars } from './orphaned-avatars.ts'
import { reportFailures } from './report-failures.ts'
import { brokenOffDeletions } from './unfinished-deletions.ts'

/** By task: at least so many documents wait for it. */
export type Backlog = Readonly<Record<string, number>>

interface Waiting {
  name: CollectionName
  /** Condition: the documents that were due before this time. */
  due: (before: number) => object
}

/** What waits for a task, by the task's name. Tasks that check a range of everything have no such documents. */
const WAITING: Readonly<Record<string, Waiting>> = {
  finishedClosings: { name: 'users', due: brokenOffDeletions },
  forgottenAccounts: { name: 'closed_accounts', due: dueAccounts },
  expiredSessions: { name: 'users', due: usersWithExpiredSessions },
  oldRecords: { name: 'audit_logs', due: (before) => agedCondition(expiredAuditEntries(before)) },
  oldCounts: { name: 'rate_limits', due: (before) => agedCondition(expiredRateLimits(before)) },
  orphanedAvatars: { name: 'avatars', due: unsettledAvatars },
}

/** Whether so many wait is asked by skipping all but the last of them, so no answer has more than one document. */
const STEPS = [100, 1000, 10_000] as const
const HOUR_MILLISECONDS = 60 * 60 * 1000
/** A document that has been due for so long has been missed by several runs. */
const LATE_HOURS = 6
const RUNS_OF_A_DAY = 24

/**
 * Counts what the tasks have left, in steps of ten, and raises the alarm BACKLOG where documents have waited for hours or
 * where more are left than the runs of a day handle at this run's speed. Best effort: a figure that cannot be had is left
 * out, and logged. One round trip when nothing is left, otherwise two.
 * @param processed by task, in this run
 * @returns what is left; numbers with an older key, which may take days, are among it and raise no alarm
 */
export async function reportBacklog(
  invocation: Invocation,
  processed: Readonly<Record<string, number>>,
): Promise<Backlog> {
  const { functionName, requestId, now } = invocation
  const late = now - LATE_HOURS * HOUR_MILLISECONDS
  const failures: unknown[] = []
  const attempt = <Result>(figure: Promise<Result>) =>
    figure.catch((error: unknown) => {
      failures.push(error)
      return undefined
    })
  const figures = await Promise.all([
    ...Object.entries(WAITING).map(async ([task, { name, due }]) => {
      const count = attempt(countOf(invocation, name, due(now)))
      const isLate = attempt(isThere(invocation, name, due(late)))
      return { task, count: await count, isLate: await isLate }
    }),
    attempt(countOldCiphers(invocation)).then((count) => ({ task: 'renewedCiphers', count, isLate: false })),
  ])
  reportFailures(invocation, 'figures of the backlog', failures)
  const counted = figures.filter(({ count }) => count !== undefined)
  const due = Object.fromEntries(counted.map(({ task, count = 0 }) => [task, count]))
  const isBehind = ({ task, count = 0, isLate }: (typeof figures)[number]) =>
    isLate || (task in WAITING && isTooMuch(count, processed[task] ?? 0))
  const behind = figures.filter(isBehind).map(({ task }) => task)
  if (behind.length > 0) {
    const detail = adviceOn(behind)
    log('alarm', { alarm: 'BACKLOG', function: functionName, requestId, due, detail })
  }
  return due
}

/** Whether there are so many documents. One round trip. */
async function isThere(
  { budget }: Invocation,
  name: CollectionName,
  condition: object,
  count = 1,
): Promise<boolean> {
  const selection = collection(name)
    .where(condition)
    .skip(count - 1)
    .field({ _id: true })
    .limit(1)
  return (await query(budget, selection.get())).data.length > 0
}

/** How many documents there are, rounded down to 1 or one of the steps. */
async function countOf(invocation: Invocation, name: CollectionName, condition: object): Promise<number> {
  if (!(await isThere(invocation, name, condition))) return 0
  const reached = await Promise.all(STEPS.map((count) => isThere(invocation, name, condition, count)))
  return STEPS[reached.lastIndexOf(true)] ?? 1
}

/** Numbers that are encrypted with a key that is not the first: the most of one key. */
async function countOldCiphers(invocation: Invocation): Promise<number> {
  const [, ...older] = invocation.keys.phone
  const conditions = older.map(({ id }) => ({ ...NOT_BY_CLIENT, phoneCipher: encryptedWith(id) }))
  const counts = conditions.map((condition) => countOf(invocation, 'users', condition))
  return Math.max(0, ...(await Promise.all(counts)))
}

/** More than a day of such runs handles. After a run that handled none, the waiting time alone says that it is late. */
function isTooMuch(count: number, processed: number): boolean {
  return processed > 0 && count > RUNS_OF_A_DAY * processed
}

function adviceOn(tasks: readonly string[]): string {
  return `${tasks.join(', ')}: documents wait for more than ${LATE_HOURS} hours, or are more than a day’s runs handle. If this log names damaged documents or failures, mend those; otherwise give the function more time and run it more often (docs/en/console.md)`
}
