import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { TransferAccountData, TransferAccountRequest } from '../../contract/admin.ts'
import { AppError } from '../shared/core/app-error.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import { command as _ } from '../shared/database/database.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { finishDeletion } from '../shared/users/account-deletion.ts'
import { beginMove } from '../shared/users/begin-move.ts'
import { settleIncoming } from '../shared/users/incoming-transfer.ts'
import type { MovingTo } from '../shared/users/transfer-fields.ts'
import type { User } from '../shared/users/user.ts'
import { updateUser } from '../shared/users/users.ts'
import { adminUserOf, reasonField, requireUser, userIdField } from './admin-user.ts'

export const transferInput = requestSchema<TransferAccountRequest>()(
  v.object({ action: v.literal('transfer'), from: userIdField, to: userIdField, reason: reasonField }),
)
type TransferInput = v.InferOutput<typeof transferInput>

/**
 * Moves what one account holds to another one, without asking either of them, and closes the one. Repeated after it broke off,
 * finishes it.
 * @throws AppError NOT_FOUND for an account that is not there or is being closed, ACCOUNT_DISABLED, BAD_REQUEST for one account
 */
export async function transferAccount(input: TransferInput, call: AdminCall): Promise<TransferAccountData> {
  const { from: fromId, to: toId } = input
  if (fromId === toId) throw new AppError('BAD_REQUEST', { field: 'to' })
  const [from, to] = await settleAll([requireUser(call, fromId), requireUser(call, toId)])
  const isUnfinished = from.status === 'closing' && from.movingTo?.userId === toId
  if (!isUnfinished && !(await begin(input, call, from, to))) throw new AppError('NOT_FOUND')
  await finishDeletion(call, fromId, (isUnfinished && from.closingAt) || new Date(call.now))
  return { user: adminUserOf(await requireUser(call, toId)) }
}

/**
 * Puts a question to the account that nobody is shown, since it expires at once: the move begins only while it waits there,
 * as if the person had said yes.
 */
async function begin({ reason }: TransferInput, call: AdminCall, from: User, to: User): Promise<boolean> {
  requireActive(from)
  requireActive(to)
  if (from.incomingTransfer) await settleIncoming(call, from._id, from.incomingTransfer)
  const at = new Date(call.now)
  const id = randomBytes(16).toString('base64url')
  const active = { _id: from._id, status: 'active', ...NOT_BY_CLIENT }
  const request = { id, by: to._id, requestedAt: at, expiresAt: at }
  if (!(await updateUser(call.budget, active, { transferRequest: _.set(request) }))) return false
  const who = { by: call.admin, reason }
  const move = { id, from: from._id, to, expects: {}, record: { out: who, in: who } }
  return beginMove(call, move, (movingTo) => beginMoving(call, from, movingTo))
}

function requireActive({ status }: User): void {
  if (status === 'closing') throw new AppError('NOT_FOUND')
  if (status === 'disabled') throw new AppError('ACCOUNT_DISABLED')
}

function beginMoving({ budget, now }: AdminCall, { _id }: User, movingTo: MovingTo): Promise<boolean> {
  const at = new Date(now)
  const undecided = {
    _id,
    status: 'active',
    'transferRequest.id': movingTo.id,
    incomingTransfer: _.exists(false),
    ...NOT_BY_CLIENT,
  }
  return updateUser(budget, undecided, {
    status: 'closing',
    closingAt: at,
    updatedAt: at,
    sessions: _.set([]),
    movingTo: _.set(movingTo),
    transferRequest: _.remove(),
  })
}
