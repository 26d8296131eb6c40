import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { AppError } from './app-error.ts'
import type { Call, Invocation } from './call.ts'
import { refuseClientDocument } from './client-document.ts'
import { ask } from './database.ts'
import { rateLimits } from './rate-limit.ts'
import type { PhoneInHand } from './stored-phone.ts'

/**
 * That somebody's account was closed, and when: kept until no ticket can be older, so that one from before the closing
 * does not make an account again. It names nobody. `cleanup` removes it.
 */
const markSchema = v.object({ closedAt: v.date() })

function idOf(userId: string): string {
  return `closed.${createHash('sha256').update(userId).digest('base64url')}`
}

/** One round trip; done twice, it is as done once. */
export async function markClosed({ budget }: Invocation, userId: string, closedAt: Date): Promise<void> {
  const data = { closedAt, updatedAt: closedAt }
  await ask(budget, rateLimits().doc(idOf(userId)).set({ data }))
}

/** When the caller last closed an account here, as far as that can still matter. One round trip. */
export async function lastClosing({ budget, userId }: Call): Promise<Date | undefined> {
  const { data } = await ask(budget, rateLimits().doc(idOf(userId)).get())
  refuseClientDocument('rate_limits', data)
  const mark = v.safeParse(markSchema, data)
  return mark.success ? mark.output.closedAt : undefined
}

/** @throws AppError PHONE_CODE_INVALID for a ticket whose number was verified before the account was closed */
export function requireSinceClosing(
  { byTicket, stored }: Pick<PhoneInHand, 'byTicket' | 'stored'>,
  closedAt: Date | undefined,
): void {
  if (byTicket && closedAt !== undefined && stored.phoneVerifiedAt <= closedAt) {
    throw new AppError('PHONE_CODE_INVALID')
  }
}
