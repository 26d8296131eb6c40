import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto'
import type { KeyRing } from './keys.ts'
import { type PhoneNumber, toE164 } from './phone-number.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts a number for one user's document: AES-256-GCM with a fresh nonce, the user id as additional data, so
 * that a cipher moved into another document opens nothing. `<key id>.<base64url(nonce, cipher, tag)>`
 */
export function sealPhoneNumber(keys: KeyRing, userId: string, number: PhoneNumber): string {
  const [current] = keys
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(Buffer.from(userId))
  const body = Buffer.concat([cipher.update(toE164(number)), cipher.final()])
  return `${current.id}.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`
}

/** The number in E.164, or undefined when the text was not sealed for this user with a key we (still) have. */
export function openPhoneNumber(keys: KeyRing, userId: string, sealed: string): string | undefined {
  const [id, body = ''] = sealed.split('.')
  const key = keys.find((candidate) => candidate.id === id)?.key
  const bytes = Buffer.from(body, 'base64url')
  if (!key || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(userId))
    .setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const open = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
    return Buffer.concat([open, decipher.final()]).toString()
  } catch {
    return undefined
  }
}

/** The blind index of a number: equal numbers have equal ones, and nobody without the key can try numbers out. */
export function phoneIndexOf(key: KeyObject, number: PhoneNumber): string {
  return createHmac('sha256', key).update(toE164(number)).digest('base64url')
}
