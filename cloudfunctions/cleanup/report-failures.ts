import { AppError } from '../shared/app-error.ts'
import type { Invocation } from '../shared/call.ts'
import { log } from '../shared/log.ts'

/** Says in the log what failed and is left to a later run. */
export function reportFailures(
  { functionName, requestId }: Invocation,
  what: string,
  errors: readonly unknown[],
): void {
  if (errors.length === 0) return
  const [first] = errors
  const { reason, log: detail } = first instanceof AppError ? first : new AppError('INTERNAL')
  const text = `${errors.length} ${what}, left to a later run; the first: ${detail ?? 'without a detail'}`
  log('error', { function: functionName, requestId, reason, detail: text })
}
