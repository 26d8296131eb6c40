/** How often timers run at most when time passes at once: an interval would else run for hours after a month. */
export const MOST_RUNS = 10_000
