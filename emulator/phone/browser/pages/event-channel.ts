import type { ErrorLog } from '../device/error-log.ts'
import { attempt } from './attempt.ts'

type Listener = (...values: unknown[]) => unknown

/** One end of the channel between a page and the page that it opened. An event emitted at one end arrives at the other. */
export class EventChannel {
  readonly #errors: ErrorLog
  readonly #listeners = new Map<string, Set<Listener>>()
  #other: EventChannel | undefined

  private constructor(errors: ErrorLog) {
    this.#errors = errors
  }

  /** @param events listeners of the opener, as `navigateTo` takes them */
  static pair(errors: ErrorLog, events: unknown): { opener: EventChannel; opened: EventChannel } {
    const [opener, opened] = [new EventChannel(errors), new EventChannel(errors)]
    opener.#other = opened
    opened.#other = opener
    for (const [name, listener] of Object.entries(events ?? {})) {
      if (typeof listener === 'function') opener.on(name, listener)
    }
    return { opener, opened }
  }

  on(name: string, listener: Listener): void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(listener))
  }

  once(name: string, listener: Listener): void {
    const once: Listener = (...values) => {
      this.off(name, once)
      return listener(...values)
    }
    this.on(name, once)
  }

  /** @param listener absent to remove all listeners of that name */
  off(name: string, listener?: Listener): void {
    if (listener) this.#listeners.get(name)?.delete(listener)
    else this.#listeners.delete(name)
  }

  emit(name: string, ...values: unknown[]): void {
    const other = this.#other
    for (const listener of [...(other ? (other.#listeners.get(name) ?? []) : [])]) {
      attempt(this.#errors, `EventChannel ${name}`, () => listener(...values))
    }
  }
}
