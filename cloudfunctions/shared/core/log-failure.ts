import type { AlarmWord } from './alarms.ts'
import type { AppError } from './app-error.ts'
import { log } from './log.ts'

/** Different failures that one instance raises an alarm for. They come from settings, so there are few. */
const MOST_RAISED = 50
const raised = new Set<string>()

interface FailureEntry extends Readonly<Record<string, unknown>> {
  function: string
  requestId: string
  detail: string | undefined
}

/**
 * Logs a failure: as an alarm the first time in this instance that one of this detail needs an administrator, otherwise as
 * an error. So a broken deployment does not flood the alarms.
 */
export function logFailure(failure: Pick<AppError, 'reason' | 'alarm'>, entry: FailureEntry): void {
  const { function: name, requestId, ...rest } = entry
  const line = { function: name, requestId, reason: failure.reason, ...rest }
  if (failure.alarm === undefined) log('error', line)
  else logAlarmOnce(failure.alarm, line)
}

/** Logs an alarm the first time in this instance, and an error afterwards. */
export function logAlarmOnce(alarm: AlarmWord, entry: FailureEntry): void {
  const key = `${alarm} ${entry.detail}`
  const isNew = !raised.has(key) && raised.size < MOST_RAISED
  if (isNew) {
    raised.add(key)
    log('alarm', { alarm, ...entry })
  } else {
    log('error', entry)
  }
}
