import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as it was sent, without what differs from one run to the next. */
export interface SentRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: string
}

/** What COS answers when it refuses an upload. */
const REFUSAL =
  '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>no</Message><RequestId>r</RequestId><TraceId>t</TraceId></Error>'

/** Stands between an SDK and the embedded cloud, hands everything on, and records the requests. */
export class Recorder {
  sent: SentRequest[] = []
  readonly #server: Server
  readonly #cloud: URL

  private constructor(cloudUrl: string) {
    this.#cloud = new URL(cloudUrl)
    this.#server = createServer((request, response) => void this.#pass(request, response))
  }

  static async before(cloudUrl: string): Promise<Recorder> {
    const recorder = new Recorder(cloudUrl)
    await new Promise<void>((resolve) => recorder.#server.listen(0, '127.0.0.1', resolve))
    return recorder
  }

  /** For `TCB_CONTEXT_CNFG`. */
  get url(): string {
    return `http://${this.#host}/admin`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  get #host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray())
    this.sent.push(asSent(request, body))
    if (request.headers['key'] === 'refused.png') {
      response.writeHead(200, { 'content-type': 'application/xml' }).end(REFUSAL)
      return
    }
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' && !/^(host|connection|content-length|transfer-encoding)$/.test(name)
        ? [[name, value] as const]
        : [],
    )
    const { method = 'GET', url = '/' } = request
    const answer = await fetch(new URL(url, this.#cloud), {
      method,
      headers: Object.fromEntries(headers),
      ...(method === 'GET' ? {} : { body }),
    })
    const type = answer.headers.get('content-type') ?? ''
    const bytes = Buffer.from(await answer.arrayBuffer())
    // Addresses of files lead through here, too.
    const given = type.includes('json') ? bytes.toString().replaceAll(this.#cloud.host, this.#host) : bytes
    response.writeHead(answer.status, { 'content-type': type }).end(given)
  }
}

function asSent(request: IncomingMessage, bytes: Buffer): SentRequest {
  const boundary = /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1]
  const plain = (value: string) => steady(boundary ? value.replaceAll(boundary, 'BOUNDARY') : value)
  const headers = Object.entries(request.headers).map(([name, value]) => [name, plain(String(value))])
  return {
    method: request.method ?? '',
    path: plain(request.url ?? ''),
    headers: Object.fromEntries(headers),
    body: plain(bytes.toString('latin1')),
  }
}

/** Times, and what is signed with them or numbered by the cloud, differ from run to run. */
function steady(value: string): string {
  return value
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'UUID')
    .replace(/((?:seqId|eventId)(?:=|":"))[0-9a-f]+_/gi, '$1TIME_')
    .replace(/(name="(?:seqId|eventId)"\r\n\r\n)[0-9a-f]+_/g, '$1TIME_')
    .replace(/^[0-9a-f]{10,12}_(\d+)$/, 'TIME_$1')
    .replace(/\d{4}-\d\d-\d\d(\/tcb.*Signature=)[0-9a-f]{64}/, 'DATE$1SIGNATURE')
    .replace(/(\?t=|&t=)\d+(&sign=)[\w-]+/, '$1TIME$2SIGNATURE')
    .replace(/^\d{10}(\d{3})?$/, 'TIME')
}
