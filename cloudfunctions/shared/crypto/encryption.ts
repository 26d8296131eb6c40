import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { KeyRing, NamedKey } from './keys.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts a text for one user: AES-256-GCM with a fresh nonce and the user id as additional data, so that it decrypts
 * for no other user. Returns `<key id>.<base64url(nonce, cipher, tag)>`.
 */
export function encrypt(keys: KeyRing, userId: string, text: string): string {
  const [current] = keys
  return encryptWith(current, randomBytes(NONCE_BYTES), userId, text)
}

/**
 * As `encrypt`, but equal texts of one user become equal ciphers with the same key: for an import, which may be
 * run again and must then make the same file. The nonce is derived (HMAC) from user and text, so no nonce is used for two
 * texts.
 */
export function encryptRepeatably(keys: KeyRing, userId: string, text: string): string {
  const [current] = keys
  const digest = createHmac('sha256', nonceKeyOf(current.key)).update(`${userId}:${text}`).digest()
  return encryptWith(current, digest.subarray(0, NONCE_BYTES), userId, text)
}

/** By key: an import encrypts thousands of numbers with one. */
const nonceKeys = new WeakMap<KeyObject, Buffer>()

function nonceKeyOf(key: KeyObject): Buffer {
  const known = nonceKeys.get(key)
  if (known) return known
  const derived = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'wechat-phone-login/nonce', 32))
  nonceKeys.set(key, derived)
  return derived
}

function encryptWith(current: NamedKey, nonce: Buffer, userId: string, text: string): string {
  const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(Buffer.from(userId))
  const body = Buffer.concat([cipher.update(text), cipher.final()])
  return `${current.id}.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`
}

/** The text, or undefined when it was not encrypted for this user with one of these keys. */
export function decrypt(keys: KeyRing, userId: string, encrypted: string): string | undefined {
  const [id, body = '', ...rest] = encrypted.split('.')
  const key = keys.find((candidate) => candidate.id === id)?.key
  const bytes = Buffer.from(body, 'base64url')
  // As for tokens, only one text is accepted for the same bytes.
  if (rest.length > 0 || bytes.toString('base64url') !== body) return undefined
  if (!key || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(userId))
    .setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const start = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
    return Buffer.concat([start, decipher.final()]).toString()
  } catch {
    return undefined
  }
}
