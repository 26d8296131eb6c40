import { AppError } from '../core/app-error.ts'
import type { Call } from '../request/call.ts'
import { closedAccountsOf } from '../users/closed-accounts.ts'
import type { VerifiedPhone } from './verified-phone.ts'

/** When the caller last closed an account, within the life of a ticket. One round trip. */
export async function lastClosedAt({ budget, userId }: Call): Promise<Date | undefined> {
  const closings = (await closedAccountsOf(budget, userId)).map(({ closedAt }) => closedAt.getTime())
  return closings.length === 0 ? undefined : new Date(Math.max(...closings))
}

/**
 * Refuses a ticket from before an account was closed: it must not create the account again.
 * @throws AppError PHONE_CODE_INVALID for a ticket whose number was verified before the account was closed
 */
export function requireVerifiedAfter(
  { byTicket, stored }: Pick<VerifiedPhone, 'byTicket' | 'stored'>,
  closedAt: Date | undefined,
): void {
  if (byTicket && closedAt !== undefined && stored.phoneVerifiedAt <= closedAt) {
    throw new AppError('PHONE_CODE_INVALID')
  }
}
