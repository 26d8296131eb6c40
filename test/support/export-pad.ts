import { randomBytes } from 'node:crypto'
import type { ExportedIdentity } from '../../contract/account.ts'

/** A fresh one-time pad, as a phone sends it with `export`: 256 random bytes in base64. */
export function newPad(): string {
  return randomBytes(256).toString('base64')
}

/** Reads the identity that an export combined with the pad. */
export function uncover(pad: string, hidden: string): ExportedIdentity {
  const key = Buffer.from(pad, 'base64')
  const bytes = Buffer.from(hidden, 'base64').map((byte, index) => byte ^ (key[index] ?? 0))
  return JSON.parse(Buffer.from(bytes).toString('latin1').replace(/\0+$/, ''))
}
