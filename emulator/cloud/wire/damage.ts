import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../faults.ts'

export interface Victim {
  request: IncomingMessage
  response: ServerResponse
  /** Ends the process of the function that asks, if a function does. */
  kill: () => void
}

/** What a fault does to one request on its way: not to what is answered, but to whether and how it arrives. */
export class Damage {
  readonly #fault: Fault['answer'] | undefined
  readonly #victim: Victim

  constructor(fault: Fault['answer'] | undefined, victim: Victim) {
    this.#fault = fault
    this.#victim = victim
  }

  /** @returns whether the request ends here, before anything was done */
  async isDoneBefore(): Promise<boolean> {
    const { request, response, kill } = this.#victim
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

  /** @returns whether the answer to what was done is lost or spoilt */
  isDoneAfter(): boolean {
    const { request, response, kill } = this.#victim
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
