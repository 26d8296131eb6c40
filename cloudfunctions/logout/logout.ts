import * as v from 'valibot'
import type { LogoutData } from '../../contract/logout.ts'
import { allDone } from '../shared/all-done.ts'
import { AppError } from '../shared/app-error.ts'
import { auditRows, type Happening, record, tolerated, withdrawRows, writeRows } from '../shared/audit.ts'
import type { Call } from '../shared/call.ts'
import { command as _ } from '../shared/database.ts'
import { requireLogin, requireToken } from '../shared/guard.ts'
import { textField } from '../shared/input.ts'
import { countAct, requireRoom } from '../shared/rate-limit.ts'
import { changeLoggedIn, endSession } from '../shared/users.ts'

export const logoutInput = v.object({
  scope: v.optional(v.picklist(['this', 'others', 'all']), 'this'),
  sessionId: v.optional(textField(64)),
})

type LogoutInput = v.InferOutput<typeof logoutInput>

/**
 * Ends sessions of the account; what was ended is ended at its next call.
 * @throws AppError TOKEN_* for a token that never was this user's; for other sessions than the token's own, also as
 * the guard does, and RATE_LIMITED
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
  if (await endSession(call.budget, call.userId, sessionId)) await record(call, [happening(call, 'this')])
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
  await endOften(call, own, change, sessionId === own ? 'this' : 'other')
}

async function endMany(call: Call, scope: 'others' | 'all'): Promise<void> {
  const own = requireToken(call).sessionId
  const change = { sessions: scope === 'all' ? _.set([]) : _.pull({ id: _.neq(own) }) }
  await endOften(call, own, change, scope)
}

/**
 * What may be asked for again and again with one token is limited first; then the row is written beside the change,
 * so that both take two round trips.
 */
async function endOften(call: Call, own: string, change: object, detail: string): Promise<void> {
  requireRoom(await countAct(call, 'logout'))
  const rows = auditRows(call, [happening(call, detail)])
  const [isChanged] = await allDone([
    changeLoggedIn(call, own, change),
    tolerated(call, writeRows(call, rows)),
  ])
  if (isChanged) return
  await withdrawRows(call, rows)
  await refuse(call)
}

/** Nothing was changed: the guard says why. @throws AppError */
async function refuse(call: Call): Promise<never> {
  await requireLogin(call)
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed while sessions were ended' })
}

function happening({ userId }: Call, detail: string): Happening {
  return { act: 'session.end', userId, detail }
}
