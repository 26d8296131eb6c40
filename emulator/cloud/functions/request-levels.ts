/**
 * Inside the process of an instance: which of a call's requests had to wait for which. A request that is sent after
 * the answer to another has been read stands one level above it; requests sent before any answer share a level. Told
 * by the order of events in this process, so it is right however fast the answers come.
 */

import type { ClientRequest, IncomingMessage } from 'node:http'
import type { InstanceMessage } from './messages.ts'
import { subscribe } from './subscribe.ts'

interface CallLevels {
  /** The highest level of which an answer has been read. */
  answered: number
}

let current: CallLevels | undefined

/** Before the function's file is loaded. */
export function installRequestLevels(send: (message: InstanceMessage) => void): void {
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { request: ClientRequest }
    const call = current
    const sequence = isOfSdk(request) ? sequenceOf(request.path) : undefined
    if (!call || sequence === undefined) return
    const level = call.answered + 1
    send({ type: 'sent', sequence, level })
    // Before the SDK's own listeners: what those do next has the answer already.
    request.prependOnceListener('response', (response: IncomingMessage) => {
      response.once('end', () => {
        call.answered = Math.max(call.answered, level)
      })
    })
  })
}

/** Begins a call; open requests of the call before no longer count. */
export function beginRequestLevels(): void {
  current = { answered: 0 }
}

/** Whether a request goes to the one address that the SDK is given. */
export function isOfSdk(request: ClientRequest): boolean {
  const { pathname } = new URL(JSON.parse(process.env['TCB_CONTEXT_CNFG'] ?? '{}').URL ?? 'http://nowhere/')
  return request.path.split('?')[0] === pathname
}

/** The SDK's own number of a request; the same for another attempt at it. */
export function sequenceOf(url: string): string | undefined {
  return /[?&]seqId=([^&]+)/.exec(url)?.[1]
}
