/** So much the clocks of two instances may differ. */
export const CLOCK_SKEW_MILLISECONDS = 2000

/** Surely before: the two times may come from two instances. */
export function isBefore(time: Date, other: Date): boolean {
  return time.getTime() + CLOCK_SKEW_MILLISECONDS < other.getTime()
}
