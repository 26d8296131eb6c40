import { ControlClient } from 'wechat-cloud-emulator/control'

/** More would be no faster on a machine with two cores, and would run into the functions' time limits on a busy one. */
const CALLS_AT_ONCE = 3

/**
 * A control client for people who use an app at the same time. Each function answers one call after the other, so that one
 * instance of it is enough: to start another takes as long as ten calls.
 */
export class QueuedControl extends ControlClient {
  /** The end of each function's latest call. */
  readonly #ends = new Map<string, Promise<unknown>>()
  readonly #waiting: (() => void)[] = []
  #running = 0

  override request<Answer>(method: string, address: string, body?: unknown): Promise<Answer> {
    const send = () => super.request<Answer>(method, address, body)
    if (address !== 'invoke') return send()
    const { function: name } = body as { function: string }
    const before = this.#ends.get(name) ?? Promise.resolve()
    const answer = before.then(() => this.#inTurn(send))
    this.#ends.set(
      name,
      answer.catch(() => {}),
    )
    return answer
  }

  async #inTurn<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    if (this.#running === CALLS_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running++
    try {
      return await send()
    } finally {
      // The place goes to the next call, if one waits.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running--
    }
  }
}
