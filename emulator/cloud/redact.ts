const HIDDEN = '••••••'
const SECRET_FIELD = /token|code$|cipher|ticket|secret|sealed|authorization|openid|^pad$/i
const STATUS_CODE_FIELD = /^(code|errcode|countrycode|statuscode)$/i
const PHONE_FIELD = /phone(number)?$/i
/** Mainland China's, with its country code or without; others are known by their field or by `+`. */
const MOBILE_NUMBER = /(?<!\d)((?:86)?1\d{2})\d{4}(\d{4})(?!\d)/g
const OTHER_NUMBER = /(\+\d{3})\d{3,14}(\d{2})(?!\d)/g
/** A JSON Web Token, whatever the field is called: its first part is that of an object. */
const WEB_TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g
const DEPTH = 8

/**
 * A copy of `value` fit for a log: fields that hold tokens, codes and openids are replaced, web tokens inside any text
 * too, phone numbers inside any text are masked, and what is very deep is cut.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') {
    return value
      .replace(WEB_TOKEN, HIDDEN)
      .replace(MOBILE_NUMBER, '$1****$2')
      .replace(OTHER_NUMBER, '$1****$2')
  }
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEPTH) return '…'
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecret(name, inner) ? HIDDEN : isPhone(name, inner) ? masked(inner) : redact(inner, depth + 1),
    ]),
  )
}

/** However it is written, as `138 0013 8000`; what is masked already stays. */
function isPhone(name: string, value: unknown): value is string {
  return PHONE_FIELD.test(name) && typeof value === 'string' && !value.includes('*')
}

const masked = (number: string) => number.replace(/\d(?=(?:\D*\d){4})/g, '*')

function isSecret(name: string, value: unknown): boolean {
  if (typeof value !== 'string' || value === '') return false
  return SECRET_FIELD.test(name) && !STATUS_CODE_FIELD.test(name)
}
