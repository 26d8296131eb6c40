import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import * as v from 'valibot'
import type { WebRequest } from '../../control/interface.ts'
import { type LoginCodes, sessionAnswer } from '../openapi/login-codes.ts'
import { readBytes } from '../wire/request-body.ts'
import type { AllowedHosts } from './allowed-hosts.ts'
import { NotAllowed, sendOutgoing } from './outgoing.ts'
import { maskedPath, type WebRequestLog } from './request-log.ts'

/** Kinds of use for which the page may get something of the web: nothing that could run or replace the page. */
const DESTINATIONS = new Set(['empty', 'image', 'font', 'audio', 'video', 'track'])
/** What is handed out as it is to a picture or a player; anything else is bytes. */
const SHOWN_TYPES = /^(image|font|audio|video)\/[\w.+-]+$|^application\/(font|x-font)[\w.+-]*$/
const TIMEOUT_MILLISECONDS = 120_000
/** WeChat's servers see this page as the one that asks. */
const refererOf = (appid: string) => `https://servicewechat.com/${appid}/devtools/page-frame.html`

const requestSchema = v.object({
  method: v.pipe(v.string(), v.regex(/^[A-Z]{1,10}$/)),
  url: v.string(),
  headers: v.record(v.pipe(v.string(), v.regex(/^[\w!#$%&'*+.^`|~-]+$/)), v.string()),
  openid: v.string(),
})
type PhoneRequest = v.InferOutput<typeof requestSchema>

/** Headers that belong to a connection, not to a request. */
const OWN_HEADERS = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'keep-alive',
  'te',
]

/**
 * `/web`: the way of the phone's page to the web. The page itself may reach nothing but this server, so no script on it
 * can send anything anywhere; here only hosts pass that the developer has allowed, and each request is logged.
 */
export class WebGateway {
  readonly #hosts: AllowedHosts
  readonly #log: WebRequestLog
  readonly #loginCodes: LoginCodes
  readonly #appid: string

  constructor(parts: { hosts: AllowedHosts; log: WebRequestLog; loginCodes: LoginCodes; appid: string }) {
    this.#hosts = parts.hosts
    this.#log = parts.log
    this.#loginCodes = parts.loginCodes
    this.#appid = parts.appid
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const asked = isFromPhone(request) ? await readRequest(request, url) : undefined
    if (!asked) {
      response.writeHead(400, SAFE_HEADERS).end('only for the phone')
      return
    }
    const target = parseUrl(asked.url)
    if (!target) {
      response.writeHead(502, SAFE_HEADERS).end('invalid url')
      return
    }
    const startedAt = Date.now()
    const note = (outcome: Pick<WebRequest, 'outcome' | 'status' | 'error'> & { host?: string }) =>
      this.#log.add({
        at: startedAt,
        openid: asked.openid,
        method: asked.method,
        host: target.host,
        path: maskedPath(target),
        milliseconds: Date.now() - startedAt,
        ...outcome,
      })
    const emulated = this.#emulate(target)
    if (emulated) {
      note({ outcome: 'emulator', status: 200 })
      answerMeta(response, { status: 200, headers: { 'content-type': 'application/json' }, cookies: [] })
      response.end(JSON.stringify(emulated))
      return
    }
    const ended = new AbortController()
    response.on('close', () => ended.abort())
    const timer = setTimeout(() => ended.abort(), TIMEOUT_MILLISECONDS)
    try {
      const answer = await sendOutgoing(this.#hosts, {
        method: asked.method,
        url: target,
        headers: this.#headersFor(asked, target),
        body: asked.body,
        signal: ended.signal,
      })
      note({ outcome: 'answered', status: answer.statusCode ?? 0 })
      await passOn(answer, response, request.method === 'GET')
    } catch (error) {
      if (response.headersSent) {
        response.destroy()
        return
      }
      const isRefused = error instanceof NotAllowed
      note({
        outcome: isRefused ? 'refused' : 'failed',
        error: (error as Error).message,
        ...(isRefused ? { host: error.message } : {}),
      })
      response.writeHead(isRefused ? 403 : 502, SAFE_HEADERS).end((error as Error).message)
    } finally {
      clearTimeout(timer)
    }
  }

  /** `sns/jscode2session`: the emulator stands for WeChat's server, which does not know its codes. */
  #emulate({ host, pathname, searchParams }: URL): object | undefined {
    if (host !== 'api.weixin.qq.com' || pathname !== '/sns/jscode2session') return undefined
    return sessionAnswer(this.#loginCodes, searchParams.get('js_code'))
  }

  #headersFor({ headers, body }: PhoneRequest & { body: Buffer }, target: URL): Record<string, string> {
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
    const given = Object.fromEntries(lower.filter(([name]) => !OWN_HEADERS.includes(name)))
    return {
      ...given,
      host: target.host,
      referer: refererOf(this.#appid),
      'accept-encoding': 'identity',
      ...(body.length > 0 ? { 'content-length': String(body.length) } : {}),
    }
  }
}

/** Whatever comes from the web: no page, no script, whatever it says of itself. */
const SAFE_HEADERS = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'content-disposition': 'attachment',
  'cache-control': 'no-store',
}

/** Only a script or a picture of this server's own page; a browser says so of each request, and another site cannot. */
function isFromPhone({ headers }: IncomingMessage): boolean {
  const destination = headers['sec-fetch-dest']
  return headers['sec-fetch-site'] === 'same-origin' && DESTINATIONS.has(String(destination))
}

async function readRequest(
  request: IncomingMessage,
  url: URL,
): Promise<(PhoneRequest & { body: Buffer }) | undefined> {
  if (request.method === 'GET') {
    const target = url.searchParams.get('url')
    const openid = ''
    return target === null
      ? undefined
      : { method: 'GET', url: target, headers: {}, openid, body: Buffer.alloc(0) }
  }
  if (request.method !== 'POST') return undefined
  try {
    const meta = JSON.parse(decodeURIComponent(String(request.headers['x-web-request'])))
    return { ...v.parse(requestSchema, meta), body: await readBytes(request) }
  } catch {
    return undefined
  }
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

function answerMeta(
  response: ServerResponse,
  meta: { status: number; headers: Record<string, string>; cookies: string[] },
): void {
  response.writeHead(200, {
    ...SAFE_HEADERS,
    'content-type': 'application/octet-stream',
    'x-web-answer': encodeURIComponent(JSON.stringify(meta)),
  })
}

async function passOn(answer: IncomingMessage, response: ServerResponse, isShown: boolean): Promise<void> {
  const { 'set-cookie': cookies = [], ...rest } = answer.headers
  const headers = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]))
  const status = answer.statusCode ?? 0
  if (isShown) {
    const type = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
    const shownType = SHOWN_TYPES.test(type) ? type : 'application/octet-stream'
    response.writeHead(status, { ...SAFE_HEADERS, 'content-type': shownType })
  } else {
    if (cookies.length > 0) headers['set-cookie'] = cookies.join(',')
    answerMeta(response, { status, headers, cookies })
  }
  await pipeline(decoded(answer), response)
}

/** Some servers compress although nobody asked. */
function decoded(answer: IncomingMessage): Readable {
  switch (answer.headers['content-encoding']) {
    case 'gzip':
      return answer.pipe(createGunzip())
    case 'deflate':
      return answer.pipe(createInflate())
    case 'br':
      return answer.pipe(createBrotliDecompress())
    default:
      return answer
  }
}
