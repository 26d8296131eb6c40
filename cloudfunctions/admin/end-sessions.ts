import * as v from 'valibot'
import type { EndSessionsData, EndSessionsRequest } from '../../contract/admin.ts'
import { AppError } from '../shared/core/app-error.ts'
import { command as _, query } from '../shared/database/database.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { recordIntent } from '../shared/users/audit.ts'
import { users } from '../shared/users/users.ts'
import { adminUserOf, reasonField, requireUser, userIdField } from './admin-user.ts'

export const endSessionsInput = requestSchema<EndSessionsRequest>()(
  v.object({ action: v.literal('endSessions'), userId: userIdField, reason: reasonField }),
)

/** Ends all sessions of a person, who may log in again. Idempotent. @throws AppError NOT_FOUND */
export async function endSessions(
  { userId, reason }: Pick<v.InferOutput<typeof endSessionsInput>, 'userId' | 'reason'>,
  call: AdminCall,
): Promise<EndSessionsData> {
  const { status, sessions } = await requireUser(call, userId)
  if (status === 'closing') throw new AppError('NOT_FOUND')
  const confirm = await recordIntent(call, {
    action: 'admin.endSessions',
    userId,
    by: call.admin,
    reason,
  })
  const write = users()
    .where({ _id: userId, status: _.neq('closing') })
    .update({ data: { updatedAt: new Date(call.now), sessions: _.set([]) } })
  await query(call.budget, write)
  await confirm()
  return { user: adminUserOf(await requireUser(call, userId)), ended: sessions.length }
}
