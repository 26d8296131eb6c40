import * as v from 'valibot'
import { AppError } from './app-error.ts'
import type { Handler } from './call.ts'

const actionSchema = v.object({ action: v.string() })

/**
 * Several use cases behind one function, told apart by the field `action`.
 * @throws AppError BAD_REQUEST for an action that is not in the table
 */
export function byAction<Data>(handlers: Readonly<Record<string, Handler<Data>>>): Handler<Data> {
  const table = new Map(Object.entries(handlers))
  return async (invocation) => {
    const event = v.safeParse(actionSchema, invocation.event)
    const handle = event.success ? table.get(event.output.action) : undefined
    if (!handle) throw new AppError('BAD_REQUEST', { field: 'action' })
    return handle(invocation)
  }
}
