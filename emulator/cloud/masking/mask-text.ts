import { HIDDEN, isOpaque, isPhoneField, isSecretField, maskNumber, NOTABLE_NAME } from './secret-fields.ts'

/** A JSON Web Token, whatever the field is called: its first part is that of an object. */
const WEB_TOKEN = /(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]*/g
const BEARER = /\b(Bearer\s{1,4})[\w.~+/=-]{8,}/g
/** Mainland China's, with its country code or without; others are known by their field or by `+`. */
const MOBILE_NUMBER = /(?<!\d)((?:86)?1\d{2})\d{4}(\d{4})(?!\d)/g
const SPACED_NUMBER = /(?<!\d)(1\d{2})([ -])\d{4}\2(\d{4})(?!\d)/g
const OTHER_NUMBER = /(\+\d{3})\d{3,14}(\d{2})(?!\d)/g
/** `token: 'a'` of `util.inspect`, `"token":"a"` of JSON, `\"token\":\"a\"` of JSON in JSON, `'token' => 'a'` of a Map. */
const QUOTED_FIELD = new RegExp(
  `(?<![\\w$-])(${NOTABLE_NAME})(\\\\*["'\`]?\\]?\\s{0,4}(?:=>|[:=])\\s{0,20})(\\\\*)(["'\`])((?:\\\\.|[^\\\\])*?)(\\3\\4|$)`,
  'gis',
)
/** `token=a`, `phone: 138` and `token a`. */
const PLAIN_FIELD = new RegExp(
  `(?<![\\w$-])(${NOTABLE_NAME})(["'\`]?\\s{0,4}(?:=>|[:=])\\s{0,20}|["'\`]?\\s{1,4})([\\w.~+/=-]{6,2048})`,
  'gi',
)
/** A shorter word may be one of a sentence. */
const ASSIGNED_CHARACTERS = 12
const FOLLOWING_CHARACTERS = 20

/**
 * A text fit for a log: tokens and what stands in fields of secrets are replaced, phone numbers are masked. Fields are
 * found in what `console.log` makes of objects, in JSON, and in `name=value`. Takes time in proportion to the length.
 */
export function maskText(text: string): string {
  return maskFields(text.replace(WEB_TOKEN, HIDDEN).replace(BEARER, `$1${HIDDEN}`))
    .replace(MOBILE_NUMBER, '$1****$2')
    .replace(SPACED_NUMBER, '$1$2****$2$3')
    .replace(OTHER_NUMBER, '$1****$2')
}

function maskFields(text: string): string {
  return text.replace(QUOTED_FIELD, maskQuoted).replace(PLAIN_FIELD, maskPlain)
}

function maskQuoted(
  _field: string,
  name: string,
  separator: string,
  escapes: string,
  quote: string,
  value: string,
  end: string,
): string {
  return `${name}${separator}${escapes}${quote}${maskValue(name, value)}${end}`
}

function maskValue(name: string, value: string): string {
  if (value === '') return value
  if (isSecretField(name)) return HIDDEN
  return isPhoneField(name) ? maskNumber(value) : maskFields(value)
}

function maskPlain(field: string, name: string, separator: string, value: string): string {
  if (isPhoneField(name)) return `${name}${separator}${/^[\d+-]+$/.test(value) ? maskNumber(value) : value}`
  const least = /[:=]/.test(separator) ? ASSIGNED_CHARACTERS : FOLLOWING_CHARACTERS
  const isSecret = isSecretField(name) && value.length >= least && isOpaque(value)
  return isSecret ? `${name}${separator}${HIDDEN}` : field
}
