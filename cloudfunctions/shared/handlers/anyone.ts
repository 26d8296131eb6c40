import type * as v from 'valibot'
import { type Call, type Handler, identify } from '../request/call.ts'
import { parseInput } from '../request/input.ts'

/**
 * A use case for every person in the mini-program, logged in or not.
 * @param schema of the request; other fields are ignored
 */
export function anyone<Schema extends v.GenericSchema, Data>(
  schema: Schema,
  handle: (input: v.InferOutput<Schema>, call: Call) => Promise<Data>,
): Handler<Data> {
  return async (invocation) => {
    const call = identify(invocation)
    return handle(parseInput(schema, call.event), call)
  }
}
