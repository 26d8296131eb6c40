import type { Caller } from './caller.ts'

/** One call as it was made, with the secrets and numbers of its event. */
export interface RepeatableCall {
  functionName: string
  caller: Caller
  event: unknown
}

interface Kept {
  functionName: string
  caller: Caller
  /** JSON; undefined for no event. */
  json: string | undefined
}

/**
 * The events of the latest calls, unmasked, so that a call can run again. In memory only, bounded by number and by
 * size, and shown to nobody.
 */
export class RepeatableCalls {
  readonly #calls = new Map<string, Kept>()
  readonly #maximumCalls: number
  readonly #maximumCharacters: number
  #characters = 0

  constructor(maximumCalls = 1000, maximumCharacters = 8_000_000) {
    this.#maximumCalls = maximumCalls
    this.#maximumCharacters = maximumCharacters
  }

  /** @param json the event as JSON text */
  add(requestId: string, call: Kept): void {
    this.#delete(requestId)
    this.#calls.set(requestId, call)
    this.#characters += call.json?.length ?? 0
    while (this.#calls.size > this.#maximumCalls || this.#characters > this.#maximumCharacters) {
      const [oldest] = this.#calls.keys()
      if (oldest === undefined) return
      this.#delete(oldest)
    }
  }

  has(requestId: string): boolean {
    return this.#calls.has(requestId)
  }

  /** undefined for a call that was too long ago, or too large. */
  find(requestId: string): RepeatableCall | undefined {
    const kept = this.#calls.get(requestId)
    if (!kept) return undefined
    const { json, ...call } = kept
    return { ...call, event: json === undefined ? undefined : JSON.parse(json) }
  }

  clear(): void {
    this.#calls.clear()
    this.#characters = 0
  }

  #delete(requestId: string): void {
    this.#characters -= this.#calls.get(requestId)?.json?.length ?? 0
    this.#calls.delete(requestId)
  }
}
