import type * as v from 'valibot'
import type { Call, Handler, Invocation } from './call.ts'
import { currentCaller } from './caller.ts'
import { parseInput } from './input.ts'
import { userIdOf } from './user-id.ts'

/**
 * A use case for every person in the mini-program, logged in or not.
 * @param schema what the client must send; fields it does not name are ignored
 */
export function open<Schema extends v.GenericSchema, Data>(
  schema: Schema,
  handle: (input: v.InferOutput<Schema>, call: Call) => Promise<Data>,
): Handler<Data> {
  return async (invocation) => {
    const call = identify(invocation)
    return handle(parseInput(schema, call.event), call)
  }
}

/** @throws AppError CALLER_UNKNOWN when nobody's mini-program is calling */
export function identify(invocation: Invocation): Call {
  const caller = currentCaller()
  return { ...invocation, caller, userId: userIdOf(invocation.keys.userId, caller.appid, caller.openid) }
}
