import type { Budget } from './budget.ts'
import type { Call } from './call.ts'
import type { Caller } from './caller.ts'
import { NOT_BY_CLIENT } from './client-document.ts'
import type { Consent } from './consent.ts'
import { command as _, ask, collection, DuplicateKey } from './database.ts'
import { countedLogin, mayLogInAgain } from './login-rate.ts'
import { MAXIMUM_SESSIONS, type ReplacedSession, type Session } from './session.ts'
import { parseUser, type User } from './user.ts'

export const users = () => collection('users')

/**
 * Part of every change whose success is read from `updated`. Whether that counts the documents a condition matched or
 * those that are different afterwards is not documented; with this in it, a document that matches is always different,
 * also when the same is written twice in one millisecond.
 */
const ANOTHER_REVISION = { revision: _.inc(1) }

/** The phone number as it is stored: for machines encrypted and indexed, for people masked. */
export interface StoredPhone {
  phoneMasked: string
  phoneCipher: string
  phoneHash: string
  countryCode: string
  /** When WeChat vouched for it. */
  phoneVerifiedAt: Date
}

/** The whole document. One round trip. */
export async function findUser(budget: Budget, userId: string): Promise<User | null> {
  return parsed(await ask(budget, users().doc(userId).get()))
}

/**
 * The document but for `loginWindow`, which only a login looks at: its thirty dates would be half of what every
 * guarded call fetches and decodes. One round trip.
 */
export async function findUserOfSession(budget: Budget, userId: string): Promise<User | null> {
  return parsed(await ask(budget, users().doc(userId).field({ loginWindow: false }).get()))
}

function parsed({ data }: { data: unknown }): User | null {
  return data === null || data === undefined ? null : parseUser(data)
}

const NO_PHONE = { phoneMasked: '', phoneCipher: '', phoneHash: '', countryCode: '' }

export interface NewUser {
  userId: string
  caller: Caller
  /** Absent for an account without a number. */
  phone?: StoredPhone
  consent: Consent
  session: Session
  generation: string
  now: number
}

/** Returns the new user, or null when the person has a document already. One round trip. */
export async function createUser(budget: Budget, newUser: NewUser): Promise<User | null> {
  const { userId, caller, phone = NO_PHONE, consent, session, generation, now } = newUser
  const at = new Date(now)
  const document = {
    _id: userId,
    openid: caller.openid,
    ...(caller.unionid === undefined ? {} : { unionid: caller.unionid }),
    generation,
    ...phone,
    nickname: '旅行者',
    avatar: '',
    status: 'active' as const,
    consent,
    sessions: [session],
    loginWindow: [at],
    loginCount: 1,
    createdAt: at,
    updatedAt: at,
    lastLoginAt: at,
  }
  try {
    await ask(budget, users().add({ data: document }))
    return document
  } catch (error) {
    if (error instanceof DuplicateKey) return null
    throw error
  }
}

export interface Login {
  userId: string
  caller: Caller
  session: Session
  /** The session whose place the new one takes, if it still stands where it was seen; absent for a place of its own. */
  replaces?: Pick<ReplacedSession, 'id' | 'place'> | undefined
  now: number
  /** The number just exchanged; without it the number on file stays. */
  phone?: StoredPhone
  /** The number comes by ticket, so it counts only if it is newer than the one on file. */
  byTicket: boolean
  /** Whether there must be a number, just exchanged or on file. */
  phoneRequired: boolean
  /** Consent just given; without it the one on file must be for `requiredConsent`. */
  consent?: Consent
  requiredConsent: string
}

/**
 * Opens a session for an active user, in one write that changes all or nothing and only if the user may log in.
 * Returns whether it did. One round trip.
 */
