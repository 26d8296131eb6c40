import * as v from 'valibot'
import type { LogoutData } from '../../contract/logout.ts'
import { AppError } from '../shared/app-error.ts'
import { record } from '../shared/audit.ts'
import type { Call } from '../shared/call.ts'
import { command as _ } from '../shared/database.ts'
import { requireLogin, requireToken } from '../shared/guard.ts'
import { textField } from '../shared/input.ts'
import { changeLoggedIn, endSession } from '../shared/users.ts'

export const logoutInput = v.object({
  scope: v.optional(v.picklist(['this', 'others', 'all']), 'this'),
  sessionId: v.optional(textField(64)),
})

type LogoutInput = v.InferOutput<typeof logoutInput>

/**
 * Ends sessions of the account; what was ended is ended at its next call.
 * @throws AppError TOKEN_* for a token that never was this user's; for other sessions than the token's own, also as
 * the guard does
 */
export async function logout({ scope, sessionId }: LogoutInput, call: Call): Promise<LogoutData> {
  if (sessionId !== undefined) await endOther(call, sessionId)
  else if (scope === 'this') await endThis(call)
  else await endMany(call, scope)
  return {}
}

/**
 * A session that is over already, by time or by another device, is what the user wants it to be; so is one of an
 * account that is gone.
 */
async function endThis(call: Call): Promise<void> {
  const sessionId = ownSession(call)
  if (sessionId === undefined) return
  if (await endSession(call.budget, call.userId, sessionId)) await note(call, 'this')
}

function ownSession(call: Call): string | undefined {
  try {
    return requireToken(call).sessionId
  } catch (error) {
    if (error instanceof AppError && error.reason === 'TOKEN_EXPIRED') return undefined
    throw error
  }
}

async function endOther(call: Call, sessionId: string): Promise<void> {
  const own = requireToken(call).sessionId
  const change = { sessions: _.pull({ id: sessionId }) }
  if (!(await changeLoggedIn(call, own, change))) await refuse(call)
  await note(call, sessionId === own ? 'this' : 'other')
}

async function endMany(call: Call, scope: 'others' | 'all'): Promise<void> {
  const own = requireToken(call).sessionId
  const change = { sessions: scope === 'all' ? _.set([]) : _.pull({ id: _.neq(own) }) }
  if (!(await changeLoggedIn(call, own, change))) await refuse(call)
  await note(call, scope)
}

/** Nothing was changed: the guard says why. @throws AppError */
async function refuse(call: Call): Promise<never> {
  await requireLogin(call)
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed while sessions were ended' })
}

function note(call: Call, detail: string): Promise<void> {
  return record(call, [{ act: 'session.end', userId: call.userId, detail }])
}
