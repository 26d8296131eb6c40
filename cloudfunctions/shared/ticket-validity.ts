import { AppError } from './app-error.ts'
import type { Call } from './call.ts'
import { closedAccountsOf } from './closed-accounts.ts'
import type { PhoneInHand } from './stored-phone.ts'

/** When the caller last closed an account here, as far as a ticket can be older. One round trip. */
export async function lastClosing({ budget, userId }: Call): Promise<Date | undefined> {
  const closings = (await closedAccountsOf(budget, userId)).map(({ closedAt }) => closedAt.getTime())
  return closings.length === 0 ? undefined : new Date(Math.max(...closings))
}

/**
 * A ticket from before an account was closed makes no account again.
 * @throws AppError PHONE_CODE_INVALID for a ticket whose number was verified before the account was closed
 */
export function requireSinceClosing(
  { byTicket, stored }: Pick<PhoneInHand, 'byTicket' | 'stored'>,
  closedAt: Date | undefined,
): void {
  if (byTicket && closedAt !== undefined && stored.phoneVerifiedAt <= closedAt) {
    throw new AppError('PHONE_CODE_INVALID')
  }
}
