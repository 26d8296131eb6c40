import * as v from 'valibot'
import { AppError } from '../core/app-error.ts'
import { CLOCK_SKEW_MILLISECONDS } from '../core/clock-skew.ts'
import { decrypt, encrypt } from '../crypto/encryption.ts'
import type { KeyRing } from '../crypto/keys.ts'
import type { PhoneNumber } from './phone-number.ts'

/** As long as a phone code is valid. */
const LIFE_MILLISECONDS = 5 * 60 * 1000

const ticketSchema = v.object({
  countryCode: v.pipe(v.string(), v.regex(/^\d{1,4}$/)),
  purePhoneNumber: v.pipe(v.string(), v.regex(/^\d{4,15}$/)),
  verifiedAt: v.pipe(v.number(), v.safeInteger()),
})

/** A number that WeChat has vouched for, and when (milliseconds since 1970). */
export interface VerifiedNumber extends PhoneNumber {
  verifiedAt: number
}

/**
 * Makes a ticket for the client: the number whose exchange was paid for and which could not be stored, encrypted for this
 * user. A number is stored only if it is newer than the stored one, so a ticket counts once.
 */
export function makeTicket(keys: KeyRing, userId: string, number: VerifiedNumber): string {
  return encrypt(keys, userId, JSON.stringify(number))
}

/**
 * @param now milliseconds since 1970
 * @throws AppError PHONE_CODE_INVALID for a ticket that is expired, another user's, or invalid
 */
export function readTicket(keys: KeyRing, userId: string, ticket: string, now: number): VerifiedNumber {
  const number = v.safeParse(ticketSchema, parse(decrypt(keys, userId, ticket)))
  if (!number.success || !isFresh(number.output, now)) throw new AppError('PHONE_CODE_INVALID')
  return number.output
}

/** Neither expired nor from the future, except for the skew of two instances' clocks. */
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
