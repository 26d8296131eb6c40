import type * as v from 'valibot'
import { allDone } from './all-done.ts'
import type { Call, Handler } from './call.ts'
import { type LoggedIn, requireSession, requireToken } from './guard.ts'
import { parseInput } from './input.ts'
import { identify } from './open.ts'
import { countAct, type RateKind, requireRoom } from './rate-limit.ts'

/**
 * As `guarded`, for what one person may do only so often. It is counted beside the guard, so that it costs no round
 * trip in sequence; a call whose
 * session the guard refuses counts as well.
 * @param kind what is counted; undefined counts nothing
 * @throws AppError RATE_LIMITED, once the guard has let the call pass
 */
export function limited<Schema extends v.GenericSchema, Data, Found = undefined>(
  kind: RateKind | ((input: v.InferOutput<Schema>) => RateKind | undefined),
  schema: Schema,
  handle: (input: v.InferOutput<Schema>, call: Call, login: LoggedIn, found: Found) => Promise<Data>,
  beside?: (input: v.InferOutput<Schema>, call: Call) => Promise<Found>,
): Handler<Data> {
  const kindOf = typeof kind === 'function' ? kind : () => kind
  return async (invocation) => {
    const call = identify(invocation)
    const input = parseInput(schema, call.event)
    const claims = requireToken(call)
    const counted = kindOf(input)
    const [login, seconds, found] = await allDone([
      requireSession(call, claims),
      counted === undefined ? 0 : countAct(call, counted),
      beside?.(input, call),
    ])
    requireRoom(seconds)
    return handle(input, call, login, found as Found)
  }
}
