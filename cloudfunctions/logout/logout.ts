import * as v from 'valibot'
import type { LogoutData, LogoutRequest } from '../../contract/logout.ts'
import { AppError } from '../shared/core/app-error.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import { command as _ } from '../shared/database/database.ts'
import { requireLogin, requireToken } from '../shared/handlers/guard.ts'
import type { Call } from '../shared/request/call.ts'
import { textField } from '../shared/request/input.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import {
  type AuditEvent,
  auditEntries,
  bestEffort,
  deleteEntries,
  record,
  writeEntries,
} from '../shared/users/audit.ts'
import { countAction, requireWithinLimit } from '../shared/users/rate-limit.ts'
import { changeLoggedIn } from '../shared/users/users.ts'
import { revokeSession } from './revoke-session.ts'

export const logoutInput = requestSchema<LogoutRequest>()(
  v.object({
    scope: v.optional(v.picklist(['this', 'others', 'all']), 'this'),
    sessionId: v.optional(textField(64)),
  }),
)

type LogoutInput = v.InferOutput<typeof logoutInput>

/**
 * Ends sessions of the account. An ended session is rejected on its next call.
 * @throws AppError TOKEN_* for a token that was never issued to this user; for other sessions than the token's own, also
 * as the guard does, and RATE_LIMITED
 */
export async function logout({ scope, sessionId }: LogoutInput, call: Call): Promise<LogoutData> {
  if (sessionId !== undefined) await logOutSession(call, sessionId)
  else if (scope === 'this') await logOutThis(call)
  else await logOutMany(call, scope)
  return {}
}

/** Logging out succeeds also when the session has expired, was ended by another device, or its account is gone. */
async function logOutThis(call: Call): Promise<void> {
  const sessionId = unexpiredSessionId(call)
  if (sessionId === undefined) return
  if (await revokeSession(call.budget, call.userId, sessionId))
    await record(call, [sessionEnded(call, 'this')])
}

function unexpiredSessionId(call: Call): string | undefined {
  try {
    return requireToken(call).sessionId
  } catch (error) {
    if (error instanceof AppError && error.reason === 'TOKEN_EXPIRED') return undefined
    throw error
  }
}

async function logOutSession(call: Call, sessionId: string): Promise<void> {
  const currentSessionId = requireToken(call).sessionId
  const change = { sessions: _.pull({ id: sessionId }) }
  await changeWithinLimit(call, currentSessionId, change, sessionId === currentSessionId ? 'this' : 'other')
}

async function logOutMany(call: Call, scope: 'others' | 'all'): Promise<void> {
  const currentSessionId = requireToken(call).sessionId
  const change = { sessions: scope === 'all' ? _.set([]) : _.pull({ id: _.neq(currentSessionId) }) }
  await changeWithinLimit(call, currentSessionId, change, scope)
}

/**
 * One token can ask for this again and again, so it is limited first. Then the audit entry is written at the same time
 * as the change: two round trips in all.
 */
async function changeWithinLimit(
  call: Call,
  currentSessionId: string,
  change: object,
  detail: string,
): Promise<void> {
  requireWithinLimit(await countAction(call, 'logout'))
  const entries = auditEntries(call, [sessionEnded(call, detail)])
  const [isChanged] = await settleAll([
    changeLoggedIn(call, currentSessionId, change),
    bestEffort(call, writeEntries(call, entries)),
  ])
  if (isChanged) return
  await deleteEntries(call, entries)
  await refuse(call)
}

/** Nothing was changed, and the guard says why. @throws AppError */
async function refuse(call: Call): Promise<never> {
  await requireLogin(call)
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed while sessions were ended' })
}

function sessionEnded({ userId }: Call, detail: string): AuditEvent {
  return { action: 'session.end', userId, detail }
}
