import type { ErrorLog } from '../device/error-log.ts'

/** Something thrown, in words for the tester. */
export function describeError(error: unknown): string {
  if (error instanceof Error)
    return error.stack?.includes(error.message) ? error.stack : `${error}\n${error.stack}`
  if (typeof error === 'object' && error !== null) return JSON.stringify(error)
  return String(error)
}

/** Calls the mini-program. What it throws is the tester's to read, and the phone goes on. */
export function attempt(errors: ErrorLog, what: string, call: () => unknown): void {
  try {
    const result = call()
    if (result instanceof Promise) {
      result.catch((error) => errors.add(`${what}: ${describeError(error)}`))
    }
  } catch (error) {
    errors.add(`${what}: ${describeError(error)}`)
  }
}
