import { AppError } from '../shared/core/app-error.ts'
import type { OtherAccount } from '../shared/users/same-number.ts'
import type { StoredRequestedTransfer } from '../shared/users/transfer-fields.ts'
import { CLAIM_MILLISECONDS, REFUSAL_MILLISECONDS } from '../shared/users/transfer-request.ts'
import type { User } from '../shared/users/user.ts'

/** What a user bases a question to another account on: a number that WeChat has vouched for lately. */
export interface Claim {
  userId: string
  phoneHash: string
  verifiedAt: Date
  /** The account that the user asked last. */
  askedLast: string | undefined
}

/** Undefined for a user without a number, and for one for whose number WeChat has not vouched lately. */
export function claimOf(user: User, now: number): Claim | undefined {
  const { _id: userId, phoneHash, phoneVerifiedAt: verifiedAt, requestedTransfer } = user
  if (phoneHash === '' || !verifiedAt || now - verifiedAt.getTime() > CLAIM_MILLISECONDS) return undefined
  return { userId, phoneHash, verifiedAt, askedLast: requestedTransfer?.of }
}

/** The user's own question, if it waits at one of these accounts. */
export function waitingFor(
  { requestedTransfer, phoneHash }: User,
  accounts: readonly OtherAccount[],
  now: number,
): StoredRequestedTransfer | undefined {
  const isWaiting = accounts.some(
    ({ transferRequest }) =>
      transferRequest !== undefined &&
      transferRequest.id === requestedTransfer?.id &&
      transferRequest.phoneHash === phoneHash &&
      transferRequest.expiresAt.getTime() > now,
  )
  return isWaiting ? requestedTransfer : undefined
}

/**
 * The account to ask: the one used last, after those that were asked last without an answer.
 * @param accounts the one used last first
 * @throws AppError TRANSFER_UNAVAILABLE, TRANSFER_REFUSED, TRANSFER_PENDING
 */
export function whomToAsk(claim: Claim, accounts: readonly OtherAccount[], now: number): string {
  if (accounts.length === 0) throw new AppError('TRANSFER_UNAVAILABLE')
  const willing = accounts.filter((account) => !hasRefused(account, claim, now))
  if (willing.length === 0) throw new AppError('TRANSFER_REFUSED')
  const free = willing.filter((account) => !isAskedByAnother(account, claim, now))
  const [first] = [
    ...free.filter(({ _id }) => _id !== claim.askedLast),
    ...free.filter(({ _id }) => _id === claim.askedLast),
  ]
  if (!first) throw new AppError('TRANSFER_PENDING')
  return first._id
}

function hasRefused({ transferRefusals }: OtherAccount, { userId }: Claim, now: number): boolean {
  const refusedAt = transferRefusals[userId]
  return refusedAt !== undefined && now - refusedAt.getTime() < REFUSAL_MILLISECONDS
}

/** A question counts as long as it is about the number, and WeChat vouched for its asker no earlier than for this one. */
function isAskedByAnother({ transferRequest }: OtherAccount, claim: Claim, now: number): boolean {
  if (!transferRequest || transferRequest.by === claim.userId) return false
  const { phoneHash, expiresAt, verifiedAt } = transferRequest
  if (phoneHash !== claim.phoneHash || expiresAt.getTime() <= now) return false
  return verifiedAt === undefined || verifiedAt >= claim.verifiedAt
}
