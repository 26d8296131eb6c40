import type { TransferRequest } from '../../../contract/transfer.ts'
import { NOT_BY_CLIENT } from '../database/client-document.ts'
import { command as _ } from '../database/database.ts'
import type { Budget } from '../request/budget.ts'
import type { StoredTransferRequest } from './transfer-fields.ts'
import type { User } from './user.ts'
import { updateUser } from './users.ts'

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
/** An account that does not answer keeps everything. */
export const REQUEST_MILLISECONDS = 7 * DAY_MILLISECONDS
/** An account that said no is not asked again by the same account. */
export const REFUSAL_MILLISECONDS = 30 * DAY_MILLISECONDS
/** How long WeChat's word for a number is good for a claim: it may be given to another person afterwards. */
export const CLAIM_MILLISECONDS = 30 * DAY_MILLISECONDS

/** The question that a user is asked now: unexpired, and about the number that the user still has. */
export function pendingRequest(
  { transferRequest, phoneHash }: Pick<User, 'transferRequest' | 'phoneHash'>,
  now: number,
): (StoredTransferRequest & { phoneHash: string }) | undefined {
  if (transferRequest?.phoneHash === undefined || transferRequest.phoneHash !== phoneHash) return undefined
  if (transferRequest.expiresAt.getTime() <= now) return undefined
  return { ...transferRequest, phoneHash }
}

/** The question as the person's own pages show it: without a word about who asks. */
export function shownRequest(
  user: Pick<User, 'transferRequest' | 'phoneHash'>,
  now: number,
): TransferRequest | undefined {
  const request = pendingRequest(user, now)
  if (!request) return undefined
  const { id, requestedAt, expiresAt } = request
  return { id, requestedAt: requestedAt.getTime(), expiresAt: expiresAt.getTime() }
}

/**
 * Puts a question to an account, unless another one waits there or the account has said no. Of two questions the one with the
 * later word of WeChat counts: a person who lost the number cannot block the person who has it now. One round trip.
 * @returns whether the account is asked
 */
export function askForTransfer(
  budget: Budget,
  userId: string,
  request: Required<StoredTransferRequest>,
): Promise<boolean> {
  const { by, phoneHash, verifiedAt, requestedAt } = request
  const refusedBefore = new Date(requestedAt.getTime() - REFUSAL_MILLISECONDS)
  const refusal = `transferRefusals.${by}`
  const conditions = [
    { _id: userId, status: 'active', phoneHash, phoneVerifiedAt: _.exists(true), ...NOT_BY_CLIENT },
    _.or([{ [refusal]: _.exists(false) }, { [refusal]: _.lte(refusedBefore) }]),
    _.or([
      { transferRequest: _.exists(false) },
      { 'transferRequest.by': by },
      { 'transferRequest.phoneHash': _.neq(phoneHash) },
      { 'transferRequest.expiresAt': _.lte(requestedAt) },
      { 'transferRequest.verifiedAt': _.lt(verifiedAt) },
    ]),
  ]
  return updateUser(budget, _.and(conditions), { transferRequest: _.set(request) })
}

/** Takes a question back; from now on nobody can say yes to it. One round trip. @returns whether it was waiting */
export function withdrawRequest(budget: Budget, userId: string, id: string): Promise<boolean> {
  return updateUser(budget, { _id: userId, 'transferRequest.id': id }, { transferRequest: _.remove() })
}
