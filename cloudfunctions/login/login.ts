import * as v from 'valibot'
import type { LoginData } from '../../contract/login.ts'
import { AppError } from '../shared/app-error.ts'
import type { Call } from '../shared/call.ts'
import { type Consent, CURRENT_CONSENT_VERSION } from '../shared/consent.ts'
import { isPhoneRequired } from '../shared/environment.ts'
import { textField } from '../shared/input.ts'
import { phoneIndexOf, sealPhoneNumber } from '../shared/phone-cipher.ts'
import { exchangePhoneCode } from '../shared/phone-exchange.ts'
import { maskPhoneNumber, type PhoneNumber } from '../shared/phone-number.ts'
import { newSession, type Session } from '../shared/session.ts'
import { signToken } from '../shared/token.ts'
import { type User, userInfoOf } from '../shared/user.ts'
import { createUser, findUser, openSession, type StoredPhone } from '../shared/users.ts'

export const loginInput = v.object({
  phoneCode: v.optional(textField(512)),
  withoutPhone: v.optional(v.literal(true)),
  consent: v.optional(v.object({ version: textField(32) })),
  device: v.optional(
    v.object({ model: v.pipe(v.string(), v.maxLength(64)), platform: v.pipe(v.string(), v.maxLength(32)) }),
  ),
})

type LoginInput = v.InferOutput<typeof loginInput>

/** One attempt to log in: who, on what, having agreed to what. */
interface Attempt {
  call: Call
  session: Session
  /** Only if it is for the version in force. */
  consent: Consent | undefined
}

/**
 * Logs in with a phone code, or silently without one.
 * @throws AppError PHONE_CODE_INVALID, CONSENT_REQUIRED, PHONE_REQUIRED, ACCOUNT_DISABLED, and what is upstream's
 */
export async function login(input: LoginInput, call: Call): Promise<LoginData> {
  const attempt: Attempt = {
    call,
    session: newSession(call.now, input.device),
    consent: consentOf(input, call.now),
  }
  if (input.phoneCode !== undefined) return loginWithCode(attempt, input.phoneCode)
  return input.withoutPhone && !isPhoneRequired() ? loginWithoutPhone(attempt) : loginKnown(attempt)
}

/** For mini-programs that may not ask for a number: the WeChat account alone makes the user. */
async function loginWithoutPhone(attempt: Attempt): Promise<LoginData> {
  const user = await findUser(attempt.call.budget, attempt.call.userId)
  return user ? loginKnown(attempt, undefined, user) : loginNew(attempt)
}

/**
 * Two sequential round trips: the document is read while the code is exchanged, then written.
 * Without consent in hand the read comes first, since a code is not to be spent on a login that will be refused.
 */
async function loginWithCode(attempt: Attempt, phoneCode: string): Promise<LoginData> {
  const { budget, caller, userId } = attempt.call
  const read = findUser(budget, userId)
  if (!attempt.consent) requireConsent(await read)
  const [user, number] = await Promise.all([read, exchangePhoneCode(budget, phoneCode, caller.openid)])
  const phone = storedPhone(attempt.call, number)
  return user ? loginKnown(attempt, phone, user) : loginNew(attempt, phone)
}

async function loginNew(attempt: Attempt, phone?: StoredPhone): Promise<LoginData> {
  const { call, session, consent } = attempt
  if (!consent) throw new AppError('CONSENT_REQUIRED')
  const { budget, userId, caller, now } = call
  const newUser = { userId, caller, consent, session, now, ...(phone ? { phone } : {}) }
  const user = await createUser(budget, newUser)
  // Without a user here, the same person logged in at the same moment and was first.
  return user ? success(attempt, user, true) : loginKnown(attempt, phone)
}

/**
 * One sequential round trip: what the answer shows is read while the session is opened, unless it was read before.
 * The write itself checks that this user may log in, so nothing can change between a check and the write.
 */
async function loginKnown(attempt: Attempt, phone?: StoredPhone, known?: User): Promise<LoginData> {
  const { budget, userId } = attempt.call
  const [user, opened] = await Promise.all([known ?? findUser(budget, userId), open(attempt, phone)])
  if (opened && user) return success(attempt, { ...user, ...phone }, false)
  const now = opened || known ? await findUser(budget, userId) : user
  if (opened && now) return success(attempt, now, false)
  throw refusalOf(attempt, now)
}

function open({ call, session, consent }: Attempt, phone: StoredPhone | undefined): Promise<boolean> {
  const { budget, userId, caller, now } = call
  return openSession(budget, {
    userId,
    caller,
    session,
    now,
    requiredConsent: CURRENT_CONSENT_VERSION,
    phoneRequired: isPhoneRequired(),
    ...(phone ? { phone } : {}),
    ...(consent ? { consent } : {}),
  })
}

/** Why no session was opened for this user. */
function refusalOf(attempt: Attempt, user: User | null): AppError {
  if (!user) return new AppError('PHONE_REQUIRED')
  if (user.status === 'disabled') return new AppError('ACCOUNT_DISABLED')
  if (user.phoneHash === '' && isPhoneRequired()) return new AppError('PHONE_REQUIRED')
  if (!attempt.consent && !hasCurrentConsent(user)) return new AppError('CONSENT_REQUIRED')
  // Nothing stands against it now: somebody changed the user between the read and the write.
  return new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed during login', retryAfterSeconds: 1 })
}

function requireConsent(user: User | null): void {
  if (user?.status === 'disabled') throw new AppError('ACCOUNT_DISABLED')
  if (!user || !hasCurrentConsent(user)) throw new AppError('CONSENT_REQUIRED')
}

function hasCurrentConsent(user: User): boolean {
  return user.consent.version === CURRENT_CONSENT_VERSION
}

/** @throws AppError CONSENT_REQUIRED for consent to another version than the one in force */
function consentOf({ consent }: LoginInput, now: number): Consent | undefined {
  if (consent === undefined) return undefined
  if (consent.version !== CURRENT_CONSENT_VERSION) throw new AppError('CONSENT_REQUIRED')
  return { version: consent.version, at: new Date(now) }
}

function storedPhone({ keys, userId }: Call, number: PhoneNumber): StoredPhone {
  return {
    phoneMasked: maskPhoneNumber(number),
    phoneCipher: sealPhoneNumber(keys.phone, userId, number),
    phoneHash: phoneIndexOf(keys.phoneIndex, number),
    countryCode: number.countryCode,
  }
}

function success(
  { call, session }: Attempt,
  user: Parameters<typeof userInfoOf>[0],
  isNewUser: boolean,
): LoginData {
  const expiresAt = session.expiresAt.getTime()
  const token = signToken(call.keys.token, call.caller.appid, {
    userId: call.userId,
    sessionId: session.id,
    issuedAt: Math.floor(call.now / 1000),
    expiresAt: expiresAt / 1000,
  })
  return { token, expiresAt, userInfo: userInfoOf(user), isNewUser }
}
