import * as v from 'valibot'
import type { AdminRole, BatchAct, BatchData, BatchRequest, BatchResult } from '../../contract/admin.ts'
import type { AdminUser } from '../../contract/admin-look.ts'
import { AppError } from '../shared/core/app-error.ts'
import { log } from '../shared/core/log.ts'
import type { AdminCall } from '../shared/handlers/admin-only.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { auditEntries, writeEntries } from '../shared/users/audit.ts'
import { findUser } from '../shared/users/users.ts'
import { adminUserOf, reasonField, userIdField } from './admin-user.ts'
import { disableUser, enableUser } from './change-status.ts'
import { endSessions } from './end-sessions.ts'

const MOST_USERS = 50
/** People who are worked on at once. */
const AT_ONCE = 5
/** Another person is begun only while this much time is left: each takes five requests to the database. */
const ENOUGH_MILLISECONDS = 1000

export const batchInput = requestSchema<BatchRequest>()(
  v.object({
    action: v.literal('batch'),
    act: v.picklist(['disable', 'enable', 'endSessions']),
    userIds: v.pipe(
      v.array(userIdField),
      v.minLength(1),
      v.maxLength(MOST_USERS),
      v.check((ids) => new Set(ids).size === ids.length),
    ),
    dryRun: v.optional(v.boolean()),
    reason: reasonField,
  }),
)
type BatchInput = v.InferOutput<typeof batchInput>

/** A dry run changes nothing. */
export function batchRole({ dryRun }: BatchInput): AdminRole {
  return dryRun === true ? 'look' : 'act'
}

/** The same act for many people, as far as the time allows. Each has an audit entry of its own, before the act. */
export async function batch(
  { act, userIds, dryRun, reason }: BatchInput,
  call: AdminCall,
): Promise<BatchData> {
  const results = new Map<string, BatchResult>()
  const waiting = [...userIds]
  const work = async () => {
    while (waiting.length > 0 && (results.size === 0 || call.budget.left() > ENOUGH_MILLISECONDS)) {
      const userId = waiting.shift()
      if (userId === undefined) return
      results.set(userId, await attempt(call, { act, userId, reason, isDryRun: dryRun === true }))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return { results: userIds.flatMap((userId) => results.get(userId) ?? []), left: waiting }
}

interface Attempt {
  act: BatchAct
  userId: string
  reason: string
  isDryRun: boolean
}

/** Never throws for one person what would hide the results of the others. */
async function attempt(call: AdminCall, { act, userId, reason, isDryRun }: Attempt): Promise<BatchResult> {
  try {
    const before = await findUser(call.budget, userId)
    if (!before || before.status === 'closing') return { userId, result: 'refused', reason: 'NOT_FOUND' }
    const result = wouldChange(act, adminUserOf(before)) ? 'changed' : 'unchanged'
    if (isDryRun) {
      const event = { action: 'admin.find' as const, userId, by: call.admin, reason, detail: `batch ${act}` }
      await writeEntries(call, auditEntries(call, [event]))
      return { userId, result, user: adminUserOf(before) }
    }
    const { user } = await ACTS[act]({ userId, reason }, call)
    return { userId, result, user }
  } catch (error) {
    const { reason: why, log: detail } = error instanceof AppError ? error : new AppError('INTERNAL')
    if (why === 'NOT_FOUND') return { userId, result: 'refused', reason: why }
    log('error', { function: call.functionName, requestId: call.requestId, reason: why, detail })
    return { userId, result: 'failed', reason: why }
  }
}

const ACTS = {
  disable: (input, call) => disableUser({ action: 'disable', ...input }, call),
  enable: (input, call) => enableUser({ action: 'enable', ...input }, call),
  endSessions,
} satisfies Record<
  BatchAct,
  (input: { userId: string; reason: string }, call: AdminCall) => Promise<{ user: AdminUser }>
>

function wouldChange(act: BatchAct, { status, sessions }: AdminUser): boolean {
  if (act === 'disable') return status === 'active'
  if (act === 'enable') return status === 'disabled'
  return sessions > 0
}
