import * as v from 'valibot'
import { AppError } from '../core/app-error.ts'
import type { Handler } from '../request/call.ts'

const actionSchema = v.object({ action: v.string() })

/**
 * Several use cases behind one function; the field `action` selects one.
 * @param handlers one for each action; `byAction<Action, Data>` holds the names to those of the contract
 * @throws AppError BAD_REQUEST for an action that is not in the table
 */
export function byAction<Action extends string, Data>(
  handlers: Readonly<Record<Action, Handler<Data>>>,
): Handler<Data> {
  const table = new Map(Object.entries<Handler<Data>>(handlers))
  return async (invocation) => {
    const event = v.safeParse(actionSchema, invocation.event)
    const handle = event.success ? table.get(event.output.action) : undefined
    if (!handle) throw new AppError('BAD_REQUEST', { field: 'action' })
    return handle(invocation)
  }
}
