import { CloudError } from '../../emulator/cloud/errors.ts'
import type { Action } from './actions.ts'
import { type Asked, EDIT, OPENAPI } from './asked.ts'
import type { Person } from './person.ts'

/**
 * Makes a request of an action without its function.
 * @returns what the cloud answers; nothing for a code, which is the call's own
 * @throws Error for what cannot be undone by putting documents back
 */
export async function make(
  person: Person,
  action: Action,
  { action: what, fields }: Asked,
): Promise<unknown> {
  if (what === EDIT.action) return action.edit?.(person)
  if (what === OPENAPI) return undefined
  if (!what.startsWith('database.') || /transaction/i.test(what) || fields['transactionId'] !== undefined) {
    throw new Error(`${action.name} asks ${what}, which is more than documents`)
  }
  try {
    return await person.kit.cloud.database.handle(what, fields)
  } catch (error) {
    if (error instanceof CloudError) return { code: error.code, message: error.message }
    throw error
  }
}
