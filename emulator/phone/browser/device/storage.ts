/** A part of the browser's storage under a prefix of its own, so that two phones on one machine differ. */
export class DeviceStorage {
  readonly #prefix: string

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** undefined for what is not there, or was not written by this phone. */
  read(key: string): unknown {
    const text = localStorage.getItem(this.#prefix + key)
    if (text === null) return undefined
    try {
      return JSON.parse(text)
    } catch {
      return undefined
    }
  }

  /** @throws where the value is no JSON, or the browser's storage is full */
  write(key: string, value: unknown): void {
    localStorage.setItem(this.#prefix + key, JSON.stringify(value))
  }

  remove(key: string): void {
    localStorage.removeItem(this.#prefix + key)
  }

  clear(): void {
    for (const key of this.keys()) this.remove(key)
  }

  keys(): string[] {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(this.#prefix))
      .map((key) => key.slice(this.#prefix.length))
  }

  sizeInBytes(): number {
    const texts = this.keys().map((key) => key + (localStorage.getItem(this.#prefix + key) ?? ''))
    return new TextEncoder().encode(texts.join('')).length
  }
}
