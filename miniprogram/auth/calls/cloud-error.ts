import type { Failure } from '../core/outcome'

/**
 * Why `wx.cloud.callFunction` was rejected. Codes are those of WeChat's 错误码 pages for the cloud; a rejection
 * without a known code is read by its text, which differs between iOS, Android and the DevTools.
 */
export function readCloudError(error: unknown): Failure {
  const { code, text } = partsOf(error)
  if (code !== undefined) {
    const known = FAILURE_OF_CODE[code]
    if (known) return known
  }
  const found = FAILURE_OF_TEXT.find(([pattern]) => pattern.test(text))
  return found ? found[1] : 'INVALID_RESPONSE'
}

const FAILURE_OF_CODE: { readonly [code: number]: Failure | undefined } = {
  // The request itself, and polling for the answer.
  [-601001]: 'OFFLINE',
  [-404010]: 'OFFLINE',
  [-404012]: 'OFFLINE',
  [-1]: 'OFFLINE',
  // The function ran out of its own time.
  [-504003]: 'SLOW',
  // No such environment or function; the cloud is not switched on.
  [-501000]: 'NOT_DEPLOYED',
  [-601034]: 'NOT_DEPLOYED',
}

const FAILURE_OF_TEXT: readonly (readonly [RegExp, Failure])[] = [
  [/timed? ?out|超时/i, 'SLOW'],
  [/request:fail|network|polling|interrupted|断网/i, 'OFFLINE'],
  [/env not exists|FunctionName parameter could not be found|no permission to env/i, 'NOT_DEPLOYED'],
]

function partsOf(error: unknown): { code: number | undefined; text: string } {
  if (typeof error !== 'object' || error === null) return { code: undefined, text: String(error) }
  const { errCode, errMsg, message } = error as { errCode?: unknown; errMsg?: unknown; message?: unknown }
  const text = typeof errMsg === 'string' ? errMsg : typeof message === 'string' ? message : ''
  return { code: typeof errCode === 'number' ? errCode : undefined, text }
}
