import type { LoggedPageError, PageError } from '../control/page-error.ts'
import type { Clock } from './clock.ts'
import { maskText } from './masking/mask-text.ts'

const KEPT_ERRORS = 100

/** Errors of the mini-programs on all phones, masked. In memory only. */
export class PageErrors {
  readonly #clock: Clock
  readonly #errors: LoggedPageError[] = []
  readonly #listeners = new Set<(error: LoggedPageError) => void>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The same error again is counted, as when each frame of an animation throws. */
  add(error: PageError): void {
    const masked = mask(error)
    const last = this.#errors.at(-1)
    if (last && !last.isOfOlderBuild && keyOf(last) === keyOf(masked)) last.times++
    else this.#keep({ ...masked, at: this.#clock.now(), times: 1 })
  }

  /** @param listener receives each error, one that came in a row once */
  onAdd(listener: (error: LoggedPageError) => void): void {
    this.#listeners.add(listener)
  }

  /** Oldest first. */
  list(): LoggedPageError[] {
    return [...this.#errors]
  }

  /** The mini-program has been built again: what it has thrown so far may be mended. */
  noteNewBuild(): void {
    for (const error of this.#errors) error.isOfOlderBuild = true
  }

  clear(): void {
    this.#errors.length = 0
  }

  #keep(error: LoggedPageError): void {
    this.#errors.push(error)
    if (this.#errors.length > KEPT_ERRORS) this.#errors.shift()
    for (const listener of this.#listeners) listener(error)
  }
}

function mask({ thrown, text, ...error }: PageError): PageError {
  const masked = { ...error, text: maskText(text) }
  if (thrown === undefined) return masked
  return { ...masked, thrown: { ...thrown, message: maskText(thrown.message) } }
}

const keyOf = ({ openid, page, text, thrown }: PageError) =>
  JSON.stringify([openid, page, text, thrown?.places])
