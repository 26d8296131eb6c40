import * as v from 'valibot'
import { AppError } from '../core/app-error.ts'
import { log } from '../core/log.ts'
import { command as _, query } from '../database/database.ts'
import type { Invocation } from '../request/call.ts'
import { finishDeletion } from './account-deletion.ts'
import type { IncomingTransfer } from './transfer-fields.ts'
import { withdrawRequest } from './transfer-request.ts'
import { findUser, updateUser, users } from './users.ts'

/**
 * Ends what the field `incomingTransfer` of a user announces: finishes the move if the other account has begun it, and
 * otherwise takes the question back, so that the move cannot begin any more. The field is gone then. Three round trips, and
 * those of the move.
 *
 * The question goes before the other account is read: a move begins in one write that finds the question.
 * @returns whether the move took place, now or before
 */
export async function settleIncoming(
  invocation: Invocation,
  userId: string,
  { id, from }: IncomingTransfer,
): Promise<boolean> {
  const { budget } = invocation
  await withdrawRequest(budget, from, id)
  const closingAt = await beginningOf(invocation, from, id)
  if (closingAt) await finishDeletion(invocation, from, closingAt)
  await updateUser(budget, { _id: userId, 'incomingTransfer.id': id }, { incomingTransfer: _.remove() })
  if (closingAt) return true
  const user = await findUser(budget, userId)
  return user?.requestedTransfer?.id === id && user.requestedTransfer.movedAt !== undefined
}

const movingSchema = v.object({ closingAt: v.date() })

/** When the account began to move; undefined if it is not moving. Only its fields of the move have to be readable. */
async function beginningOf({ budget }: Invocation, userId: string, id: string): Promise<Date | undefined> {
  const moving = { _id: userId, 'movingTo.id': id }
  const { data } = await query(budget, users().where(moving).field({ closingAt: true }).limit(1).get())
  const found = v.safeParse(movingSchema, data[0])
  return found.success ? found.output.closingAt : undefined
}

/** As `settleIncoming`, for a call that succeeds without it: logs a failure, after which another call tries again. */
export async function trySettleIncoming(
  invocation: Invocation,
  userId: string,
  incoming: IncomingTransfer,
): Promise<void> {
  try {
    await settleIncoming(invocation, userId, incoming)
  } catch (error) {
    const { reason, log: detail } = error instanceof AppError ? error : new AppError('INTERNAL')
    const { functionName, requestId } = invocation
    log('warn', {
      function: functionName,
      requestId,
      reason,
      detail: `a transfer is not finished: ${detail}`,
    })
  }
}
