import { NOT_BY_CLIENT } from '../shared/database/client-document.ts'
import { command as _ } from '../shared/database/database.ts'
import type { Budget } from '../shared/request/budget.ts'
import type { Caller } from '../shared/request/caller.ts'
import type { Consent } from '../shared/users/consent.ts'
import { belowLoginLimit, loginCountingChange } from '../shared/users/login-rate.ts'
import { MAXIMUM_SESSIONS, type Session } from '../shared/users/session.ts'
import { type StoredPhone, storedPhoneOlderThan } from '../shared/users/stored-phone.ts'
import { updateUser } from '../shared/users/users.ts'
import type { ReplacedSession } from './replaced-session.ts'

export interface SessionStart {
  userId: string
  caller: Caller
  session: Session
  /** The session that the new one replaces, if it is still at this index; absent for an additional session. */
  replaces?: Pick<ReplacedSession, 'id' | 'index'> | undefined
  now: number
  /** The number just verified; without it the stored number stays. */
  phone?: StoredPhone
  /** The number comes by ticket, so it counts only if it is newer than the stored one. */
  byTicket: boolean
  /** Whether there must be a number, just verified or stored. */
  phoneRequired: boolean
  /** Consent just given; without it the stored one must be for `requiredConsent`. */
  consent?: Consent
  requiredConsent: string
}

/**
 * Starts a session for an active user, in one write that changes all or nothing and only if the user may log in.
 * Returns whether it did. One round trip.
 */
export async function startSession(budget: Budget, start: SessionStart): Promise<boolean> {
  const { userId, caller, session, replaces, now, phone, consent, requiredConsent } = start
  const at = new Date(now)
  const mayLogIn = {
    _id: userId,
    status: 'active',
    ...NOT_BY_CLIENT,
    ...(phone || !start.phoneRequired ? {} : { phoneHash: _.exists(true).and(_.neq('')) }),
    ...(consent ? {} : { 'consent.version': requiredConsent }),
    ...(replaces ? { [`sessions.${replaces.index}.id`]: replaces.id } : {}),
  }
  const conditions = [
    mayLogIn,
    belowLoginLimit(now),
    ...(phone && start.byTicket ? [storedPhoneOlderThan(phone.phoneVerifiedAt)] : []),
  ]
  const change = {
    ...phone,
    ...(consent ? { consent: _.set(consent) } : {}),
    ...(caller.unionid === undefined ? {} : { unionid: caller.unionid }),
    ...(replaces
      ? { [`sessions.${replaces.index}`]: _.set(session) }
      : { sessions: _.push({ each: [session], slice: -MAXIMUM_SESSIONS }) }),
    loginWindow: loginCountingChange(now),
    loginCount: _.inc(1),
    updatedAt: at,
    lastLoginAt: at,
  }
  return updateUser(budget, _.and(conditions), change)
}
