import type { IncomingMessage } from 'node:http'
import { LOOPBACK } from '../loopback.ts'

/**
 * Whether a request may be answered at all: it must name this machine as its host (so that no foreign name can be
 * pointed at it), and a page that sends it must come from here (so that no other site can drive it). A browser says of
 * every request where it comes from, also of a picture's or a script's, which have no `Origin`; programs say nothing.
 * A link on another site may lead to a page, and to nothing else.
 */
export function isLocal(request: IncomingMessage): boolean {
  const { host, origin } = request.headers
  if (!host || !LOOPBACK.test(host)) return false
  if (origin !== undefined && origin !== `http://${host}`) return false
  const site = request.headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none' || isLinkToPage(request)
}

/** Addresses that another site must not reach: those that act or answer data, as opposed to the pages. */
const SERVICES = /^\/+(admin|control|files|http|web)(\/|$)/i

function isLinkToPage({ method, headers, url = '' }: IncomingMessage): boolean {
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return method === 'GET' && isNavigation && !SERVICES.test(pathOf(url))
}

/** What is no address counts as a service. */
function pathOf(url: string): string {
  try {
    return new URL(url, 'http://127.0.0.1').pathname
  } catch {
    return '/control'
  }
}
