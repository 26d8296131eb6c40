import * as v from 'valibot'
import type { TransferStateData, TransferStateRequest } from '../../contract/account.ts'
import type { TransferState } from '../../contract/transfer.ts'
import { AppError } from '../shared/core/app-error.ts'
import { query } from '../shared/database/database.ts'
import { type LoggedIn, requireLogin } from '../shared/handlers/guard.ts'
import type { Call } from '../shared/request/call.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { trySettleIncoming } from '../shared/users/incoming-transfer.ts'
import { otherAccountsOf } from '../shared/users/same-number.ts'
import {
  movingToSchema,
  type StoredRequestedTransfer,
  transferRefusalsSchema,
  transferRequestSchema,
} from '../shared/users/transfer-fields.ts'
import { shownRequest } from '../shared/users/transfer-request.ts'
import type { User } from '../shared/users/user.ts'
import { users } from '../shared/users/users.ts'
import { claimOf, whomToAsk } from './transfer-claim.ts'

export const transferStateInput = requestSchema<TransferStateRequest>()(
  v.object({ action: v.literal('transferState') }),
)

/** What the caller asked and is asked. Finishes a move to the caller that broke off. Two sequential round trips without one. */
export async function transferState(
  _input: unknown,
  call: Call,
  { user: found }: LoggedIn,
): Promise<TransferStateData> {
  const user = found.incomingTransfer ? await settled(call, found) : found
  const [requested, mayRequest] = await Promise.all([
    requestedTransferOf(call, user),
    mayRequestOf(call, user),
  ])
  const request = shownRequest(user, call.now)
  const isOpen = requested?.state === 'waiting' || requested?.state === 'moving'
  return {
    ...(requested ? { requested } : {}),
    mayRequest: mayRequest && !isOpen,
    ...(request ? { request } : {}),
  }
}

/** The user as a move to them leaves them. */
async function settled(call: Call, user: User): Promise<User> {
  if (user.incomingTransfer) await trySettleIncoming(call, call.userId, user.incomingTransfer)
  return (await requireLogin(call)).user
}

/** One round trip, or none. */
async function mayRequestOf({ budget, now }: Call, user: User): Promise<boolean> {
  if (user.phoneHash === '') return false
  const claim = claimOf(user, now)
  // A person who has lost the number must not learn whether somebody else uses it here.
  if (!claim) return true
  const accounts = await otherAccountsOf(budget, user)
  try {
    return whomToAsk(claim, accounts, now) !== ''
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/** One round trip, or none. */
async function requestedTransferOf(call: Call, user: User): Promise<TransferStateData['requested']> {
  const { requestedTransfer } = user
  if (!requestedTransfer) return undefined
  const { id, requestedAt, expiresAt } = requestedTransfer
  const state = await stateOf(call, user, requestedTransfer)
  return { id, state, requestedAt: requestedAt.getTime(), expiresAt: expiresAt.getTime() }
}

/** The fields of the account that was asked. Whatever else became of it, its question has expired. */
const askedSchema = v.object({
  phoneHash: v.string(),
  transferRequest: v.fallback(v.optional(transferRequestSchema), undefined),
  transferRefusals: v.fallback(v.optional(transferRefusalsSchema, {}), {}),
  movingTo: v.fallback(v.optional(movingToSchema), undefined),
})

async function stateOf(
  { budget, now }: Call,
  { _id, phoneHash, incomingTransfer }: User,
  { id, of: accountId, requestedAt, movedAt }: StoredRequestedTransfer,
): Promise<TransferState> {
  if (incomingTransfer?.id === id) return 'moving'
  if (movedAt) return 'moved'
  const { data } = await query(budget, users().doc(accountId).get())
  const found = v.safeParse(askedSchema, data)
  if (!found.success) return 'expired'
  const { transferRequest, transferRefusals, movingTo } = found.output
  if (movingTo?.id === id) return 'moving'
  const refusedAt = transferRefusals[_id]
  if (refusedAt && refusedAt >= requestedAt) return 'refused'
  const isSameNumber = phoneHash === found.output.phoneHash && transferRequest?.phoneHash === phoneHash
  const isWaiting = transferRequest?.id === id && isSameNumber && transferRequest.expiresAt.getTime() > now
  return isWaiting ? 'waiting' : 'expired'
}
