/** A component of the mini-program, as far as it is told that it is laid out. */
export interface ReadyComponent {
  triggerLifetime(name: string, parameters: unknown[]): void
}

/**
 * Calls `ready` of components once they are laid out: of a page that opens, after its onShow and before its onReady;
 * of what comes onto a page later, at the end of the task that brought it.
 */
export class Readiness {
  readonly #waiting = new Set<ReadyComponent>()
  #isHeld = false
  #isScheduled = false

  /** A page opens: its components wait for `release`. */
  hold(): void {
    this.#isHeld = true
  }

  release(): void {
    this.#isHeld = false
    this.#tell()
  }

  attached(component: ReadyComponent): void {
    this.#waiting.add(component)
    if (this.#isHeld || this.#isScheduled) return
    this.#isScheduled = true
    setTimeout(() => {
      this.#isScheduled = false
      if (!this.#isHeld) this.#tell()
    })
  }

  /** What left the page before it was laid out never is. */
  detached(component: ReadyComponent): void {
    this.#waiting.delete(component)
  }

  #tell(): void {
    for (const component of [...this.#waiting]) {
      if (this.#waiting.delete(component)) component.triggerLifetime('ready', [])
    }
  }
}
