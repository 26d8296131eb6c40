/** What the user was doing when they had to log in, in order. */
let actions: readonly (() => unknown)[] = []

export function waitForLogin(action: () => unknown): void {
  actions = [...actions, action]
}

/** @returns what waits; from now on nothing does */
export function takeWaitingActions(): readonly (() => unknown)[] {
  const waiting = actions
  actions = []
  return waiting
}

/** One after the other, each once; one that fails keeps none from being done. */
export function doAll(waiting: readonly (() => unknown)[]): void {
  for (const action of waiting) Promise.resolve().then(action)
}
