/** The options of a call. A mini-program may pass anything, so each value is converted. */
export class Options {
  readonly #values: Readonly<Record<string, unknown>>

  constructor(values: unknown) {
    this.#values = typeof values === 'object' && values !== null ? { ...values } : {}
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined
  }

  value(name: string): unknown {
    return this.#values[name]
  }

  text(name: string, otherwise = ''): string {
    const value = this.#values[name]
    return value === undefined || value === null ? otherwise : String(value)
  }

  number(name: string, otherwise: number): number {
    const value = Number(this.#values[name] ?? otherwise)
    return Number.isFinite(value) ? value : otherwise
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.#values[name]
    return value === undefined ? otherwise : value === true
  }

  list(name: string): unknown[] {
    const value = this.#values[name]
    return Array.isArray(value) ? value : []
  }

  /** A callback of the mini-program, if there is one. */
  callback(name: 'success' | 'fail' | 'complete'): ((result: unknown) => void) | undefined {
    const value = this.#values[name]
    return typeof value === 'function' ? (result) => value(result) : undefined
  }
}
