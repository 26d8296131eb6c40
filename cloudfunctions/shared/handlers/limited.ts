import type * as v from 'valibot'
import { settleAll } from '../core/settle-all.ts'
import { type Call, type Handler, identify } from '../request/call.ts'
import { parseInput } from '../request/input.ts'
import { countAction, type RateKind, requireWithinLimit } from '../users/rate-limit.ts'
import { type LoggedIn, requireSession, requireToken } from './guard.ts'

/**
 * As `authenticated`, with a rate limit for each person. Counting runs in parallel with the guard, so that it costs no
 * sequential round trip. A call whose session the guard refuses counts as well.
 * @param kind the limit; undefined counts nothing
 * @throws AppError RATE_LIMITED, after the guard has accepted the call
 */
export function limited<Schema extends v.GenericSchema, Data, Found = undefined>(
  kind: RateKind | ((input: v.InferOutput<Schema>) => RateKind | undefined),
  schema: Schema,
  handle: (input: v.InferOutput<Schema>, call: Call, login: LoggedIn, found: Found) => Promise<Data>,
  prefetch?: (input: v.InferOutput<Schema>, call: Call) => Promise<Found>,
): Handler<Data> {
  const kindOf = typeof kind === 'function' ? kind : () => kind
  return async (invocation) => {
    const call = identify(invocation)
    const input = parseInput(schema, call.event)
    const claims = requireToken(call)
    const counted = kindOf(input)
    const [login, seconds, found] = await settleAll([
      requireSession(call, claims),
      counted === undefined ? 0 : countAction(call, counted),
      prefetch?.(input, call),
    ])
    requireWithinLimit(seconds)
    return handle(input, call, login, found as Found)
  }
}
