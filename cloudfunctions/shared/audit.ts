import { randomBytes } from 'node:crypto'
import { AppError } from './app-error.ts'
import type { Invocation } from './call.ts'
import { command as _, ask, collection } from './database.ts'
import { log } from './log.ts'
import type { Device } from './session.ts'

/** What is recorded. */
export type Act =
  | 'login'
  /** The agreement was agreed to; `detail` is its version. */
  | 'consent'
  | 'phone.change'
  /** `detail`: `this`, `other`, `others` or `all`. */
  | 'session.end'
  | 'account.close'
  | 'account.export'
  | 'admin.find'
  | 'admin.reveal'
  | 'admin.disable'
  | 'admin.enable'
  | 'admin.stats'

export interface Happening {
  act: Act
  /** Whom it is about; absent when nobody may be named any more. */
  userId?: string
  /** Who did it: the user themself unless said otherwise. */
  by?: string
  reason?: string
  detail?: string
  device?: Device
  /** `begun`: meant to happen, and not known to have happened. */
  outcome?: 'begun' | 'done'
}

const records = () => collection('audit_logs')

/** Rows of `audit_logs` for what happens in one invocation; not written yet. */
export function auditRows(invocation: Invocation, happenings: readonly Happening[]): AuditRow[] {
  const { requestId, origin, now } = invocation
  return happenings.map(({ act, userId, by = 'user', outcome = 'done', ...rest }) => ({
    _id: randomBytes(12).toString('base64url'),
    at: new Date(now),
    act,
    ...(userId === undefined ? {} : { userId }),
    by,
    // An address is a trace of somebody, too.
    from: userId === undefined && by === 'user' ? { source: origin.source } : origin,
    requestId,
    outcome,
    ...rest,
  }))
}

export type AuditRow = { _id: string } & Readonly<Record<string, unknown>>

/** One round trip. @throws AppError as the database fails */
export async function writeRows(invocation: Invocation, rows: readonly AuditRow[]): Promise<void> {
  await ask(invocation.budget, records().add({ data: rows.length === 1 && rows[0] ? rows[0] : rows }))
}

/** For what must not happen without a trace: the row is there before the act. Returns what says that it is done. */
export async function recordFirst(
  invocation: Invocation,
  happening: Happening,
): Promise<() => Promise<void>> {
  const rows = auditRows(invocation, [{ ...happening, outcome: 'begun' }])
  await writeRows(invocation, rows)
  return () => changeRows(invocation, rows, { outcome: 'done' })
}

/** For what must not fail for want of a trace: a row that cannot be written is said in the log. */
export async function record(invocation: Invocation, happenings: readonly Happening[]): Promise<void> {
  await tolerated(invocation, writeRows(invocation, auditRows(invocation, happenings)))
}

/** Takes rows back, of what did not happen after all. */
export async function withdrawRows(invocation: Invocation, rows: readonly AuditRow[]): Promise<void> {
  const ids = rows.map(({ _id }) => _id)
  await tolerated(
    invocation,
    ask(
      invocation.budget,
      records()
        .where({ _id: _.in(ids) })
        .remove(),
    ),
  )
}

/** Waits for a write to `audit_logs` and lets its failure be a line of the log. */
export async function tolerated(invocation: Invocation, write: Promise<unknown>): Promise<void> {
  const { functionName, requestId } = invocation
  await write.catch((error: unknown) => {
    const { reason, log: detail } = error instanceof AppError ? error : new AppError('INTERNAL')
    log('error', {
      function: functionName,
      requestId,
      reason,
      detail: `not recorded in audit_logs: ${detail}`,
    })
  })
}

async function changeRows(invocation: Invocation, rows: readonly AuditRow[], change: object): Promise<void> {
  const ids = rows.map(({ _id }) => _id)
  const changed = records()
    .where({ _id: _.in(ids) })
    .update({ data: change })
  await tolerated(invocation, ask(invocation.budget, changed))
}

/**
 * The change that leaves of a row who did what and when, and not to whom: an administrator's act can be asked about
 * after the account is gone. A reason goes, since free text may name the user, and so does an address.
 */
export function withoutIdentity(): object {
  return { userId: _.remove(), from: _.remove(), device: _.remove(), reason: _.remove() }
}
