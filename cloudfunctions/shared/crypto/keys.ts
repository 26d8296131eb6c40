import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { functionEnvironment } from '../core/environment.ts'
import { readSecrets, type Secrets } from './secrets.ts'

/** A derived key under the id of the secret it comes from. */
export interface NamedKey {
  id: string
  key: KeyObject
}

export type KeyRing = readonly [NamedKey, ...NamedKey[]]

/** Every key the functions use, each derived for one purpose, so that none can be used instead of another. */
export interface Keys {
  token: KeyRing
  phone: KeyRing
  ticket: KeyRing
  admin: KeyRing
  /** Numbers for administrators are encrypted with keys derived from these, one for each admin token. */
  reveal: KeyRing
  /** Turns appid and openid into a user id. */
  userId: KeyObject
  /** Turns a phone number into its blind index. */
  phoneIndex: KeyObject
}

export function deriveKeys(secrets: Secrets): Keys {
  const ring = (purpose: string): KeyRing => {
    const [first, ...others] = secrets.login
    const derive = (secret: { id: string; bytes: Buffer }) => ({
      id: secret.id,
      key: deriveKey(secret.bytes, purpose),
    })
    return [derive(first), ...others.map(derive)]
  }
  return {
    token: ring('token'),
    phone: ring('phone'),
    ticket: ring('ticket'),
    admin: ring('admin'),
    reveal: ring('reveal'),
    userId: deriveKey(secrets.index, 'user-id'),
    phoneIndex: deriveKey(secrets.index, 'phone-index'),
  }
}

/** HKDF-SHA256 (RFC 5869), 256 bits. As KeyObjects, since jsonwebtoken is many times slower with anything else. */
function deriveKey(secret: Buffer, purpose: string): KeyObject {
  const bytes = hkdfSync('sha256', secret, Buffer.alloc(0), `wechat-phone-login/${purpose}`, 32)
  return createSecretKey(Buffer.from(bytes))
}

let cached: { login: string | undefined; index: string | undefined; keys: Keys } | undefined

/**
 * The keys of this function's environment, derived once as long as it stays the same.
 * @throws AppError MISCONFIGURED
 */
export function currentKeys(): Keys {
  const { LOGIN_SECRETS: login, INDEX_SECRET: index } = process.env
  if (cached && cached.login === login && cached.index === index) return cached.keys
  const keys = deriveKeys(readSecrets(functionEnvironment()))
  cached = { login, index, keys }
  return keys
}
