import { createHmac, type KeyObject } from 'node:crypto'
import type { KeyRing } from './keys.ts'
import { type PhoneNumber, toE164 } from './phone-number.ts'
import { seal, unseal } from './sealed.ts'

/** Encrypts a number for one user's document. */
export function sealPhoneNumber(keys: KeyRing, userId: string, number: PhoneNumber): string {
  return seal(keys, userId, toE164(number))
}

/** The number in E.164, or undefined when the text was not sealed for this user with a key we (still) have. */
export function openPhoneNumber(keys: KeyRing, userId: string, sealed: string): string | undefined {
  return unseal(keys, userId, sealed)
}

/**
 * The blind index of a number: equal numbers have equal ones, and nobody without the key can try numbers out.
 * @param number in E.164
 */
export function phoneIndexOf(key: KeyObject, number: string): string {
  return createHmac('sha256', key).update(number).digest('base64url')
}
