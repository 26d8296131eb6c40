import type { ErrorLog } from '../device/error-log.ts'

/** Calls the mini-program. What it throws is the tester's to read, and the phone goes on. */
export function attempt(errors: ErrorLog, what: string, call: () => unknown): void {
  try {
    const result = call()
    if (result instanceof Promise) result.catch((error) => errors.addThrown(error, what))
  } catch (error) {
    errors.addThrown(error, what)
  }
}