export async function openSession(budget: Budget, login: Login): Promise<boolean> {
  const { userId, caller, session, replaces, now, phone, consent, requiredConsent } = login
  const at = new Date(now)
  const mayLogIn = {
    _id: userId,
    status: 'active',
    ...NOT_BY_CLIENT,
    ...(phone || !login.phoneRequired ? {} : { phoneHash: _.exists(true).and(_.neq('')) }),
    ...(consent ? {} : { 'consent.version': requiredConsent }),
    ...(replaces ? { [`sessions.${replaces.place}.id`]: replaces.id } : {}),
  }
  const conditions = [
    mayLogIn,
    mayLogInAgain(now),
    ...(phone && login.byTicket ? [isOlderNumber(phone.phoneVerifiedAt)] : []),
  ]
  const change = {
    ...phone,
    ...(consent ? { consent: _.set(consent) } : {}),
    ...(caller.unionid === undefined ? {} : { unionid: caller.unionid }),
    ...(replaces
      ? { [`sessions.${replaces.place}`]: _.set(session) }
      : { sessions: _.push({ each: [session], slice: -MAXIMUM_SESSIONS }) }),
    loginWindow: countedLogin(now),
    loginCount: _.inc(1),
    ...ANOTHER_REVISION,
    updatedAt: at,
    lastLoginAt: at,
  }
  return updatedOne(budget, users().where(_.and(conditions)).update({ data: change }))
}

/** Condition: the number on file, if any, was vouched for before this moment. */
function isOlderNumber(verifiedAt: Date): object {
  return _.or([{ phoneVerifiedAt: _.exists(false) }, { phoneVerifiedAt: _.lt(verifiedAt) }])
}

/**
 * Changes the document of somebody logged in, in one write that also asks whether they still are: an account that
 * is closed or disabled and a session that is ended meanwhile are left alone. Returns whether it was changed.
 * One round trip.
 */
export async function changeLoggedIn(
  call: Pick<Call, 'budget' | 'userId' | 'now'>,
  sessionId: string,
  change: object,
  condition: object = {},
): Promise<boolean> {
  const at = new Date(call.now)
  const stillLoggedIn = {
    _id: call.userId,
    status: 'active',
    ...NOT_BY_CLIENT,
    sessions: _.elemMatch({ id: sessionId, expiresAt: _.gt(at) }),
  }
  const data = { ...change, ...ANOTHER_REVISION, updatedAt: at }
  return updatedOne(
    call.budget,
    users()
      .where(_.and([stillLoggedIn, condition]))
      .update({ data }),
  )
}

/** The same for another number; a ticket's only if it is newer than the one on file. */
export async function changePhone(
  call: Pick<Call, 'budget' | 'userId' | 'now'>,
  sessionId: string,
  phone: StoredPhone,
  byTicket: boolean,
): Promise<boolean> {
  const condition = byTicket ? isOlderNumber(phone.phoneVerifiedAt) : {}
  return changeLoggedIn(call, sessionId, phone, condition)
}

/**
 * Moves the end of one session. Sessions move up in their array when an older one ends, so the place read before
 * is part of the condition. Returns false when the session is not at that place any more. One round trip.
 */
export async function renewSession(
  budget: Budget,
  userId: string,
  place: number,
  session: Pick<Session, 'id' | 'lastSeenAt' | 'expiresAt'>,
): Promise<boolean> {
  const stillThere = { _id: userId, status: 'active', ...NOT_BY_CLIENT, [`sessions.${place}.id`]: session.id }
  const change = {
    [`sessions.${place}.expiresAt`]: session.expiresAt,
    [`sessions.${place}.lastSeenAt`]: session.lastSeenAt,
    ...ANOTHER_REVISION,
  }
  return updatedOne(budget, users().where(stillThere).update({ data: change }))
}

/** Removes one session; returns whether there was such a one. One round trip. */
export async function endSession(budget: Budget, userId: string, sessionId: string): Promise<boolean> {
  const change = { sessions: _.pull({ id: sessionId }), ...ANOTHER_REVISION }
  const itsUser = { _id: userId, 'sessions.id': sessionId, ...NOT_BY_CLIENT }
  return updatedOne(budget, users().where(itsUser).update({ data: change }))
}

async function updatedOne(budget: Budget, write: Promise<{ stats: { updated: number } }>): Promise<boolean> {
  const { stats } = await ask(budget, write)
  return stats.updated === 1
}
