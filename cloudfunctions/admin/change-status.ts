import * as v from 'valibot'
import type { ChangeStatusData } from '../../contract/admin.ts'
import type { AdminCall } from '../shared/administered.ts'
import { AppError } from '../shared/app-error.ts'
import { recordFirst } from '../shared/audit.ts'
import { command as _, ask } from '../shared/database.ts'
import { users } from '../shared/users.ts'
import { adminUserOf, reasonField, requireUser, userIdField } from './admin-user.ts'

export const changeStatusInput = v.object({
  action: v.picklist(['disable', 'enable']),
  userId: userIdField,
  reason: reasonField,
})
type ChangeStatusInput = v.InferOutput<typeof changeStatusInput>

/** Ends all sessions; the person's next call, and every login, is refused. */
export function disableUser(input: ChangeStatusInput, call: AdminCall): Promise<ChangeStatusData> {
  return changeStatus(input, call, { from: 'active', to: 'disabled', act: 'admin.disable' })
}

/** The person may log in again; sessions that disabling ended stay ended. */
export function enableUser(input: ChangeStatusInput, call: AdminCall): Promise<ChangeStatusData> {
  return changeStatus(input, call, { from: 'disabled', to: 'active', act: 'admin.enable' })
}

interface Change {
  from: 'active' | 'disabled'
  to: 'active' | 'disabled'
  act: 'admin.disable' | 'admin.enable'
}

/** Asked again after it was done, it changes and says the same. @throws AppError NOT_FOUND */
async function changeStatus(
  { userId, reason }: ChangeStatusInput,
  call: AdminCall,
  { from, to, act }: Change,
): Promise<ChangeStatusData> {
  const before = await requireUser(call, userId)
  if (before.status === 'closing') throw new AppError('NOT_FOUND')
  const done = await recordFirst(call, { act, userId, by: call.admin, reason })
  const at = new Date(call.now)
  const change = { status: to, statusReason: reason, statusAt: at, updatedAt: at, sessions: _.set([]) }
  const write = users().where({ _id: userId, status: from }).update({ data: change })
  await ask(call.budget, write)
  await done()
  return { user: adminUserOf(await requireUser(call, userId)) }
}
