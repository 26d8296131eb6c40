import { CloudError } from 'wechat-cloud-emulator/testing'
import type { Action } from './action.ts'
import type { RaceUser } from './race-user.ts'
import { type ActionRequest, EDIT, OPENAPI } from './request.ts'

/**
 * Applies a request of an action to the cloud without running the action's function.
 * @returns the cloud's answer; undefined for a phone code, which belongs to one call
 * @throws Error for a request that changes more than documents, since only documents can be restored
 */
export async function applyRequest(
  user: RaceUser,
  action: Action,
  { action: kind, fields }: ActionRequest,
): Promise<unknown> {
  if (kind === EDIT.action) return action.edit?.(user)
  if (kind === OPENAPI) return undefined
  if (!kind.startsWith('database.') || /transaction/i.test(kind) || fields['transactionId'] !== undefined) {
    throw new Error(`${action.name} asks for ${kind}, which changes more than documents`)
  }
  try {
    return await user.kit.cloud.database.handle(kind, fields)
  } catch (error) {
    if (error instanceof CloudError) return { code: error.code, message: error.message }
    throw error
  }
}
