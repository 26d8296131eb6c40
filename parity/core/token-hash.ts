import { createHash, timingSafeEqual } from 'node:crypto'

/** What the function keeps of a token: `<SHA-256 in hexadecimal>.<expiry in milliseconds since 1970>`. */
export interface KeptToken {
  readonly hash: string
  readonly expiresAt: number
}

/** Name of the variable, and of the file beside the code without the variable. */
export const TOKEN_VARIABLE = 'PARITY_TOKEN'
export const TOKEN_FILE = 'token.json'

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export function writeKept({ hash, expiresAt }: KeptToken): string {
  return `${hash}.${expiresAt}`
}

/** @returns undefined for a text of any other form */
export function readKept(text: string): KeptToken | undefined {
  const [, hash, time] = /^([0-9a-f]{64})\.(\d{1,15})$/.exec(text) ?? []
  return hash === undefined ? undefined : { hash, expiresAt: Number(time) }
}

/** Compares in constant time. */
export function isTokenOf(token: string, { hash }: KeptToken): boolean {
  return timingSafeEqual(Buffer.from(hashOf(token)), Buffer.from(hash))
}
