import { asRecord } from '../core/as-record'
import type { NumberOnFile } from './number-on-file'

/**
 * Proves a number that WeChat vouches for: the phone button's code, paid for at the tap and good for one use, or the
 * ticket that replaces a code spent by a failed call.
 */
export type PhoneProof = { phoneCode: string } | { ticket: string }

/** A proof that was paid for and not redeemed yet. */
export interface PhoneCredential {
  proof: PhoneProof
  /** Milliseconds since 1970, by this phone. */
  paidAt: number
  /** It was sent once: it may be used although no answer came. */
  wasSent: boolean
  purpose: 'login' | 'change'
  /** The number known on this phone when it was paid for, masked; its text is empty for none. */
  replaced: NumberOnFile
  /** Version of the documents that the user agreed to with the tap; empty if the tap was no consent. */
  consentVersion: string
}

const KEY = 'paid-proof'

/** From storage; undefined for anything that is no credential. */
export function readStoredCredential(): PhoneCredential | undefined {
  try {
    return parse(wx.getStorageSync(KEY))
  } catch {
    return undefined
  }
}

export function writeStoredCredential(paid: PhoneCredential | undefined): void {
  try {
    if (paid) wx.setStorageSync(KEY, paid)
    else wx.removeStorageSync(KEY)
  } catch {
    // A full disk: the credential stays in memory until the app is closed.
  }
}

/** Storage may hold anything. */
function parse(value: unknown): PhoneCredential | undefined {
  const { proof, paidAt, wasSent, purpose, replaced, consentVersion } = asRecord(value)
  const parsed = parseProof(proof)
  if (!parsed || typeof paidAt !== 'number' || (purpose !== 'login' && purpose !== 'change')) return undefined
  return {
    proof: parsed,
    paidAt,
    wasSent: wasSent !== false,
    purpose,
    replaced: parseNumber(replaced),
    consentVersion: typeof consentVersion === 'string' ? consentVersion : '',
  }
}

function parseNumber(value: unknown): NumberOnFile {
  const { phone, phoneVerifiedAt } = asRecord(value)
  return {
    phone: typeof phone === 'string' ? phone : '',
    phoneVerifiedAt: typeof phoneVerifiedAt === 'number' ? phoneVerifiedAt : undefined,
  }
}

function parseProof(value: unknown): PhoneProof | undefined {
  const { phoneCode, ticket } = asRecord(value)
  if (typeof ticket === 'string' && ticket !== '') return { ticket }
  return typeof phoneCode === 'string' && phoneCode !== '' ? { phoneCode } : undefined
}
