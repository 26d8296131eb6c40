import { AppError } from '../core/app-error.ts'
import { Budget } from '../request/budget.ts'
import type { Handler, Invocation } from '../request/call.ts'

/** Before the platform ends the invocation: for the start of the function, for its answer, and for a busy machine. */
const RESERVED_MILLISECONDS = 400
const RESERVED_PART = 0.1

/**
 * A use case for the function's own timer. Reads the source from the platform and not from the event, which every caller
 * of the function can write. Nobody waits for the answer, so it may take all the time that the function's 超时时间 gives it.
 * @throws AppError TIMER_ONLY
 */
export function onTimer<Data>(handle: (invocation: Invocation) => Promise<Data>): Handler<Data> {
  return async (invocation) => {
    const { requestSource, timeLimit } = invocation
    if (requestSource.source !== 'wx_trigger') throw new AppError('TIMER_ONLY')
    if (timeLimit === undefined) return handle(invocation)
    const reserved = Math.max(RESERVED_MILLISECONDS, timeLimit * RESERVED_PART)
    return handle({ ...invocation, budget: new Budget(timeLimit - reserved) })
  }
}
