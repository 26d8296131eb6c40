export interface HttpAnswer {
  status: number
  headers: Record<string, string | string[]>
  body: Buffer
}

type Json = Readonly<Record<string, unknown>>

/**
 * What a function answers as an HTTP response: an object with `statusCode` says all of it, any other object is JSON,
 * text and numbers are plain text.
 */
export function httpAnswer(result: unknown): HttpAnswer {
  if (isJson(result) && typeof result['statusCode'] === 'number') return integrationAnswer(result)
  if (typeof result === 'object' && result !== null)
    return answerOf(JSON.stringify(result), 'application/json')
  return answerOf(result === null || result === undefined ? '' : String(result), 'text/plain')
}

function integrationAnswer({ statusCode, headers, body, isBase64Encoded }: Json): HttpAnswer {
  const isText = typeof body !== 'object' || body === null
  const text = isText ? String(body ?? '') : JSON.stringify(body)
  const type = isText ? 'text/plain' : 'application/json'
  return {
    status: statusOf(statusCode),
    headers: { 'content-type': `${type}; charset=utf-8`, ...headersOf(headers) },
    body: Buffer.from(text, isBase64Encoded === true ? 'base64' : 'utf8'),
  }
}

function statusOf(value: unknown): number {
  const status = Number(value)
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : 500
}

/** Names in lower case. What HTTP does not allow, and the length, which follows the body, are left out. */
function headersOf(headers: unknown): Record<string, string | string[]> {
  if (!isJson(headers)) return {}
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    const values = Array.isArray(value) ? value.map(String) : String(value)
    const isValid = /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[^\t\x20-\x7e\x80-\xff]/.test(String(values))
    const key = name.toLowerCase()
    return isValid && key !== 'content-length' && key !== 'transfer-encoding' ? [[key, values] as const] : []
  })
  return Object.fromEntries(entries)
}

function answerOf(text: string, type: string): HttpAnswer {
  return { status: 200, headers: { 'content-type': `${type}; charset=utf-8` }, body: Buffer.from(text) }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
