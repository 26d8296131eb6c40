/** A part of the browser's local storage. Its prefix separates the phones on one machine. */
export class DeviceStorage {
  readonly #prefix: string

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** @returns undefined for a missing key, or one that holds no JSON */
  read(key: string): unknown {
    const text = localStorage.getItem(this.#prefix + key)
    if (text === null) return undefined
    try {
      return JSON.parse(text)
    } catch {
      return undefined
    }
  }

  /** Another page of the browser has changed the key. */
  onOutsideChange(key: string, listener: () => void): void {
    addEventListener('storage', (event) => event.key === this.#prefix + key && listener())
  }

  /** @throws for a value that JSON cannot hold, and when the browser's storage is full */
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
