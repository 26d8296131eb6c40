/** Pages that show what another page may change. */
export class ChangeListeners {
  listeners: readonly (() => void)[] = []

  /** Calls the listener at every change from now on. @returns stops that */
  add(listener: () => void): () => void {
    this.listeners = [...this.listeners, listener]
    return () => {
      this.listeners = this.listeners.filter((other) => other !== listener)
    }
  }

  /**
   * This phone changed what is saved, or may have.
   * @param except the listener of who changed it, and shows it already
   */
  notify(except?: () => void): void {
    for (const listener of this.listeners) if (listener !== except) listener()
  }
}
