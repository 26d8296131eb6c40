import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { RequestTransferData, RequestTransferRequest } from '../../contract/account.ts'
import { AppError } from '../shared/core/app-error.ts'
import { command as _ } from '../shared/database/database.ts'
import { type LoggedIn, requireLogin } from '../shared/handlers/guard.ts'
import type { Call } from '../shared/request/call.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { record } from '../shared/users/audit.ts'
import { settleIncoming } from '../shared/users/incoming-transfer.ts'
import { otherAccountsOf } from '../shared/users/same-number.ts'
import type { StoredRequestedTransfer } from '../shared/users/transfer-fields.ts'
import { askForTransfer, REQUEST_MILLISECONDS } from '../shared/users/transfer-request.ts'
import { changeLoggedIn } from '../shared/users/users.ts'
import { type Claim, claimOf, waitingFor, whomToAsk } from './transfer-claim.ts'

export const requestTransferInput = requestSchema<RequestTransferRequest>()(
  v.object({ action: v.literal('requestTransfer') }),
)

/** How often another account is chosen: it may be asked by somebody else at this moment. */
const TRIES = 2

/**
 * Asks another account of the caller's number for what it holds. The caller's document is written first, so that nobody is
 * asked a question that its asker does not know.
 * @throws AppError PHONE_UNVERIFIED, TRANSFER_UNAVAILABLE, TRANSFER_REFUSED, TRANSFER_PENDING
 */
export async function requestTransfer(
  _input: unknown,
  call: Call,
  { user, claims }: LoggedIn,
): Promise<RequestTransferData> {
  if (user.incomingTransfer) await settleIncoming(call, call.userId, user.incomingTransfer)
  const claim = claimOf(user, call.now)
  if (!claim) throw new AppError('PHONE_UNVERIFIED')
  for (let tries = 0; tries < TRIES; tries++) {
    const accounts = await otherAccountsOf(call.budget, user)
    const waiting = waitingFor(user, accounts, call.now)
    if (waiting) return { requested: shown(waiting) }
    const requested = newRequest(whomToAsk(claim, accounts, call.now), call.now)
    if (await ask(call, claims.sessionId, claim, requested)) return { requested: shown(requested) }
  }
  throw new AppError('TRANSFER_PENDING')
}

function newRequest(accountId: string, now: number): StoredRequestedTransfer {
  const [requestedAt, expiresAt] = [new Date(now), new Date(now + REQUEST_MILLISECONDS)]
  return { id: randomBytes(16).toString('base64url'), of: accountId, requestedAt, expiresAt }
}

function shown({ id, requestedAt, expiresAt }: StoredRequestedTransfer): RequestTransferData['requested'] {
  return { id, state: 'waiting', requestedAt: requestedAt.getTime(), expiresAt: expiresAt.getTime() }
}

/** Three sequential round trips. @returns false if the other account must not be asked any more */
async function ask(
  call: Call,
  sessionId: string,
  { userId, phoneHash, verifiedAt }: Claim,
  requested: StoredRequestedTransfer,
): Promise<boolean> {
  const { id, of: accountId, requestedAt, expiresAt } = requested
  const sameNumber = { phoneHash, phoneVerifiedAt: verifiedAt, incomingTransfer: _.exists(false) }
  const change = { requestedTransfer: _.set(requested) }
  if (!(await changeLoggedIn(call, sessionId, change, sameNumber))) {
    await requireLogin(call)
    throw new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed while a transfer was requested' })
  }
  const request = { id, by: userId, phoneHash, verifiedAt, requestedAt, expiresAt }
  if (!(await askForTransfer(call.budget, accountId, request))) return false
  await record(call, [
    { action: 'transfer.request', userId, detail: id },
    { action: 'transfer.request', userId: accountId, by: 'other', detail: id },
  ])
  return true
}
