/**
 * The latest few of something, for all phones and consoles of this browser. A change on one page notifies the others.
 */
export class BrowserList<Item> {
  readonly #key: string
  readonly #kept: number
  readonly #listeners = new Set<() => void>()

  /** @param key in the browser's local storage */
  constructor(key: string, kept: number) {
    this.#key = key
    this.#kept = kept
    window.addEventListener('storage', ({ key: changed }) => {
      if (changed === this.#key) this.#notify()
    })
  }

  /** The latest first. */
  list(): Item[] {
    try {
      const items: unknown = JSON.parse(localStorage.getItem(this.#key) ?? '[]')
      return Array.isArray(items) ? items : []
    } catch {
      return []
    }
  }

  /** @param isSame whether an item that is there is the same, and gives way */
  add(item: Item, isSame: (known: Item) => boolean = () => false): void {
    const items = [item, ...this.list().filter((known) => !isSame(known))]
    localStorage.setItem(this.#key, JSON.stringify(items.slice(0, this.#kept)))
    this.#notify()
  }

  /** @returns stops listening */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #notify(): void {
    for (const listener of this.#listeners) listener()
  }
}
