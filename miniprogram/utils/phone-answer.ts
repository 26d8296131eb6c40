/** How a tap on the phone button can end without a code. */
export type PhoneEnding =
  | 'DENIED'
  | 'CANCELLED'
  | 'PRIVACY_REFUSED'
  | 'NO_PERMISSION'
  | 'QUOTA_USED_UP'
  | 'PRIVACY_UNDECLARED'
  | 'PRIVACY_BANNED'
  /** WeChat says yes and gives no code: a base library before 2.21.2. */
  | 'NO_CODE'
  | 'PHONE_UNKNOWN'

export type PhoneAnswer = { code: string } | { ending: PhoneEnding }

/**
 * Reads the detail of a phone button's event: by errno where there is one, then by the text, which WeChat has worded
 * in several ways over the years, and last by whether there is a code.
 */
export function readPhoneAnswer(detail: unknown): PhoneAnswer {
  const { errno, errMsg, code } = (detail ?? {}) as { errno?: unknown; errMsg?: unknown; code?: unknown }
  const text = typeof errMsg === 'string' ? errMsg : ''
  const ending = endingOfText(text)
  if (typeof errno === 'number' && errno !== 0) {
    // 104 stands for both; only the text tells a closed sheet from a refused privacy agreement.
    if (errno === 104) return { ending: /privacy/i.test(text) ? 'PRIVACY_REFUSED' : 'CANCELLED' }
    return { ending: ENDING_OF_ERRNO[errno] ?? ending ?? 'PHONE_UNKNOWN' }
  }
  if (ending) return { ending }
  if (/:fail/.test(text)) return { ending: 'PHONE_UNKNOWN' }
  return typeof code === 'string' && code !== '' ? { code } : { ending: 'NO_CODE' }
}

const ENDING_OF_ERRNO: { readonly [errno: number]: PhoneEnding | undefined } = {
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
const ENDING_OF_TEXT: readonly (readonly [RegExp, PhoneEnding])[] = [
  [/not declared in the privacy agreement/i, 'PRIVACY_UNDECLARED'],
  [/privacy api banned/i, 'PRIVACY_BANNED'],
  [/privacy/i, 'PRIVACY_REFUSED'],
  [/no (jsapi )?permission|has no permission|没有权限/i, 'NO_PERMISSION'],
  [/user den(y|ied)|auth deny/i, 'DENIED'],
  [/cancel/i, 'CANCELLED'],
]

function endingOfText(text: string): PhoneEnding | undefined {
  return ENDING_OF_TEXT.find(([pattern]) => pattern.test(text))?.[1]
}
