import { randomBytes } from 'node:crypto'
import { AppError } from '../core/app-error.ts'
import { logFailure } from '../core/log-failure.ts'
import { command as _, collection, query } from '../database/database.ts'
import type { Invocation } from '../request/call.ts'
import type { Device } from './session.ts'

/** An action. Stored in the field `act` of an entry. */
export type AuditAction =
  /** `detail`: `silent`, `code` (a paid authorization), `ticket` (for a code that was paid before) or `withoutPhone`. */
  | 'login'
  /** The user agreed to the agreement; `detail` is its version. */
  | 'consent'
  /** With the detail `code`: by a paid authorization that belongs to no login. */
  | 'phone.change'
  /** The day's phone authorizations have reached the budget; `detail`: the day and the budget. */
  | 'phone.budget'
  /** `detail`: `this`, `other`, `others` or `all`. */
  | 'session.end'
  | 'account.close'
  | 'account.export'
  /** Of a transfer, each on both accounts; `detail` is its id. */
  | 'transfer.request'
  | 'transfer.cancel'
  | 'transfer.refuse'
  /** What this account held moves to another one, or what another one held to this one. */
  | 'transfer.out'
  | 'transfer.in'
  | 'admin.find'
  /** `detail`: the filters' names. */
  | 'admin.list'
  | 'admin.show'
  | 'admin.records'
  | 'admin.reveal'
  | 'admin.disable'
  | 'admin.enable'
  | 'admin.endSessions'
  | 'admin.stats'
  /** `detail`: the collection, and how many users were added. */
  | 'admin.import'

export interface AuditEvent {
  action: AuditAction
  /** The user it is about; absent once that user may not be named any more. */
  userId?: string
  /** Who did it; the user unless given. `other`: the person of the other account of a transfer. `system`: nobody. */
  by?: string
  reason?: string
  detail?: string
  device?: Device
  /** Of a login: it has made the user. */
  newUser?: true
  /** `begun`: was about to be done, and is not known to be done. */
  outcome?: 'begun' | 'done'
}

/** A document of `audit_logs`. */
export type AuditEntry = { _id: string } & Readonly<Record<string, unknown>>

const auditLogs = () => collection('audit_logs')

/** The entries for events of one invocation; does not write them. */
export function auditEntries(invocation: Invocation, events: readonly AuditEvent[]): AuditEntry[] {
  const { requestId, requestSource, now } = invocation
  return events.map(({ action, userId, by = 'user', outcome = 'done', ...rest }) => ({
    _id: randomBytes(12).toString('base64url'),
    at: new Date(now),
    act: action,
    ...(userId === undefined ? {} : { userId }),
    by,
    // An IP address identifies a person, too, who is not the one that the entry names.
    from:
      by === 'other' || (userId === undefined && by === 'user')
        ? { source: requestSource.source }
        : requestSource,
    requestId,
    outcome,
    ...rest,
  }))
}

/** One round trip. @throws AppError as the database fails */
export async function writeEntries(invocation: Invocation, entries: readonly AuditEntry[]): Promise<void> {
  const data = entries.length === 1 && entries[0] ? entries[0] : entries
  await query(invocation.budget, auditLogs().add({ data }))
}

/**
 * For actions that must not be done without a trace: writes the entry, with the outcome `begun`, before the action.
 * Returns a function that sets the outcome to `done`, and the detail if one is given.
 */
export async function recordIntent(
  invocation: Invocation,
  event: AuditEvent,
): Promise<(detail?: string) => Promise<void>> {
  const entries = auditEntries(invocation, [{ ...event, outcome: 'begun' }])
  await writeEntries(invocation, entries)
  return (detail) =>
    updateEntries(invocation, entries, { outcome: 'done', ...(detail === undefined ? {} : { detail }) })
}

/** Best effort: if the entries cannot be written, logs that and goes on. */
export async function record(invocation: Invocation, events: readonly AuditEvent[]): Promise<void> {
  await bestEffort(invocation, writeEntries(invocation, auditEntries(invocation, events)))
}

/** Best effort: deletes the entries of events that did not take place after all. */
export async function deleteEntries(invocation: Invocation, entries: readonly AuditEntry[]): Promise<void> {
  await bestEffort(invocation, query(invocation.budget, withIdsOf(entries).remove()))
}

/** Waits for a write to `audit_logs`. If it fails, logs that instead of throwing. */
export async function bestEffort(invocation: Invocation, write: Promise<unknown>): Promise<void> {
  const { functionName, requestId } = invocation
  await write.catch((error: unknown) => {
    const failure = error instanceof AppError ? error : new AppError('INTERNAL')
    const detail = `not recorded in audit_logs: ${failure.log}`
    logFailure(failure, { function: functionName, requestId, detail })
  })
}

/** Sets the outcome of entries to `done`. One round trip. @throws AppError as the database fails */
export async function confirmEntries({ budget }: Invocation, ids: readonly string[]): Promise<void> {
  const entries = ids.map((_id) => ({ _id }))
  await query(budget, withIdsOf(entries).update({ data: { outcome: 'done' } }))
}

/** Best effort: changes entries. One round trip. */
export async function updateEntries(
  invocation: Invocation,
  entries: readonly AuditEntry[],
  change: object,
): Promise<void> {
  await bestEffort(invocation, query(invocation.budget, withIdsOf(entries).update({ data: change })))
}

function withIdsOf(entries: readonly AuditEntry[]) {
  return auditLogs().where({ _id: _.in(entries.map(({ _id }) => _id)) })
}

/**
 * The change that anonymizes an entry: keeps the action, its time and the administrator, and removes the user. It also
 * removes the address, and the reason, which is free text and may name the user.
 */
export function anonymization(): object {
  return { userId: _.remove(), from: _.remove(), device: _.remove(), reason: _.remove() }
}
