/**
 * Inside the process of an instance: errors that do not end a call by themselves. A function that catches its errors
 * hands them over by a channel that exists in the emulator alone, and an error that nobody catches is reported before
 * the process ends.
 */
import { channel } from 'node:diagnostics_channel'
import { type ErrorReport, reportError } from './error-report.ts'

/**
 * A function publishes `{ error }` here: `require('diagnostics_channel').channel(…).publish({ error })`. Without a
 * subscriber, as in the cloud, nothing happens. Held here, because Node forgets a channel that nobody holds.
 */
const caughtErrors = channel('wechat-cloud-emulator:caught')

/** Frames of a stack: with ten, the packages in between often hide the function's own. */
const STACK_FRAMES = 25

interface ErrorListener {
  /** A function has caught the error, and hands it over. */
  caught(error: ErrorReport): void
  /** Nobody has caught the error. The process ends after `done`. */
  uncaught(error: ErrorReport, done: () => void): void
}

export function installErrorReports(listener: ErrorListener): void {
  Error.stackTraceLimit = STACK_FRAMES
  caughtErrors.subscribe((message) =>
    listener.caught(reportError((message as { error?: unknown } | undefined)?.error)),
  )
  process.on('uncaughtException', (error) => {
    // A function that has a listener of its own goes on, as in Node.
    if (process.listenerCount('uncaughtException') > 1) return
    listener.uncaught(reportError(error), () => process.exit(1))
  })
}
