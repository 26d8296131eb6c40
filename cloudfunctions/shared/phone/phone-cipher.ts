import { createHmac, type KeyObject } from 'node:crypto'
import { decrypt, encrypt } from '../crypto/encryption.ts'
import type { KeyRing } from '../crypto/keys.ts'
import { command } from '../database/database.ts'
import { type PhoneNumber, toE164 } from './phone-number.ts'

/** Encrypts a number for one user's document. */
export function encryptPhoneNumber(keys: KeyRing, userId: string, number: PhoneNumber): string {
  return encrypt(keys, userId, toE164(number))
}

/** The number in E.164, or undefined when it was not encrypted for this user with one of these keys. */
export function decryptPhoneNumber(keys: KeyRing, userId: string, encrypted: string): string | undefined {
  return decrypt(keys, userId, encrypted)
}

/**
 * The blind index of a number: equal for equal numbers, and not computable without the key.
 * @param number in E.164
 */
export function phoneIndexOf(key: KeyObject, number: string): string {
  return createHmac('sha256', key).update(number).digest('base64url')
}

/** The id of the key that a number is encrypted with; `unknown` for anything that may be no cipher but a number. */
export function keyIdOf(encrypted: string): string {
  const [id] = /^[\w-]{1,16}(?=\.)/.exec(encrypted) ?? []
  return id === undefined || /\d{7}/.test(id) ? 'unknown' : id
}

/** Condition on `phoneCipher`: encrypted with the key of this id. `/` is the character after `.`. */
export function encryptedWith(keyId: string): ReturnType<typeof command.and> {
  return command.gte(`${keyId}.`).and(command.lt(`${keyId}/`))
}

/**
 * Conditions on `phoneCipher` that together match every number encrypted with none of these keys: the ranges before the
 * first key, between two, and after the last. An index answers each of them; one condition that excludes the keys would
 * read every user.
 */
export function encryptedWithNoneOf(keyIds: readonly string[]): ReturnType<typeof command.and>[] {
  // With the dot: `k1-a.` comes before `k1.`.
  const known = keyIds
    .map((id) => `${id}.`)
    .sort()
    .map((prefix) => prefix.slice(0, -1))
  const starts = [command.gt(''), ...known.map((id) => command.gte(`${id}/`))]
  return starts.map((start, index) => {
    const next = known[index]
    return next === undefined ? start : start.and(command.lt(`${next}.`))
  })
}
