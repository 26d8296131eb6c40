/** Time and randomness, as a parameter of what waits and retries, so that tests can control them. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** From 0 to below 1. */
  random(): number
  sleep(milliseconds: number): Promise<void>
}

export const deviceClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}
