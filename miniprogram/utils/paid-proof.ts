import { fields } from './fields'
import type { NumberOnFile } from './number-on-file'

/**
 * Stands for a number that WeChat vouches for: the phone button's code, paid for at the tap and good for one use, or
 * the ticket that a failure gave for a code that was spent.
 */
export type PhoneProof = { phoneCode: string } | { ticket: string }

/** A proof that was paid for and has led to nothing yet. */
export interface PaidProof {
  proof: PhoneProof
  /** Milliseconds since 1970, by this phone. */
  paidAt: number
  /** A try with it was begun: it may have been used though no answer came. */
  wasSent: boolean
  purpose: 'login' | 'change'
  /** The number known on this phone when it was paid for, masked; its text is empty for none. */
  replaced: NumberOnFile
  /** Version of the documents that the user agreed to with the tap; empty if the tap was no consent. */
  consentVersion: string
}

const KEY = 'paid-proof'

/** What lies in storage; undefined for anything that is no proof. */
export function readStoredProof(): PaidProof | undefined {
  try {
    return parse(wx.getStorageSync(KEY))
  } catch {
    return undefined
  }
}

export function writeStoredProof(paid: PaidProof | undefined): void {
  try {
    if (paid) wx.setStorageSync(KEY, paid)
    else wx.removeStorageSync(KEY)
  } catch {
    // A full disk: the proof is kept in memory, until the app is closed.
  }
}

/** Anything may lie in storage. */
function parse(value: unknown): PaidProof | undefined {
  const { proof, paidAt, wasSent, purpose, replaced, consentVersion } = fields(value)
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
  const { phone, phoneVerifiedAt } = fields(value)
  return {
    phone: typeof phone === 'string' ? phone : '',
    phoneVerifiedAt: typeof phoneVerifiedAt === 'number' ? phoneVerifiedAt : undefined,
  }
}

function parseProof(value: unknown): PhoneProof | undefined {
  const { phoneCode, ticket } = fields(value)
  if (typeof ticket === 'string' && ticket !== '') return { ticket }
  return typeof phoneCode === 'string' && phoneCode !== '' ? { phoneCode } : undefined
}
