import * as v from 'valibot'
import type { ChangeStatusData, DisableUserRequest, EnableUserRequest } from '../../contract/admin.ts'
import { AppError } from '../shared/core/app-error.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import { command as _, query } from '../shared/database/database.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { recordIntent } from '../shared/users/audit.ts'
import { count } from '../shared/users/daily-counts.ts'
import { users } from '../shared/users/users.ts'
import { adminUserOf, reasonField, requireUser, userIdField } from './admin-user.ts'

export const changeStatusInput = requestSchema<DisableUserRequest | EnableUserRequest>()(
  v.object({
    action: v.picklist(['disable', 'enable']),
    userId: userIdField,
    reason: reasonField,
  }),
)
type ChangeStatusInput = v.InferOutput<typeof changeStatusInput>

/** Ends all sessions. The user's next call and every login are refused. */
export function disableUser(input: ChangeStatusInput, call: AdminCall): Promise<ChangeStatusData> {
  return changeStatus(input, call, { from: 'active', to: 'disabled', action: 'admin.disable' })
}

/** The user may log in again. Sessions that disabling ended stay ended. */
export function enableUser(input: ChangeStatusInput, call: AdminCall): Promise<ChangeStatusData> {
  return changeStatus(input, call, { from: 'disabled', to: 'active', action: 'admin.enable' })
}

interface Change {
  from: 'active' | 'disabled'
  to: 'active' | 'disabled'
  action: 'admin.disable' | 'admin.enable'
}

/** Idempotent. @throws AppError NOT_FOUND */
async function changeStatus(
  { userId, reason }: ChangeStatusInput,
  call: AdminCall,
  { from, to, action }: Change,
): Promise<ChangeStatusData> {
  const before = await requireUser(call, userId)
  if (before.status === 'closing') throw new AppError('NOT_FOUND')
  const confirm = await recordIntent(call, { action, userId, by: call.admin, reason })
  const at = new Date(call.now)
  const change = { status: to, statusReason: reason, statusAt: at, updatedAt: at, sessions: _.set([]) }
  const write = users().where({ _id: userId, status: from }).update({ data: change })
  const { stats } = await query(call.budget, write)
  const counts = stats.updated === 1 ? { disabled: to === 'disabled' ? 1 : -1 } : {}
  await settleAll([confirm(), count(call, userId, counts)])
  return { user: adminUserOf(await requireUser(call, userId)) }
}
