import * as v from 'valibot'
import type { LogoutData } from '../../contract/logout.ts'
import { AppError } from '../shared/app-error.ts'
import type { Call } from '../shared/call.ts'
import { requireToken } from '../shared/guard.ts'
import { endSession } from '../shared/users.ts'

/** The token is all it needs. */
export const logoutInput = v.object({})

/**
 * Ends the session of the token. A session that is over already, by time or by another device, is what the user
 * wants it to be; so is one of an account that is gone.
 * @throws AppError TOKEN_* for a token that never was this user's
 */
export async function logout(_input: unknown, call: Call): Promise<LogoutData> {
  const sessionId = sessionOf(call)
  if (sessionId !== undefined) await endSession(call.budget, call.userId, sessionId)
  return {}
}

function sessionOf(call: Call): string | undefined {
  try {
    return requireToken(call).sessionId
  } catch (error) {
    if (error instanceof AppError && error.reason === 'TOKEN_EXPIRED') return undefined
    throw error
  }
}
