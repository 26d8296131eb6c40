import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FunctionCatalog } from '../functions/function-catalog.ts'
import type { Functions } from '../functions/functions.ts'
import { LIMITS } from '../limits.ts'
import { readBytes } from '../wire/request-body.ts'
import { integrationEvent } from './integration-event.ts'
import { type HttpAnswer, httpAnswer } from './integration-response.ts'

export interface HttpAccessOptions {
  catalog: FunctionCatalog
  functions: Functions
  appid: string
  environmentId: string
}

/** A page that a function answers does not act as the console's address, whose pages may do everything. */
const SANDBOX = 'sandbox allow-scripts allow-forms allow-popups'

/**
 * The HTTP access service (HTTP 访问服务): calls a function by an address. A function answers below the path that its
 * settings name, else below `/<its name>`.
 * Source: https://docs.cloudbase.net/service/access-cloud-function
 */
export class HttpAccess {
  readonly #options: HttpAccessOptions

  constructor(options: HttpAccessOptions) {
    this.#options = options
  }

  /** @param path without the part that leads to this service, such as `/pay/notify` */
  async handle(request: IncomingMessage, response: ServerResponse, path: string, url: URL): Promise<void> {
    const { status, headers, body } = await this.#answer(request, path, url)
    response.statusCode = status
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    response.setHeader('content-length', body.length)
    // Beside a policy of the function's own; each of them holds.
    response.appendHeader('content-security-policy', SANDBOX)
    // A client that asked for the head alone gets no body.
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  async #answer(request: IncomingMessage, path: string, url: URL): Promise<HttpAnswer> {
    const { functions, appid, environmentId } = this.#options
    const name = this.#functionAt(path)
    if (name === undefined)
      return refusal(404, 'INVALID_PATH', `没有云函数的 HTTP 路径是 ${path} · no function answers it`)
    const bytes = await readBytes(request)
    if (bytes.length > LIMITS.functions.requestBytes)
      return refusal(413, 'BODY_TOO_LARGE', 'body is too large')
    const context = { requestId: randomUUID(), envId: environmentId, appId: appid, uin: '' }
    const event = integrationEvent(request, { path, url, bytes, context })
    const end = await functions.invoke(name, event, { source: 'wx_http', appid })
    if (end.failure) return refusal(500, end.failure.code, end.failure.message)
    return httpAnswer(JSON.parse(end.json))
  }

  /** The function whose path is the longest that leads there. */
  #functionAt(path: string): string | undefined {
    const { catalog } = this.#options
    const routes = catalog.names().map((name) => ({ name, prefix: catalog.find(name)?.http ?? `/${name}` }))
    const leading = routes.filter(
      ({ prefix }) => path === prefix || path.startsWith(prefix === '/' ? '/' : `${prefix}/`),
    )
    return leading.sort((a, b) => b.prefix.length - a.prefix.length)[0]?.name
  }
}

function refusal(status: number, code: string, message: string): HttpAnswer {
  const body = Buffer.from(JSON.stringify({ code, message }))
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body }
}
