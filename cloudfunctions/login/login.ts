import * as v from 'valibot'
import type { LoginData } from '../../contract/login.ts'
import { allDone } from '../shared/all-done.ts'
import { AppError } from '../shared/app-error.ts'
import type { Call } from '../shared/call.ts'
import { finishClosing } from '../shared/closing.ts'
import { type Consent, CURRENT_CONSENT_VERSION } from '../shared/consent.ts'
import { isPhoneRequired } from '../shared/environment.ts'
import { newGeneration } from '../shared/generation.ts'
import { optionalTextField, textField } from '../shared/input.ts'
import { countAct, requireRoom } from '../shared/rate-limit.ts'
import { findReplaced, newSession, type ReplacedSession } from '../shared/session.ts'
import { type PhoneInHand, phoneOfCode, phoneOfTicket } from '../shared/stored-phone.ts'
import { lastClosing, requireSinceClosing } from '../shared/ticket-validity.ts'
import { secondsUntil, sessionIdOf, signToken } from '../shared/token.ts'
import { type User, userInfoOf } from '../shared/user.ts'
import { createUser, findUser, openSession } from '../shared/users.ts'
import type { Attempt } from './attempt.ts'
import { LoginRecord } from './login-record.ts'
import { refusalOf, requireWorthACode } from './refusal.ts'

export const loginInput = v.object({
  phoneCode: v.optional(textField(512)),
  ticket: v.optional(textField(512)),
  withoutPhone: v.optional(v.literal(true)),
  consent: v.optional(v.object({ version: textField(32) })),
  device: v.optional(v.object({ model: optionalTextField(64), platform: optionalTextField(32) })),
  replaces: v.optional(v.string()),
})

type LoginInput = v.InferOutput<typeof loginInput>

/** How often the session to be replaced is looked for, since other logouts may move it while this call writes. */
const REPLACING_TRIES = 3

/**
 * Logs in with a phone code, with the ticket that stands for one, or silently with neither.
 * @throws AppError PHONE_CODE_INVALID, CONSENT_REQUIRED, PHONE_REQUIRED, ACCOUNT_DISABLED, RATE_LIMITED, and what is
 * upstream's; once a code was spent, with a ticket
 */
export async function login(input: LoginInput, call: Call): Promise<LoginData> {
  const session = newSession(call.now, input.device)
  const attempt: Attempt = {
    call,
    session,
    replaces: input.replaces === undefined ? undefined : sessionIdOf(input.replaces),
    consent: consentOf(input, call.now),
    record: new LoginRecord(call, session),
  }
  if (input.phoneCode !== undefined) return loginWithCode(attempt, input.phoneCode)
  if (input.ticket !== undefined) return loginWithTicket(attempt, input.ticket)
  return input.withoutPhone && !isPhoneRequired() ? loginWithoutPhone(attempt) : loginSilently(attempt)
}

/** The place of a session that is to be replaced has to be read before it can be written: one round trip more. */
async function loginSilently(attempt: Attempt): Promise<LoginData> {
  if (attempt.replaces === undefined) return loginKnown(attempt)
  const user = await findUser(attempt.call.budget, attempt.call.userId)
  return loginKnown(attempt, undefined, user ?? undefined)
}

/** For mini-programs that may not ask for a number: the WeChat account alone makes the user. */
async function loginWithoutPhone(attempt: Attempt): Promise<LoginData> {
  const user = await findUser(attempt.call.budget, attempt.call.userId)
  return user ? loginKnown(attempt, undefined, user) : loginNew(attempt)
}

/**
 * Three sequential round trips: the document is read and the code counted, then the code is exchanged, then the
 * document is written. The read comes first, since a code is not to be spent on a login that will be refused.
 */
async function loginWithCode(attempt: Attempt, phoneCode: string): Promise<LoginData> {
  const { call, consent } = attempt
  const [user, seconds] = await allDone([findUser(call.budget, call.userId), countAct(call, 'code')])
  requireWorthACode({ user, now: call.now, consent })
  requireRoom(seconds)
  const phone = await phoneOfCode(call, phoneCode)
  return withTicket(phone, () => (user ? loginKnown(attempt, phone, user) : loginNew(attempt, phone)))
}

async function loginWithTicket(attempt: Attempt, ticket: string): Promise<LoginData> {
  const { call } = attempt
  const phone = phoneOfTicket(call, ticket)
  return withTicket(phone, async () => {
    const [user, closedAt] = await allDone([findUser(call.budget, call.userId), lastClosing(call)])
    requireSinceClosing(phone, closedAt)
    return user ? loginKnown(attempt, phone, user) : loginNew(attempt, phone)
  })
}

