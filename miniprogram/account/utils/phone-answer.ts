/** Why a tap on the phone button brought no code. */
export type PhoneErrorCode =
  | 'DENIED'
  | 'CANCELLED'
  | 'PRIVACY_REFUSED'
  | 'NO_PERMISSION'
  | 'QUOTA_USED_UP'
  | 'PRIVACY_UNDECLARED'
  | 'PRIVACY_BANNED'
  /** WeChat reports success without a code: a base library before 2.21.2. */
  | 'NO_CODE'
  | 'PHONE_UNKNOWN'

export type PhoneAnswer = { code: string } | { error: PhoneErrorCode }

/**
 * Reads the detail of a phone button's event: by errno if there is one, then by the text, which WeChat has changed over
 * the years, and last by whether there is a code.
 */
export function readPhoneAnswer(detail: unknown): PhoneAnswer {
  const { errno, errMsg, code } = (detail ?? {}) as { errno?: unknown; errMsg?: unknown; code?: unknown }
  const text = typeof errMsg === 'string' ? errMsg : ''
  const error = codeOfText(text)
  if (typeof errno === 'number' && errno !== 0) {
    // 104 stands for both; only the text tells a closed sheet from a refused privacy agreement.
    if (errno === 104) return { error: /privacy/i.test(text) ? 'PRIVACY_REFUSED' : 'CANCELLED' }
    return { error: CODE_OF_ERRNO[errno] ?? error ?? 'PHONE_UNKNOWN' }
  }
  if (error) return { error }
  if (/:fail/.test(text)) return { error: 'PHONE_UNKNOWN' }
  return typeof code === 'string' && code !== '' ? { code } : { error: 'NO_CODE' }
}

const CODE_OF_ERRNO: { readonly [errno: number]: PhoneErrorCode | undefined } = {
  102: 'NO_PERMISSION',
  103: 'DENIED',
  112: 'PRIVACY_UNDECLARED',
  1025: 'PRIVACY_BANNED',
  101100: 'PRIVACY_REFUSED',
  101101: 'PRIVACY_REFUSED',
  101102: 'PRIVACY_REFUSED',
  1400001: 'QUOTA_USED_UP',
}

/** The order matters: "privacy permission" is no missing permission. */
const CODE_OF_TEXT: readonly (readonly [RegExp, PhoneErrorCode])[] = [
  [/not declared in the privacy agreement/i, 'PRIVACY_UNDECLARED'],
  [/privacy api banned/i, 'PRIVACY_BANNED'],
  [/privacy/i, 'PRIVACY_REFUSED'],
  [/no (jsapi )?permission|has no permission|没有权限/i, 'NO_PERMISSION'],
  [/user den(y|ied)|auth deny/i, 'DENIED'],
  [/cancel/i, 'CANCELLED'],
]

function codeOfText(text: string): PhoneErrorCode | undefined {
  return CODE_OF_TEXT.find(([pattern]) => pattern.test(text))?.[1]
}
