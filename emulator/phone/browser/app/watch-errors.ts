import { addGlobalErrorListener } from 'glass-easel'
import type { ErrorLog } from '../device/error-log.ts'
import { describeError } from './attempt.ts'

/** Brings everything that goes wrong on the screen before the tester's eyes. */
export function watchErrors(errors: ErrorLog): void {
  window.addEventListener('error', ({ error, message }) => errors.add(error ? describeError(error) : message))
  window.addEventListener('unhandledrejection', ({ reason }) =>
    errors.add(`未处理的 Promise：${describeError(reason)}`),
  )
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
