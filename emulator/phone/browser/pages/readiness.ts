/** A component of the mini-program that has the lifetime `ready`. */
export interface ReadyComponent {
  triggerLifetime(name: string, parameters: unknown[]): void
}

/**
 * Calls `ready` of components: when a page opens, after its onShow and before its onReady; for components that are added
 * later, at the end of the task that adds them.
 */
export class Readiness {
  readonly #waiting = new Set<ReadyComponent>()
  #isHeld = false
  #isScheduled = false

  /** Called when a page opens: its components wait for `release`. */
  hold(): void {
    this.#isHeld = true
  }

  release(): void {
    this.#isHeld = false
    this.#triggerReady()
  }

  add(component: ReadyComponent): void {
    this.#waiting.add(component)
    if (this.#isHeld || this.#isScheduled) return
    this.#isScheduled = true
    setTimeout(() => {
      this.#isScheduled = false
      if (!this.#isHeld) this.#triggerReady()
    })
  }

  /** A component that is removed before it is ready is never ready. */
  remove(component: ReadyComponent): void {
    this.#waiting.delete(component)
  }

  #triggerReady(): void {
    for (const component of [...this.#waiting]) {
      if (this.#waiting.delete(component)) component.triggerLifetime('ready', [])
    }
  }
}
