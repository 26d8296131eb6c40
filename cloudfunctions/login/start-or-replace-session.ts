import { isPhoneRequired } from '../shared/core/environment.ts'
import type { VerifiedPhone } from '../shared/phone/verified-phone.ts'
import { CURRENT_CONSENT_VERSION } from '../shared/users/consent.ts'
import type { User } from '../shared/users/user.ts'
import { findUser } from '../shared/users/users.ts'
import type { Attempt } from './attempt.ts'
import { findReplaced, type ReplacedSession } from './replaced-session.ts'
import { startSession } from './start-session.ts'

/** How often the session to be replaced is looked up: another logout may move it while this call writes. */
const REPLACING_TRIES = 3

/**
 * Starts the session of an attempt. It replaces the session that the attempt names, as long as that one exists, and is an
 * additional one otherwise. Returns false for a user who may not log in.
 * @param knownUser the user, if they were read already
 */
export async function startOrReplaceSession(
  attempt: Attempt,
  phone?: VerifiedPhone,
  knownUser?: User,
): Promise<boolean> {
  let replaced = findReplaced(knownUser?.sessions ?? [], attempt.replaces)
  for (let tries = 0; tries < REPLACING_TRIES; tries++) {
    if (await start(attempt, phone, replaced)) return true
    if (!replaced) return false
    const user = await findUser(attempt.call.budget, attempt.call.userId)
    const { index } = replaced
    replaced = findReplaced(user?.sessions ?? [], attempt.replaces)
    // It has not moved: something else keeps this user from logging in.
    if (replaced?.index === index) return false
  }
  return false
}

function start(
  { call, session, consent }: Attempt,
  phone: VerifiedPhone | undefined,
  replaces: ReplacedSession | undefined,
): Promise<boolean> {
  const { budget, userId, caller, now } = call
  return startSession(budget, {
    userId,
    caller,
    // The device has been logged in since the session before: replacing it is no later login.
    session: replaces ? { ...session, createdAt: replaces.createdAt } : session,
    replaces,
    now,
    requiredConsent: CURRENT_CONSENT_VERSION,
    phoneRequired: isPhoneRequired(),
    byTicket: phone?.byTicket ?? false,
    ...(phone ? { phone: phone.stored } : {}),
    ...(consent ? { consent } : {}),
  })
}
