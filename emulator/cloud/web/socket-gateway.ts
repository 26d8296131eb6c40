import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebRequest } from '../../control/interface.ts'
import { isLocal } from '../wire/local-only.ts'
import type { AllowedHosts } from './allowed-hosts.ts'
import { NotAllowed, openOutgoing } from './outgoing.ts'
import { maskedPath, type WebRequestLog } from './request-log.ts'

/** The page learns by this code that the host is not allowed. */
const REFUSED = 4403
/** RFC 6455, 1.3 */
const HANDSHAKE_KEY = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** `wx.connectSocket`: hands a WebSocket of the phone's page on to a host that is allowed. */
export class SocketGateway {
  readonly #hosts: AllowedHosts
  readonly #log: WebRequestLog
  readonly #open = new Set<Duplex>()

  constructor(hosts: AllowedHosts, log: WebRequestLog) {
    this.#hosts = hosts
    this.#log = log
  }

  /** Answers an upgrade of the server. */
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const target = targetOf(url.searchParams.get('url'))
    // Programs have no Origin. A page always has one, and `isLocal` compares it.
    const isPhone = request.headers.origin !== undefined && isLocal(request) && url.pathname === '/web'
    socket.on('error', () => socket.destroy())
    if (!isPhone || !target) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
      return
    }
    this.#track(socket)
    const startedAt = Date.now()
    const note = (outcome: Pick<WebRequest, 'outcome' | 'status' | 'error'>) =>
      this.#log.add({
        at: startedAt,
        openid: url.searchParams.get('openid') ?? '',
        method: 'WebSocket',
        host: target.host,
        path: maskedPath(target),
        milliseconds: Date.now() - startedAt,
        ...outcome,
      })
    const fail = (error: Error) => {
      const isRefused = error instanceof NotAllowed
      note({ outcome: isRefused ? 'refused' : 'failed', error: error.message })
      if (isRefused) refuse(request, socket)
      else socket.end('HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n')
    }
    try {
      const outgoing = openOutgoing(this.#hosts, target, { headers: headersFor(request, target) })
      outgoing.on('error', fail)
      outgoing.on('response', (answer) => fail(new Error(`status ${answer.statusCode}`)))
      outgoing.on('upgrade', (answer, upstream, first) => {
        note({ outcome: 'answered', status: 101 })
        this.#track(upstream)
        const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`)
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`)
        socket.write(first)
        upstream.write(head)
        socket.pipe(upstream).pipe(socket)
        upstream.on('error', () => socket.destroy())
        for (const [one, other] of [[socket, upstream] as const, [upstream, socket] as const]) {
          one.on('close', () => other.destroy())
        }
      })
      outgoing.end()
    } catch (error) {
      fail(error as Error)
    }
  }

  close(): void {
    for (const socket of this.#open) socket.destroy()
  }

  #track(socket: Duplex): void {
    this.#open.add(socket)
    socket.on('close', () => this.#open.delete(socket))
  }
}

function targetOf(text: string | null): URL | undefined {
  try {
    const url = new URL(text ?? '')
    if (url.protocol !== 'ws:' && url.protocol !== 'wss:') return undefined
    return new URL(url.href.replace(/^ws/, 'http'))
  } catch {
    return undefined
  }
}

function headersFor({ headers }: IncomingMessage, target: URL): Record<string, string> {
  const handshake = Object.entries(headers).filter(([name]) => name.startsWith('sec-websocket-'))
  return {
    ...Object.fromEntries(handshake.map(([name, value]) => [name, String(value)])),
    host: target.host,
    connection: 'Upgrade',
    upgrade: 'websocket',
  }
}

/** Completes the handshake and closes at once: only a close frame can tell the page a reason. */
function refuse({ headers }: IncomingMessage, socket: Duplex): void {
  const key = String(headers['sec-websocket-key'])
  const accept = createHash('sha1')
    .update(key + HANDSHAKE_KEY)
    .digest('base64')
  const protocol = String(headers['sec-websocket-protocol'] ?? '')
    .split(',')[0]
    ?.trim()
  const chosen = protocol ? `sec-websocket-protocol: ${protocol}\r\n` : ''
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n${chosen}\r\n`,
  )
  socket.end(Buffer.from([0x88, 2, REFUSED >> 8, REFUSED & 0xff]))
}
