import { createHash, createSecretKey, hkdfSync } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { AppError } from '../core/app-error.ts'
import { decrypt, encrypt } from './encryption.ts'
import type { KeyRing, NamedKey } from './keys.ts'

/**
 * The platform's logs keep the answers of `admin`, so a number is answered encrypted for the admin token of the request:
 * AES-256-GCM with a key derived (HKDF) from the secret that signed the token and from the token's id. Only a machine
 * with that secret decrypts it. The cloud console, its logs and the token alone do not.
 */

const ID_CHARACTERS = 22

/** Identifies a token without revealing it: the start of its SHA-256. */
function idOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url').slice(0, ID_CHARACTERS)
}

/**
 * @param keys `Keys.reveal`
 * @param token an admin token that was verified
 * @returns `<key id>.<token id>.<base64url(nonce, cipher, tag)>`; the key id comes first, so that a shell does not take a leading `-` for an option
 * @throws AppError ADMIN_DENIED for a token signed with a key that `keys` lacks
 */
export function encryptForAdmin(keys: KeyRing, token: string, text: string): string {
  const keyId = jwt.decode(token, { complete: true })?.header.kid
  const key = keys.find(({ id }) => id === keyId)
  if (!key) throw new AppError('ADMIN_DENIED')
  const id = idOf(token)
  return encrypt([forToken(key, id)], id, text).replace('.', `.${id}.`)
}

/**
 * @param keys `Keys.reveal`
 * @returns the text, or undefined when it was not encrypted with one of these keys
 */
export function decryptForAdmin(keys: KeyRing, encrypted: string): string | undefined {
  const [keyId, id = '', body, ...rest] = encrypted.split('.')
  if (rest.length > 0) return undefined
  const [first, ...others] = keys
  return decrypt([forToken(first, id), ...others.map((key) => forToken(key, id))], id, `${keyId}.${body}`)
}

function forToken({ id, key }: NamedKey, tokenId: string): NamedKey {
  const bytes = hkdfSync('sha256', key, Buffer.alloc(0), `wechat-phone-login/reveal/${tokenId}`, 32)
  return { id, key: createSecretKey(Buffer.from(bytes)) }
}
