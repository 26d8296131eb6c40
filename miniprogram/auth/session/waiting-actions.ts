/** Actions that wait for the user to log in, in order. */
let actions: readonly (() => unknown)[] = []

export function waitForLogin(action: () => unknown): void {
  actions = [...actions, action]
}

/** @returns the waiting actions, which wait no longer */
export function takeWaitingActions(): readonly (() => unknown)[] {
  const waiting = actions
  actions = []
  return waiting
}

/** Runs each once, in order. One that fails does not stop the others. */
export function runAll(waiting: readonly (() => unknown)[]): void {
  for (const action of waiting) Promise.resolve().then(action)
}
