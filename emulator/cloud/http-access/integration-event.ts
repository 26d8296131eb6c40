import type { IncomingMessage } from 'node:http'

/** What a function is called with by HTTP. */
export interface IntegrationEvent {
  path: string
  httpMethod: string
  headers: Record<string, string>
  queryStringParameters: Record<string, string>
  requestContext: Record<string, unknown>
  body: string
  isBase64Encoded: boolean
}

/** Types whose body a function gets as text; any other is Base64. */
const TEXT = /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded|[\w.-]+\+(json|xml)))/i

interface Parts {
  path: string
  url: URL
  bytes: Buffer
  context: Record<string, unknown>
}

export function integrationEvent(
  request: IncomingMessage,
  { path, url, bytes, context }: Parts,
): IntegrationEvent {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
  const type = request.headers['content-type']
  const isText = bytes.length === 0 || type === undefined || TEXT.test(type)
  return {
    path,
    httpMethod: request.method ?? 'GET',
    headers: Object.fromEntries(headers),
    queryStringParameters: Object.fromEntries(url.searchParams),
    requestContext: context,
    body: bytes.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  }
}
