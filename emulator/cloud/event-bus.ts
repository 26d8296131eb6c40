import type { Topic } from '../control/topic.ts'

/** Tells listeners which topic has changed. A listener reads the new state itself. */
export class EventBus {
  readonly #listeners = new Set<(topic: Topic) => void>()

  emit(topic: Topic): void {
    for (const listener of this.#listeners) listener(topic)
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: (topic: Topic) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