/** The number is paid for: whatever keeps it from being used now, the client can come back with it. */
async function withTicket(phone: PhoneInHand, go: () => Promise<LoginData>): Promise<LoginData> {
  try {
    return await go()
  } catch (error) {
    if (!(error instanceof AppError) || NO_WAY_BACK.has(error.reason)) throw error
    throw error.withTicket(phone.ticket())
  }
}

const NO_WAY_BACK: ReadonlySet<AppError['reason']> = new Set(['ACCOUNT_DISABLED', 'PHONE_CODE_INVALID'])

async function loginNew(attempt: Attempt, phone?: PhoneInHand): Promise<LoginData> {
  const { call, session, consent, record } = attempt
  if (!consent) throw new AppError('CONSENT_REQUIRED')
  const { budget, userId, caller, now } = call
  const generation = newGeneration(now)
  const newUser = {
    userId,
    caller,
    consent,
    session,
    generation,
    now,
    ...(phone ? { phone: phone.stored } : {}),
  }
  const [user] = await allDone([createUser(budget, newUser), record.write({ consent })])
  // Without a user here, the same person logged in at the same moment and was first.
  return user ? success(attempt, user, true) : loginKnown(attempt, phone)
}

/**
 * One sequential round trip: what the answer shows is read while the session is opened, unless it was read before.
 * The write itself checks that this user may log in, so nothing can change between a check and the write.
 */
async function loginKnown(attempt: Attempt, phone?: PhoneInHand, known?: User): Promise<LoginData> {
  const { call, consent, record } = attempt
  const opening = openKnown(attempt, phone, known)
  const writing = record.write({
    consent,
    changesPhone: phone !== undefined && known?.phoneHash !== phone.stored.phoneHash,
  })
  const reading = known ?? findUser(call.budget, call.userId)
  const [user, opened] = await allDone([reading, opening, writing]).catch(async (error: unknown) => {
    // What the read refuses was not opened either; a login whose write broke off may have been.
    if ((await opening) === false) await record.withdraw()
    throw error
  })
  if (opened && user) return success(attempt, { ...user, ...phone?.stored }, false)
  const now = opened || known ? await findUser(call.budget, call.userId) : user
  if (opened && now) return success(attempt, now, false)
  if (now?.status === 'closing') return loginAfterClosing(attempt, now, phone)
  await record.withdraw()
  throw refusalOf({ user: now, now: call.now, consent, phone })
}

/** In the place of the session that is to be replaced, as long as that stands, wherever it moves meanwhile. */
async function openKnown(attempt: Attempt, phone?: PhoneInHand, known?: User): Promise<boolean> {
  let replaced = findReplaced(known?.sessions ?? [], attempt.replaces)
  for (let tries = 0; tries < REPLACING_TRIES; tries++) {
    if (await open(attempt, phone, replaced)) return true
    if (!replaced) return false
    const user = await findUser(attempt.call.budget, attempt.call.userId)
    const place = replaced.place
    replaced = findReplaced(user?.sessions ?? [], attempt.replaces)
    // It is where it was: something else keeps this user out.
    if (replaced?.place === place) return false
  }
  return false
}

function open(
  { call, session, consent }: Attempt,
  phone: PhoneInHand | undefined,
  replaces: ReplacedSession | undefined,
): Promise<boolean> {
  const { budget, userId, caller, now } = call
  return openSession(budget, {
    userId,
    caller,
    // The device has been logged in since the session before: a new one in its place is no later login.
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

/** The account was being closed, and that broke off: it is closed now, and the person is new. */
async function loginAfterClosing(attempt: Attempt, user: User, phone?: PhoneInHand): Promise<LoginData> {
  const { call, record } = attempt
  await record.withdraw()
  if (!user.closingAt) throw new AppError('INTERNAL', { log: 'a document of `users` is damaged: closingAt' })
  await finishClosing(call, call.userId, user.closingAt)
  if (phone) requireSinceClosing(phone, user.closingAt)
  if (!phone && isPhoneRequired()) throw new AppError('PHONE_REQUIRED')
  return loginNew(attempt, phone)
}

/** @throws AppError CONSENT_REQUIRED for consent to another version than the one in force */
function consentOf({ consent }: LoginInput, now: number): Consent | undefined {
  if (consent === undefined) return undefined
  if (consent.version !== CURRENT_CONSENT_VERSION) throw new AppError('CONSENT_REQUIRED')
  return { version: consent.version, at: new Date(now) }
}

function success(
  { call, session }: Attempt,
  user: Parameters<typeof userInfoOf>[0],
  isNewUser: boolean,
): LoginData {
  const expiresAt = session.expiresAt.getTime() / 1000
  const token = signToken(call.keys.token, call.caller.appid, {
    userId: call.userId,
    sessionId: session.id,
    issuedAt: Math.floor(call.now / 1000),
    expiresAt,
  })
  return { token, expiresInSeconds: secondsUntil(expiresAt, call.now), userInfo: userInfoOf(user), isNewUser }
}
