/** What of the cloud has changed, in words of its rooms. */
export type Topic = (typeof TOPICS)[number]

export const TOPICS = ['calls', 'database', 'files', 'users', 'machine', 'code'] as const

/** Tells whoever listens that something changed; what it is now, they ask for themselves. */
export class Changes {
  readonly #listeners = new Set<(topic: Topic) => void>()

  tell(topic: Topic): void {
    for (const listener of this.#listeners) listener(topic)
  }

  /** @returns a function that ends it */
  listen(listener: (topic: Topic) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
