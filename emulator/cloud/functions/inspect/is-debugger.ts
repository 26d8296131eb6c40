import type { IncomingMessage } from 'node:http'
import { LOOPBACK } from '../../loopback.ts'

/**
 * Whether a request may be a debugger's. Who attaches can run any code on this machine, so no page in a browser may: a
 * page always has an Origin, and one that has got at this address by a name of its own has another Host.
 */
export function isDebugger({ headers }: IncomingMessage): boolean {
  const isPage = headers.origin !== undefined && !headers.origin.startsWith('devtools:')
  return !isPage && LOOPBACK.test((headers.host ?? '').toLowerCase())
}
