/** Calling codes of two digits (ITU-T E.164); those of North America and Russia have one, all others three. */
const TWO_DIGITS = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
)

export interface PhoneNumber {
  /** Digits of the country's calling code, without `+`. */
  countryCode: string
  /** The number within the country, digits only. */
  purePhoneNumber: string
}

/**
 * Reads `13800138000` as a number of mainland China and `+85291234567` by its calling code.
 * Returns undefined for an invalid phone number.
 */
export function parsePhoneNumber(text: string): PhoneNumber | undefined {
  const compact = text.replace(/[\s-]/g, '')
  if (!/^\+?\d{5,15}$/.test(compact)) return undefined
  if (!compact.startsWith('+')) return { countryCode: '86', purePhoneNumber: compact }
  const digits = compact.slice(1)
  const length = /^[17]/.test(digits) ? 1 : TWO_DIGITS.has(digits.slice(0, 2)) ? 2 : 3
  return { countryCode: digits.slice(0, length), purePhoneNumber: digits.slice(length) }
}
