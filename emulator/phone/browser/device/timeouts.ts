/** Longer ones limit something, such as the answer to a call; shorter ones are pauses and run as usual. */
const LIMIT_MILLISECONDS = 1000
/** How often a limit that is over looks whether the debugger has let the function go on. */
const LOOK_MILLISECONDS = 100

/** For how long debuggers have stopped functions in all. */
interface Stops {
  readonly stoppedMilliseconds: number
}

type Timeouts = Pick<typeof globalThis, 'setTimeout' | 'clearTimeout'>

/**
 * Replaces the timeouts of a window: a long one stands still while a debugger has stopped a function, so that a page
 * does not stop waiting for a call that its developer inspects.
 */
export function installTimeouts(target: Timeouts, stops: Stops): void {
  const machine = {
    setTimeout: target.setTimeout.bind(target),
    clearTimeout: target.clearTimeout.bind(target),
  }
  /** The timer that runs now for each that was set. */
  const running = new Map<unknown, ReturnType<typeof setTimeout>>()

  function setLimit(callback: (...values: unknown[]) => void, milliseconds: number, values: unknown[]) {
    let stoppedBefore = stops.stoppedMilliseconds
    const look = () => {
      const missed = stops.stoppedMilliseconds - stoppedBefore
      stoppedBefore += missed
      if (missed > 0) running.set(first, machine.setTimeout(look, Math.max(missed, LOOK_MILLISECONDS)))
      else {
        running.delete(first)
        callback(...values)
      }
    }
    const first = machine.setTimeout(look, milliseconds)
    running.set(first, first)
    return first
  }

  const setTimeout = (callback: (...values: unknown[]) => void, milliseconds = 0, ...values: unknown[]) =>
    typeof callback === 'function' && milliseconds >= LIMIT_MILLISECONDS
      ? setLimit(callback, milliseconds, values)
      : machine.setTimeout(callback, milliseconds, ...values)
  const clearTimeout = (timer: ReturnType<typeof globalThis.setTimeout> | undefined) => {
    machine.clearTimeout(running.get(timer) ?? timer)
    running.delete(timer)
  }
  Object.assign(target, { setTimeout, clearTimeout })
}
