/** A phone number as WeChat returns it: digits only, without `+`. */
export interface PhoneNumber {
  countryCode: string
  purePhoneNumber: string
}

/** E.164: `+8613800138000`. */
export function toE164({ countryCode, purePhoneNumber }: PhoneNumber): string {
  return `+${countryCode}${purePhoneNumber}`
}

const HIDDEN_AT_LEAST = 4
const SHOWN_AT_MOST = 7

/**
 * The mask for people: `138****8000`; with the country code where it is not mainland China's, `+852 91****67`.
 * At least four digits are hidden and at most seven shown; the stars do not tell how many are hidden.
 */
export function maskPhoneNumber({ countryCode, purePhoneNumber: digits }: PhoneNumber): string {
  const shown = Math.max(0, Math.min(SHOWN_AT_MOST, digits.length - HIDDEN_AT_LEAST))
  const atStart = Math.floor(shown / 2)
  const atEnd = shown - atStart
  const masked = `${digits.slice(0, atStart)}****${digits.slice(digits.length - atEnd)}`
  return countryCode === '86' ? masked : `+${countryCode} ${masked}`
}
