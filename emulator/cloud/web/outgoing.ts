import { type LookupAddress, lookup } from 'node:dns'
import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import { type AllowedHosts, isLocalAddress } from './allowed-hosts.ts'

/** A host, which is the message, is not allowed, or its name leads to an address of this machine. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed'
}

const MAX_REDIRECTS = 5

export interface Outgoing {
  method: string
  url: URL
  headers: Record<string, string>
  body: Buffer
  signal: AbortSignal
}

/**
 * Sends a request to a host that is allowed. Each hop of a redirect is checked like the first, and so is the address
 * that a name leads to, at the moment of the connection.
 * @throws NotAllowed, or the system's error
 */
export async function sendOutgoing(hosts: AllowedHosts, outgoing: Outgoing): Promise<IncomingMessage> {
  let { method, url, headers, body } = outgoing
  for (let hop = 0; ; hop++) {
    const answer = await sendOnce(hosts, { method, url, headers, body, signal: outgoing.signal })
    const { location } = answer.headers
    const isRedirect = [301, 302, 303, 307, 308].includes(answer.statusCode ?? 0) && location !== undefined
    if (!isRedirect || hop >= MAX_REDIRECTS) return answer
    drain(answer)
    const next = new URL(location, url)
    if (answer.statusCode !== 307 && answer.statusCode !== 308 && method !== 'HEAD') {
      method = 'GET'
      body = Buffer.alloc(0)
    }
    // What proves who the user is stays with the host that it was meant for.
    if (next.host !== url.host) headers = without(headers, ['authorization', 'cookie'])
    url = next
  }
}

function sendOnce(hosts: AllowedHosts, outgoing: Outgoing): Promise<IncomingMessage> {
  const { method, url, headers, body, signal } = outgoing
  return new Promise((resolve, reject) => {
    const request = openOutgoing(hosts, url, { method, headers, signal })
    request.on('response', resolve)
    request.on('error', reject)
    request.end(body)
  })
}

/** @throws NotAllowed */
export function openOutgoing(hosts: AllowedHosts, url: URL, options: RequestOptions): ClientRequest {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new NotAllowed(url.protocol)
  if (!hosts.allows(url)) throw new NotAllowed(url.host)
  const mayBeLocal = hosts.names(url)
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  // A number needs no name server, so the check below would not see it.
  if (isIP(hostname) !== 0 && !mayBeLocal && isLocalAddress(hostname)) throw new NotAllowed(url.host)
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  return send(url, { ...options, agent: false, ...(mayBeLocal ? {} : { lookup: publicLookup(url.host) }) })
}

/** Finds the addresses of a name, and fails for one that leads to this machine or its network. */
const publicLookup =
  (host: string): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 0)
      if (addresses.some(({ address }) => isLocalAddress(address)))
        return callback(new NotAllowed(host), '', 0)
      const [first] = addresses
      if (options.all) return callback(null, addresses)
      return callback(null, first?.address ?? '', first?.family ?? 4)
    })
  }

function without(headers: Record<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
}

function drain(stream: Readable): void {
  stream.on('error', () => undefined)
  stream.resume()
}
