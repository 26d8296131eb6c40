import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'

/** Timers fire up to one or two milliseconds late. */
const TIMER_LATENESS_MILLISECONDS = 2

/**
 * Resolves at that moment of the machine's monotonic clock, within a few hundredths of a millisecond: sleeps until
 * shortly before, then reads the clock once every turn of the event loop, so that others are served meanwhile.
 * @param moment as `performance.now()` counts
 */
export async function until(moment: number): Promise<void> {
  const sleeping = Math.floor(moment - performance.now() - TIMER_LATENESS_MILLISECONDS)
  if (sleeping > 0) await sleep(sleeping)
  while (performance.now() < moment) await turn()
}
