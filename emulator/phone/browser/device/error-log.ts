import { describeError } from '../describe-error.ts'

declare global {
  interface Window {
    /** What went wrong on this phone, for tests. */
    __phoneErrors?: string[]
  }
}

/** What went wrong in the mini-program, for the tester to read. */
export class ErrorLog {
  readonly #entries: string[] = []
  readonly #listeners = new Set<(entries: readonly string[]) => void>()

  constructor() {
    window.__phoneErrors = this.#entries
  }

  add(text: string): void {
    this.#entries.push(text)
    this.#tell()
  }

  clear(): void {
    this.#entries.length = 0
    this.#tell()
  }

  onChange(listener: (entries: readonly string[]) => void): void {
    this.#listeners.add(listener)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.#entries)
  }
}

/** Brings what goes wrong in this window, uncaught, before the tester's eyes. */
export function logUncaught(errors: ErrorLog): void {
  window.addEventListener('error', ({ error, message }) => errors.add(error ? describeError(error) : message))
  window.addEventListener('unhandledrejection', ({ reason }) => {
    errors.add(`未处理的 Promise：${describeError(reason)}`)
  })
}
