import type { IncomingMessage } from 'node:http'

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/**
 * Whether a request may be answered at all: it must name this machine as its host (so that no foreign name can be
 * pointed at it), and a page that sends it must come from here (so that no other site can drive it).
 */
export function isLocal(request: IncomingMessage): boolean {
  const { host, origin } = request.headers
  if (!host || !LOOPBACK.test(host)) return false
  return origin === undefined || origin === `http://${host}`
}
