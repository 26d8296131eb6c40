import { NetworkFailure } from './network-failure.ts'
import type { TesterSettings } from './tester-settings.ts'

export interface WebRequest {
  method: string
  url: string
  headers: Readonly<Record<string, string>>
  body?: Blob | string | ArrayBuffer | undefined
  timeoutMilliseconds: number
  signal?: AbortSignal
  /** Bytes sent, or received, so far and in all. */
  onProgress?: (direction: 'up' | 'down', bytes: number, total: number) => void
}

export interface WebAnswer {
  status: number
  /** Values of headers that occur several times are joined by commas; those of Set-Cookie are in `cookies`. */
  headers: Record<string, string>
  cookies: string[]
  body: Blob
}

/** A host, which is the message, is not among those that the phone may reach. */
export class HostNotAllowed extends Error {
  override readonly name = 'HostNotAllowed'
}

/**
 * The web, by way of the cloud's server: the page itself may reach nothing but its own address. The server lets requests
 * pass to the hosts that are allowed.
 */
export class Web {
  readonly #settings: () => TesterSettings
  readonly #openid: string

  constructor(settings: () => TesterSettings, openid: string) {
    this.#settings = settings
    this.#openid = openid
  }

  /** @throws HostNotAllowed, NetworkFailure, Error `abort` or `timeout` */
  send(request: WebRequest): Promise<WebAnswer> {
    if (this.#settings().offline) throw new NetworkFailure('net::ERR_INTERNET_DISCONNECTED')
    const { method, url, headers, body, timeoutMilliseconds, signal, onProgress } = request
    return new Promise((resolve, reject) => {
      const xhr = new XMLHttpRequest()
      xhr.open('POST', '/web')
      xhr.responseType = 'blob'
      xhr.timeout = timeoutMilliseconds
      const meta = { method, url, headers, openid: this.#openid }
      xhr.setRequestHeader('x-web-request', encodeURIComponent(JSON.stringify(meta)))
      xhr.setRequestHeader('content-type', 'application/octet-stream')
      xhr.upload.onprogress = ({ loaded, total }) => onProgress?.('up', loaded, total)
      xhr.onprogress = ({ loaded, total }) => onProgress?.('down', loaded, total)
      xhr.onload = () => {
        const answer = readAnswer(xhr)
        if (answer) resolve(answer)
        else {
          const Failure = xhr.status === 403 ? HostNotAllowed : NetworkFailure
          void (xhr.response as Blob).text().then((text) => reject(new Failure(text)))
        }
      }
      xhr.onerror = () => reject(new NetworkFailure('net::ERR_CONNECTION_RESET'))
      xhr.ontimeout = () => reject(new Error('timeout'))
      xhr.onabort = () => reject(new Error('abort'))
      signal?.addEventListener('abort', () => xhr.abort())
      if (signal?.aborted) reject(new Error('abort'))
      else xhr.send(body)
    })
  }
}

/** Undefined unless the other server has answered. */
function readAnswer(xhr: XMLHttpRequest): WebAnswer | undefined {
  const meta = xhr.getResponseHeader('x-web-answer')
  if (meta === null) return undefined
  const { status, headers, cookies } = JSON.parse(decodeURIComponent(meta)) as Omit<WebAnswer, 'body'>
  return { status, headers, cookies, body: xhr.response as Blob }
}

/** WebSocket by way of the cloud's server. */
export function webSocketAddress(url: string, openid: string): string {
  const address = new URL('/web', location.href)
  address.protocol = 'ws:'
  address.search = new URLSearchParams({ url, openid }).toString()
  return address.href
}

/** Says once how a host is allowed. */
export const notAllowedNote = (host: string) =>
  `${host} 不在允许的域名里：在控制台“网络”里加上，或写进 emulator.config 的 allowedHosts，或用 --network · add the host to allow it`
