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
  answer?: string
}

/**
 * The events and answers of the latest calls, unmasked, so that a call can run again with what an earlier one was
 * answered. In memory only, bounded by number and by size, and shown to nobody.
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
    this.#calls.set(requestId, { ...call })
    this.#characters += call.json?.length ?? 0
    this.#forgetOldest()
  }

  /** @param json what the function has answered, as JSON text */
  addAnswer(requestId: string, json: string): void {
    const kept = this.#calls.get(requestId)
    if (!kept || kept.answer !== undefined) return
    kept.answer = json
    this.#characters += json.length
    this.#forgetOldest()
  }

  /** undefined for a call that was too long ago, or has no answer. */
  answerOf(requestId: string): unknown {
    const answer = this.#calls.get(requestId)?.answer
    return answer === undefined ? undefined : JSON.parse(answer)
  }

  #forgetOldest(): void {
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
    const { json, answer: _, ...call } = kept
    return { ...call, event: json === undefined ? undefined : JSON.parse(json) }
  }

  clear(): void {
    this.#calls.clear()
    this.#characters = 0
  }

  #delete(requestId: string): void {
    const kept = this.#calls.get(requestId)
    this.#characters -= (kept?.json?.length ?? 0) + (kept?.answer?.length ?? 0)
    this.#calls.delete(requestId)
  }
}
