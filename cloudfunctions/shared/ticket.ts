import * as v from 'valibot'
import { AppError } from './app-error.ts'
import { CLOCK_SKEW_MILLISECONDS } from './clock-skew.ts'
import type { KeyRing } from './keys.ts'
import type { PhoneNumber } from './phone-number.ts'
import { seal, unseal } from './sealed.ts'

/** As long as the phone code it stands for was good. */
const LIFE_MILLISECONDS = 5 * 60 * 1000

const ticketSchema = v.object({
  countryCode: v.pipe(v.string(), v.regex(/^\d{1,4}$/)),
  purePhoneNumber: v.pipe(v.string(), v.regex(/^\d{4,15}$/)),
  verifiedAt: v.pipe(v.number(), v.safeInteger()),
})

/** A number that WeChat vouched for, and when (milliseconds since 1970). */
export interface VerifiedNumber extends PhoneNumber {
  verifiedAt: number
}

/**
 * Puts a number whose exchange was paid for, and which could not be stored, into the client's hands: sealed, for
 * this user only. A number goes into a user's document only if it is newer than the one there, so a ticket counts once.
 */
export function makeTicket(keys: KeyRing, userId: string, number: VerifiedNumber): string {
  return seal(keys, userId, JSON.stringify(number))
}

/**
 * @param now milliseconds since 1970
 * @throws AppError PHONE_CODE_INVALID for a ticket that is too old, another user's, or none at all
 */
export function openTicket(keys: KeyRing, userId: string, ticket: string, now: number): VerifiedNumber {
  const number = v.safeParse(ticketSchema, parse(unseal(keys, userId, ticket)))
  if (!number.success || !isFresh(number.output, now)) throw new AppError('PHONE_CODE_INVALID')
  return number.output
}

/** Neither too old nor, but for the clocks of two instances, from the future. */
function isFresh({ verifiedAt }: VerifiedNumber, now: number): boolean {
  return now < verifiedAt + LIFE_MILLISECONDS && verifiedAt <= now + CLOCK_SKEW_MILLISECONDS
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
