import type { PhoneNumber } from '../phone/phone-number.ts'

/** Country calling codes of one and two digits (ITU-T E.164); all others have three. */
const COUNTRY_CODE = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/

/**
 * Parses a number as apps have stored it: `13800138000` as text or number, `+86 138-0013-8000`, `0086…`, full-width digits,
 * marks of direction that a copied number has around it, and numbers of other countries with `+`. Without a country it is mainland China's, whose mobile numbers have 11 digits.
 * @param countryCode as WeChat gives it beside a number: `852`
 * @returns undefined for anything else, such as a masked number, a landline and an encrypted text
 */
export function parseWrittenPhone(value: unknown, countryCode?: unknown): PhoneNumber | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const compact = String(value)
    .normalize('NFKC')
    .replaceAll(/[\s()\p{Pd}\p{Cf}]/gu, '')
    .replace(/^00/, '+')
  if (/^\+\d{7,15}$/.test(compact)) return international(compact.slice(1))
  const mainland = compact.replace(/^86(?=1\d{10}$)/, '')
  const country = countryOf(countryCode)
  if (country === '86') return isMainlandMobile(mainland) ? mainlandNumber(mainland) : undefined
  return /^\d{4,14}$/.test(compact) ? { countryCode: country, purePhoneNumber: compact } : undefined
}

function international(digits: string): PhoneNumber | undefined {
  const [countryCode = ''] = COUNTRY_CODE.exec(digits) ?? []
  const purePhoneNumber = digits.slice(countryCode.length)
  if (countryCode === '86')
    return isMainlandMobile(purePhoneNumber) ? mainlandNumber(purePhoneNumber) : undefined
  return purePhoneNumber.length < 4 ? undefined : { countryCode, purePhoneNumber }
}

function countryOf(value: unknown): string {
  const digits =
    typeof value === 'string' || typeof value === 'number' ? String(value).replace(/^(?:\+|00)/, '') : ''
  return /^[1-9]\d{0,3}$/.test(digits) ? digits : '86'
}

function isMainlandMobile(digits: string): boolean {
  return /^1[3-9]\d{9}$/.test(digits)
}

function mainlandNumber(purePhoneNumber: string): PhoneNumber {
  return { countryCode: '86', purePhoneNumber }
}
