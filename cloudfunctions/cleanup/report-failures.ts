import { AppError } from '../shared/core/app-error.ts'
import { logFailure } from '../shared/core/log-failure.ts'
import type { Invocation } from '../shared/request/call.ts'

/** Logs what failed and is left to a later run. */
export function reportFailures(
  { functionName, requestId }: Invocation,
  subject: string,
  errors: readonly unknown[],
): void {
  if (errors.length === 0) return
  const [first] = errors
  const failure = first instanceof AppError ? first : new AppError('INTERNAL')
  const detail = `${errors.length} ${subject}, left to a later run; the first: ${failure.log ?? 'without a detail'}`
  logFailure(failure, { function: functionName, requestId, detail })
}
