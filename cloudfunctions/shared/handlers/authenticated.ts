import type * as v from 'valibot'
import { type Call, type Handler, identify } from '../request/call.ts'
import { parseInput } from '../request/input.ts'
import { type LoggedIn, requireSession, requireToken } from './guard.ts'

/**
 * A use case that only a logged-in user reaches.
 * @param schema of the request, without the token
 * @param prefetch a query that runs in parallel with the guard, so that both take one round trip. It reads by `call.userId`
 * and must change nothing (`limited` counts). `handle` receives its result only after the guard has accepted the call
 */
export function authenticated<Schema extends v.GenericSchema, Data, Found = undefined>(
  schema: Schema,
  handle: (input: v.InferOutput<Schema>, call: Call, login: LoggedIn, found: Found) => Promise<Data> | Data,
  prefetch?: (input: v.InferOutput<Schema>, call: Call) => Promise<Found>,
): Handler<Data> {
  return async (invocation) => {
    const call = identify(invocation)
    const input = parseInput(schema, call.event)
    const claims = requireToken(call)
    const [login, found] = await Promise.all([requireSession(call, claims), prefetch?.(input, call)])
    return handle(input, call, login, found as Found)
  }
}
