import * as v from 'valibot'
import type { CloseAccountData } from '../../contract/account.ts'
import { AppError } from '../shared/app-error.ts'
import { record } from '../shared/audit.ts'
import type { Call } from '../shared/call.ts'
import { finishClosing } from '../shared/closing.ts'
import { command as _ } from '../shared/database.ts'
import { requireLogin, requireToken } from '../shared/guard.ts'
import { changeLoggedIn, findUser } from '../shared/users.ts'

export const closeInput = v.object({ action: v.literal('close'), confirmed: v.literal(true) })

/**
 * Closes the account for good: first it is marked, which ends every session at once; then all that belongs to it goes.
 * A closing that broke off is finished by asking again, with the token it was begun with.
 * @throws AppError ACCOUNT_CLOSED when there is nothing left to close; as the guard does
 */
export async function closeAccount(_input: unknown, call: Call): Promise<CloseAccountData> {
  const { sessionId } = requireToken(call)
  const closingAt = new Date(call.now)
  const mark = { status: 'closing', closingAt, sessions: _.set([]) }
  const isMarked = await changeLoggedIn(call, sessionId, mark)
  await finishClosing(call, call.userId, isMarked ? closingAt : await closingBegun(call))
  await record(call, [{ act: 'account.close' }])
  return {}
}

/** @throws AppError as the guard does, unless a closing is under way */
async function closingBegun(call: Call): Promise<Date> {
  const user = await findUser(call.budget, call.userId)
  if (user?.status === 'closing' && user.closingAt) return user.closingAt
  await requireLogin(call)
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed while the account was closed' })
}
