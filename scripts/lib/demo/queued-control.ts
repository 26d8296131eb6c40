import { ControlClient } from 'wechat-cloud-emulator/control'

/**
 * A control client for people who use an app at the same time: each function answers one call after the other, so that
 * one instance of it is enough. To start another takes as long as ten calls.
 */
export class QueuedControl extends ControlClient {
  /** The end of each function's latest call. */
  readonly #ends = new Map<string, Promise<unknown>>()

  override request<Answer>(method: string, address: string, body?: unknown): Promise<Answer> {
    const send = () => super.request<Answer>(method, address, body)
    if (address !== 'invoke') return send()
    const { function: name } = body as { function: string }
    const answer = (this.#ends.get(name) ?? Promise.resolve()).then(send)
    this.#ends.set(
      name,
      answer.catch(() => {}),
    )
    return answer
  }
}
