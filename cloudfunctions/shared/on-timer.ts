import { AppError } from './app-error.ts'
import type { Handler, Invocation } from './call.ts'

/**
 * A use case for the function's own timer. What the platform says of the source counts, and nothing in the event,
 * which anybody who may call the function can write.
 * @throws AppError TIMER_ONLY
 */
export function onTimer<Data>(handle: (invocation: Invocation) => Promise<Data>): Handler<Data> {
  return async (invocation) => {
    if (invocation.origin.source !== 'wx_trigger') throw new AppError('TIMER_ONLY')
    return handle(invocation)
  }
}
