import * as v from 'valibot'
import type { CancelTransferData, CancelTransferRequest } from '../../contract/account.ts'
import { AppError } from '../shared/core/app-error.ts'
import { command as _ } from '../shared/database/database.ts'
import { type LoggedIn, requireLogin } from '../shared/handlers/guard.ts'
import type { Call } from '../shared/request/call.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { record } from '../shared/users/audit.ts'
import { settleIncoming } from '../shared/users/incoming-transfer.ts'
import { withdrawRequest } from '../shared/users/transfer-request.ts'
import type { User } from '../shared/users/user.ts'
import { changeLoggedIn } from '../shared/users/users.ts'

export const cancelTransferInput = requestSchema<CancelTransferRequest>()(
  v.object({ action: v.literal('cancelTransfer') }),
)

/** How often an answer that is being given is waited for. */
const TRIES = 2

/**
 * Takes the caller's question back, in the caller's document first: nobody can say yes from then on. A yes that was given
 * before takes effect.
 */
export async function cancelTransfer(
  _input: unknown,
  call: Call,
  { user: found, claims }: LoggedIn,
): Promise<CancelTransferData> {
  let user: User = found
  for (let tries = 0; tries < TRIES; tries++) {
    const { requestedTransfer, incomingTransfer } = user
    if (incomingTransfer) await settleIncoming(call, call.userId, incomingTransfer)
    if (!requestedTransfer) return {}
    const { id, of: accountId } = requestedTransfer
    const sameQuestion = { 'requestedTransfer.id': id, incomingTransfer: _.exists(false) }
    const change = { requestedTransfer: _.remove() }
    if (await changeLoggedIn(call, claims.sessionId, change, sameQuestion)) {
      await withdraw(call, accountId, id)
      return {}
    }
    user = (await requireLogin(call)).user
  }
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed while a transfer was cancelled' })
}

async function withdraw(call: Call, accountId: string, id: string): Promise<void> {
  if (!(await withdrawRequest(call.budget, accountId, id))) return
  await record(call, [
    { action: 'transfer.cancel', userId: call.userId, detail: id },
    { action: 'transfer.cancel', userId: accountId, by: 'other', detail: id },
  ])
}
