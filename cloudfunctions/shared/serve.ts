import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { Answer, Failure } from '../../contract/answer.ts'
import { AppError } from './app-error.ts'
import { Budget } from './budget.ts'
import type { Handler, Invocation } from './call.ts'
import { currentKeys } from './keys.ts'
import { log } from './log.ts'
import { currentOrigin } from './origin.ts'
import { REASONS } from './reasons.ts'

/**
 * The boundary of every cloud function: gathers what the platform says of the invocation, runs the handler, and
 * turns what it returns or throws into an answer. Never throws itself, since the platform would hand the thrown
 * message to the client.
 * @param name of the function, for its log
 * @param handle one of `open`, `guarded`, `administered`, `onTimer`, or several `byAction`
 */
export function serve<Data>(
  name: string,
  handle: Handler<Data>,
): (event: unknown, context?: unknown) => Promise<Answer<Data>> {
  return async (event, context) => {
    const requestId = requestIdOf(context)
    try {
      const data = await handle(prepare(name, requestId, event))
      return { code: 200, message: '成功', data, requestId }
    } catch (error) {
      return failure(name, error, requestId)
    }
  }
}

function prepare(functionName: string, requestId: string, event: unknown): Invocation {
  const budget = new Budget()
  const origin = currentOrigin()
  return { functionName, requestId, origin, keys: currentKeys(), now: Date.now(), budget, event }
}

function failure(name: string, error: unknown, requestId: string): Failure {
  const refusal = error instanceof AppError ? error : new AppError('INTERNAL', { log: describe(error) })
  const { code, message } = REASONS[refusal.reason]
  const level = code >= 500 ? 'error' : 'info'
  log(level, { function: name, requestId, reason: refusal.reason, field: refusal.field, detail: refusal.log })
  return {
    code,
    reason: refusal.reason,
    message: refusal.field === undefined ? message : `${message}：${refusal.field}`,
    requestId,
    ...(refusal.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: refusal.retryAfterSeconds }),
    ...(refusal.ticket === undefined ? {} : { ticket: refusal.ticket }),
  }
}

/** Where a defect happened, without its message: that may quote what a user sent. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${typeof error}`
  const places = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return [error.name, ...places.slice(0, 8).map((line) => line.trim())].join(' ')
}

function requestIdOf(context: unknown): string {
  const id = v.safeParse(v.object({ request_id: v.pipe(v.string(), v.minLength(1)) }), context)
  return id.success ? id.output.request_id : randomUUID()
}
