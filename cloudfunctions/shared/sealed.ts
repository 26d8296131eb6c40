import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { KeyRing } from './keys.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts a text for one user: AES-256-GCM with a fresh nonce, the user id as additional data, so that what was
 * sealed for one user opens nothing for another. `<key id>.<base64url(nonce, cipher, tag)>`
 */
export function seal(keys: KeyRing, userId: string, text: string): string {
  const [current] = keys
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(Buffer.from(userId))
  const body = Buffer.concat([cipher.update(text), cipher.final()])
  return `${current.id}.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`
}

/** The text, or undefined when it was not sealed for this user with a key we (still) have. */
export function unseal(keys: KeyRing, userId: string, sealed: string): string | undefined {
  const [id, body = '', ...rest] = sealed.split('.')
  const key = keys.find((candidate) => candidate.id === id)?.key
  const bytes = Buffer.from(body, 'base64url')
  // One text only for the same bytes, as for tokens.
  if (rest.length > 0 || bytes.toString('base64url') !== body) return undefined
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
