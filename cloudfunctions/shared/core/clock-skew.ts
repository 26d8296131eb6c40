/** By how much the clocks of two instances may differ. */
export const CLOCK_SKEW_MILLISECONDS = 2000
