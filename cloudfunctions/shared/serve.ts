import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { Answer, Failure } from '../../contract/answer.ts'
import { AppError } from './app-error.ts'
import { Budget } from './budget.ts'
import type { Call } from './call.ts'
import { currentCaller } from './caller.ts'
import { parseInput } from './input.ts'
import { currentKeys } from './keys.ts'
import { log } from './log.ts'
import { REASONS } from './reasons.ts'
import { userIdOf } from './user-id.ts'

type InputSchema = v.GenericSchema

/**
 * The boundary of every cloud function: reads the caller from the cloud, parses the input, runs the use case, and
 * turns what it returns or throws into an answer. Never throws itself, since the platform would hand the thrown
 * message to the client.
 * @param name of the function, for its log
 * @param schema what the client must send; fields it does not name are ignored
 * @param handle returns the answer's `data`, or throws AppError
 */
export function serve<Schema extends InputSchema, Data>(
  name: string,
  schema: Schema,
  handle: (input: v.InferOutput<Schema>, call: Call) => Promise<Data>,
): (event: unknown, context?: unknown) => Promise<Answer<Data>> {
  return async (event, context) => {
    const requestId = requestIdOf(context)
    try {
      const call = prepare(event, requestId)
      const data = await handle(parseInput(schema, event), call)
      return { code: 200, message: '成功', data, requestId }
    } catch (error) {
      return failure(name, error, requestId)
    }
  }
}

function prepare(event: unknown, requestId: string): Call {
  const budget = new Budget()
  const caller = currentCaller()
  const keys = currentKeys()
  const userId = userIdOf(keys.userId, caller.appid, caller.openid)
  return { caller, userId, keys, now: Date.now(), budget, requestId, event }
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
