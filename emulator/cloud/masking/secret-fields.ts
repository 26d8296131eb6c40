/** What stands for a secret in a log. */
export const HIDDEN = '••••••'

const SECRET_WORDS =
  'token|cipher|ticket|secret|sealed|authorization|openid|unionid|cloudid|password|passwd|(?:session|api|private|access)_?key'
const SECRET_FIELD = new RegExp(`${SECRET_WORDS}|code$|^pad$`, 'i')
const STATUS_CODE_FIELD = /^(code|errcode|countrycode|statuscode)$/i
const PHONE_FIELD = /phone(_?number)?$/i

/** A part of a regular expression: a field's name that {@link isSecretField} or {@link isPhoneField} may accept. */
export const NOTABLE_NAME = `[\\w$-]{0,60}?(?:${SECRET_WORDS}|code|pad|phone)[\\w$-]{0,20}`

/** Whether a field of this name holds a token, a code, an openid or a key. */
export function isSecretField(name: string): boolean {
  return SECRET_FIELD.test(name) && !STATUS_CODE_FIELD.test(name)
}

export function isPhoneField(name: string): boolean {
  return PHONE_FIELD.test(name)
}

/** A number in any notation, such as `138 0013 8000`, with its last four digits alone; a masked one stays as it is. */
export function maskNumber(number: string): string {
  return number.includes('*') ? number : number.replace(/\d(?=(?:\D*\d){4})/g, '*')
}

/** Whether a word looks like one that a program made, and not like a name or a sentence. */
export function isOpaque(word: string): boolean {
  return /\d/.test(word) && /[A-Za-z]/.test(word)
}
