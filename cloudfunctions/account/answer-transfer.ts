import * as v from 'valibot'
import type { AnswerTransferData, AnswerTransferRequest } from '../../contract/account.ts'
import { AppError } from '../shared/core/app-error.ts'
import { command as _ } from '../shared/database/database.ts'
import { type LoggedIn, requireLogin, requireSession, requireToken } from '../shared/handlers/guard.ts'
import type { Call } from '../shared/request/call.ts'
import { textField } from '../shared/request/input.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { finishDeletion } from '../shared/users/account-deletion.ts'
import { record } from '../shared/users/audit.ts'
import { beginMove } from '../shared/users/begin-move.ts'
import { settleIncoming } from '../shared/users/incoming-transfer.ts'
import type { MovingTo } from '../shared/users/transfer-fields.ts'
import { pendingRequest, REFUSAL_MILLISECONDS, withdrawRequest } from '../shared/users/transfer-request.ts'
import { changeLoggedIn, findUser } from '../shared/users/users.ts'

export const answerTransferInput = requestSchema<AnswerTransferRequest>()(
  v.object({ action: v.literal('answerTransfer'), id: textField(64), accept: v.boolean() }),
)
type AnswerTransferInput = v.InferOutput<typeof answerTransferInput>

/** The question that waits. */
type Pending = NonNullable<ReturnType<typeof pendingRequest>>

/**
 * Answers the question that the caller's account is asked. A yes sets the status `closing`, which ends every session, and
 * moves everything to the account that asks. After a move broke off, the same request with the same token finishes it.
 * @throws AppError TRANSFER_EXPIRED unless this question waits; as the guard does
 */
export async function answerTransfer(input: AnswerTransferInput, call: Call): Promise<AnswerTransferData> {
  const claims = requireToken(call)
  const login = await requireSession(call, claims).catch(async (error: unknown) => {
    const isClosed = error instanceof AppError && error.reason === 'ACCOUNT_CLOSED'
    if (isClosed && input.accept && (await finishMove(call, input.id))) return undefined
    throw error
  })
  if (!login) return {}
  const request = pendingRequest(login.user, call.now)
  if (request?.id !== input.id) throw new AppError('TRANSFER_EXPIRED')
  await (input.accept ? accept(call, login, request) : refuse(call, login, request))
  return {}
}

/** Finishes a move that a yes to this question began. @returns whether there was one */
async function finishMove(call: Call, id: string): Promise<boolean> {
  const user = await findUser(call.budget, call.userId)
  if (user?.status !== 'closing' || user.movingTo?.id !== id || !user.closingAt) return false
  await finishDeletion(call, call.userId, user.closingAt)
  return true
}

async function refuse(call: Call, { user, claims }: LoggedIn, { id, by }: Pending): Promise<void> {
  const { now, userId } = call
  const outlived = Object.entries(user.transferRefusals ?? {})
    .filter(([, at]) => now - at.getTime() >= REFUSAL_MILLISECONDS)
    .map(([account]) => [`transferRefusals.${account}`, _.remove()])
  const change = {
    ...Object.fromEntries(outlived),
    [`transferRefusals.${by}`]: new Date(now),
    transferRequest: _.remove(),
  }
  if (!(await changeLoggedIn(call, claims.sessionId, change, { 'transferRequest.id': id }))) {
    await requireLogin(call)
    throw new AppError('TRANSFER_EXPIRED')
  }
  await record(call, [
    { action: 'transfer.refuse', userId, detail: id },
    { action: 'transfer.refuse', userId: by, by: 'other', detail: id },
  ])
}

async function accept(call: Call, login: LoggedIn, { id, by, phoneHash }: Pending): Promise<void> {
  const { userId, budget } = call
  if (login.user.incomingTransfer) await settleIncoming(call, userId, login.user.incomingTransfer)
  const to = await findUser(budget, by)
  // Its number may have changed, it may have cancelled, or it may be gone: the write checks the same again.
  if (to?.status !== 'active' || to.requestedTransfer?.id !== id) {
    await withdrawRequest(budget, userId, id)
    throw new AppError('TRANSFER_EXPIRED')
  }
  const expects = { 'requestedTransfer.id': id, phoneHash, phoneVerifiedAt: _.exists(true) }
  const record = { out: {}, in: { by: 'other' } }
  const begin = (movingTo: MovingTo) => beginMoving(call, login, phoneHash, movingTo)
  if (!(await beginMove(call, { id, from: userId, to, expects, record }, begin))) {
    await requireLogin(call)
    throw new AppError('TRANSFER_EXPIRED')
  }
  await finishDeletion(call, userId, new Date(call.now))
}

function beginMoving(
  call: Call,
  { claims }: LoggedIn,
  phoneHash: string,
  movingTo: MovingTo,
): Promise<boolean> {
  const change = {
    status: 'closing',
    closingAt: new Date(call.now),
    sessions: _.set([]),
    movingTo: _.set(movingTo),
    transferRequest: _.remove(),
  }
  const asked = {
    'transferRequest.id': movingTo.id,
    'transferRequest.expiresAt': _.gt(new Date(call.now)),
    phoneHash,
    incomingTransfer: _.exists(false),
  }
  return changeLoggedIn(call, claims.sessionId, change, asked)
}
