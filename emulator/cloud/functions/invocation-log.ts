import type { LogLine, ThrownError } from '../../control/invocation.ts'
import type { ErrorLocator } from './errors/error-locator.ts'
import type { ErrorReport } from './errors/error-report.ts'
import { type InstanceLog, LoadFailure } from './instance.ts'
import { CompileFailure } from './loading/compile-failure.ts'

/** The log of one call: lines of the function, and its errors with their places in the sources. */
export class InvocationLog {
  readonly #addLine: (line: LogLine) => void
  readonly #locator: ErrorLocator
  readonly #loadedAt: number

  /**
   * @param addLine adds a line to the record of the call
   * @param loadedAt when its instance was started, milliseconds since 1970
   */
  constructor(addLine: (line: LogLine) => void, locator: ErrorLocator, loadedAt: number) {
    this.#addLine = addLine
    this.#locator = locator
    this.#loadedAt = loadedAt
  }

  add({ level, text, error, isLocal }: InstanceLog): void {
    const thrown = error && this.#locator.locate(error, this.#loadedAt)
    this.#add(level, this.#locator.locateText(text, this.#loadedAt), thrown, isLocal)
  }

  /** Adds what the function threw, and returns it. */
  addThrown(error: ErrorReport): ThrownError {
    const thrown = this.#locator.locate(error, this.#loadedAt)
    this.#add('error', this.#locator.locateText(error.stack, this.#loadedAt), thrown)
    return thrown
  }

  /** Adds why the function cannot be started; returns what its code threw, or the place that does not compile. */
  addFailure(message: string, error: unknown): ThrownError | undefined {
    const thrown = this.#thrownAtStart(error)
    this.#add('error', message, thrown)
    return thrown
  }

  #thrownAtStart(error: unknown): ThrownError | undefined {
    if (error instanceof CompileFailure) return this.#locator.locatePlace(error)
    if (!(error instanceof LoadFailure) || !error.error) return undefined
    return this.#locator.locate(error.error, this.#loadedAt)
  }

  #add(level: string, text: string, thrown: ThrownError | undefined, isLocal?: true): void {
    this.#addLine({ level, text, ...(thrown ? { thrown } : {}), ...(isLocal ? { isLocal } : {}) })
  }
}
