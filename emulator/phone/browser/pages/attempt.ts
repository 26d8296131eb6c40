import type { ErrorLog } from '../device/error-log.ts'

/** Calls code of the mini-program and logs what it throws or rejects with. @param where the call is, for the log */
export function attempt(errors: ErrorLog, where: string, call: () => unknown): void {
  try {
    const result = call()
    if (result instanceof Promise) result.catch((error) => errors.addThrown(error, where))
  } catch (error) {
    errors.addThrown(error, where)
  }
}
