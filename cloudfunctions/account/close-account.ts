import * as v from 'valibot'
import type { CloseAccountData, CloseAccountRequest } from '../../contract/account.ts'
import { AppError } from '../shared/core/app-error.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import { command as _ } from '../shared/database/database.ts'
import { requireLogin, requireToken } from '../shared/handlers/guard.ts'
import type { Call } from '../shared/request/call.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { finishDeletion } from '../shared/users/account-deletion.ts'
import { record } from '../shared/users/audit.ts'
import { count } from '../shared/users/daily-counts.ts'
import { settleIncoming } from '../shared/users/incoming-transfer.ts'
import { changeLoggedIn, findUser } from '../shared/users/users.ts'

export const closeInput = requestSchema<CloseAccountRequest>()(
  v.object({ action: v.literal('close'), confirmed: v.literal(true) }),
)

/** How often a transfer to the account is finished first. */
const TRIES = 3

/**
 * Closes the account for good: sets the status `closing`, which ends every session, and then deletes all its documents.
 * After a deletion broke off, the same request with the same token finishes it.
 * @throws AppError ACCOUNT_CLOSED when there is nothing left to close; as the guard does
 */
export async function closeAccount(_input: unknown, call: Call): Promise<CloseAccountData> {
  const { sessionId } = requireToken(call)
  const counts = await finishDeletion(call, call.userId, await beginClosing(call, sessionId))
  await settleAll([record(call, [{ action: 'account.close' }]), count(call, call.userId, counts)])
  return {}
}

/**
 * What is moving to the account from another one arrives first, and is deleted with it: otherwise it would belong to nobody.
 * @returns when the deletion began, now or before it broke off
 * @throws AppError as the guard does, if there is nothing to close
 */
async function beginClosing(call: Call, sessionId: string): Promise<Date> {
  const closingAt = new Date(call.now)
  const change = { status: 'closing', closingAt, sessions: _.set([]) }
  for (let tries = 0; tries < TRIES; tries++) {
    const nothingComing = { incomingTransfer: _.exists(false) }
    if (await changeLoggedIn(call, sessionId, change, nothingComing)) return closingAt
    const user = await findUser(call.budget, call.userId)
    if (user?.status === 'closing' && user.closingAt) return user.closingAt
    await requireLogin(call)
    if (!user?.incomingTransfer) break
    await settleIncoming(call, call.userId, user.incomingTransfer)
  }
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed while the account was closed' })
}
