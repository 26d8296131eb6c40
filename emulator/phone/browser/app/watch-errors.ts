import { addGlobalErrorListener } from 'glass-easel'
import { describeError } from '../describe-error.ts'
import { type ErrorLog, logUncaught } from '../device/error-log.ts'

/** Brings everything that goes wrong on the screen before the tester's eyes. */
export function watchErrors(errors: ErrorLog): void {
  logUncaught(errors)
  addGlobalErrorListener((error, method) => {
    errors.add(`${method ?? ''} ${describeError(error)}`.trim())
    // It is told; glass-easel need not write it to the console as well.
    return false
  })
  const write = console.error.bind(console)
  console.error = (...values: unknown[]) => {
    errors.add(values.map((value) => describeError(value)).join(' '))
    write(...values)
  }
}
