import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../../control/fault.ts'

/** A request and what a fault can do to it. */
export interface FaultyRequest {
  request: IncomingMessage
  response: ServerResponse
  /** Kills the process of the function that sent the request, if a function did. */
  kill: () => void
}

/** Injects a fault into the transport of one request: whether and how its answer arrives, not what it says. */
export class FaultInjector {
  readonly #fault: Fault['answer'] | undefined
  readonly #target: FaultyRequest

  constructor(fault: Fault['answer'] | undefined, target: FaultyRequest) {
    this.#fault = fault
    this.#target = target
  }

  /** Injects a fault that comes before the work. @returns whether the request ends here, with nothing done */
  async injectBefore(): Promise<boolean> {
    const { request, response, kill } = this.#target
    switch (this.#fault?.kind) {
      case 'slow':
        await sleep(this.#fault.milliseconds)
        return false
      case 'hang':
        return true
      case 'reset':
        request.socket.destroy()
        return true
      case 'http-error':
        response
          .writeHead(this.#fault.status, { 'content-type': 'text/html' })
          .end('<html><body>upstream failed</body></html>')
        return true
      case 'kill':
        kill()
        request.socket.destroy()
        return true
      default:
        return false
    }
  }

  /** Injects a fault that comes after the work. @returns whether the answer is lost or spoilt */
  injectAfter(): boolean {
    const { request, response, kill } = this.#target
    switch (this.#fault?.kind) {
      case 'hang-after':
        return true
      case 'reset-after':
        request.socket.destroy()
        return true
      case 'garbage':
        response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(GARBAGE)
        return true
      case 'kill-after':
        kill()
        request.socket.destroy()
        return true
      default:
        return false
    }
  }
}

/** An answer cut short, with bytes that are no text. */
const GARBAGE = Buffer.concat([Buffer.from('{"requestId":"'), Buffer.from([0xff, 0xfe, 0x00, 0xc3])])
