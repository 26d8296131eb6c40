import { settleAll } from '../core/settle-all.ts'
import { NOT_BY_CLIENT } from '../database/client-document.ts'
import { command as _ } from '../database/database.ts'
import type { Invocation } from '../request/call.ts'
import { type AuditEvent, auditEntries, deleteEntries, writeEntries } from './audit.ts'
import { settleIncoming } from './incoming-transfer.ts'
import type { MovingTo } from './transfer-fields.ts'
import type { User } from './user.ts'
import { findUser, updateUser } from './users.ts'

export interface Move {
  /** Of the question that waits at the account `from`: the move begins only while it does. */
  id: string
  /** User id. */
  from: string
  to: Pick<User, '_id' | 'generation'>
  /** Condition on the account that receives, besides that it is active. */
  expects: object
  /** Who decides, as `audit_logs` has it, and why. */
  record: { out: Partial<AuditEvent>; in: Partial<AuditEvent> }
}

/** How often an earlier transfer to the same account is finished first. */
const TRIES = 2

/**
 * Begins to move an account to another one: marks the account that receives, which then cannot close, records the decision on
 * both, and lets `begin` write it, in one write that finds the question. From then on the move is finished, whatever breaks
 * off: by this call, by the next login of either person, by `transferState`, by the timer.
 * @param begin gives the account the status `closing` and this `movingTo`; returns false if it must not move any more
 * @returns whether the move has begun. Otherwise nothing has changed, and the question is gone
 */
export async function beginMove(
  invocation: Invocation,
  move: Move,
  begin: (movingTo: MovingTo) => Promise<boolean>,
): Promise<boolean> {
  const { id, from, to, record } = move
  const entries = auditEntries(invocation, [
    { action: 'transfer.out', userId: from, detail: id, outcome: 'begun', ...record.out },
    { action: 'transfer.in', userId: to._id, detail: id, outcome: 'begun', ...record.in },
  ])
  const [isExpected] = await settleAll([expectMove(invocation, move), writeEntries(invocation, entries)])
  const movingTo = {
    id,
    userId: to._id,
    ...(to.generation === undefined ? {} : { generation: to.generation }),
    records: entries.map(({ _id }) => _id),
  }
  if (isExpected && (await begin(movingTo))) return true
  // Another call with the same question may have begun it at the same time.
  const [isMoved] = await settleAll([
    settleIncoming(invocation, to._id, { id, from }),
    deleteEntries(invocation, entries),
  ])
  return isMoved
}

/** One round trip; more if another transfer to the same account has to end first. */
async function expectMove(invocation: Invocation, { id, from, to, expects }: Move): Promise<boolean> {
  const { budget } = invocation
  const receiver = {
    _id: to._id,
    status: 'active',
    generation: to.generation ?? _.exists(false),
    ...NOT_BY_CLIENT,
  }
  const free = _.or([{ incomingTransfer: _.exists(false) }, { 'incomingTransfer.id': id }])
  const mark = { 'incomingTransfer.id': id, 'incomingTransfer.from': from }
  for (let tries = 0; tries < TRIES; tries++) {
    if (await updateUser(budget, _.and([receiver, free, expects]), mark)) return true
    const other = (await findUser(budget, to._id))?.incomingTransfer
    if (!other || other.id === id) return false
    await settleIncoming(invocation, to._id, other)
  }
  return false
}
