import * as v from 'valibot'
import type { LoginData, LoginRequest } from '../../contract/login.ts'
import { AppError } from '../shared/core/app-error.ts'
import { isPhoneRequired } from '../shared/core/environment.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import { loadSigning, secondsUntil, sessionIdOf, signToken } from '../shared/crypto/token.ts'
import { afterRequestsSent } from '../shared/database/after-requests-sent.ts'
import { databaseName } from '../shared/database/collection-names.ts'
import { isPhoneBudgetSpent } from '../shared/phone/phone-budget.ts'
import { lastClosedAt, requireVerifiedAfter } from '../shared/phone/ticket-validity.ts'
import { redeemPhoneCode, redeemTicket, type VerifiedPhone } from '../shared/phone/verified-phone.ts'
import type { Call } from '../shared/request/call.ts'
import { optionalTextField, textField } from '../shared/request/input.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { finishDeletion } from '../shared/users/account-deletion.ts'
import { type Consent, CURRENT_CONSENT_VERSION } from '../shared/users/consent.ts'
import { countingRefusal } from '../shared/users/daily-counts.ts'
import { newGeneration } from '../shared/users/generation.ts'
import { trySettleIncoming } from '../shared/users/incoming-transfer.ts'
import { countAction, requireWithinLimit } from '../shared/users/rate-limit.ts'
import { isNumberInUse } from '../shared/users/same-number.ts'
import { shownRequest } from '../shared/users/transfer-request.ts'
import { type User, userInfoOf } from '../shared/users/user.ts'
import { findUser } from '../shared/users/users.ts'
import type { Attempt } from './attempt.ts'
import { createUser } from './create-user.ts'
import { LoginAudit, type LoginKind } from './login-audit.ts'
import { newSession } from './new-session.ts'
import { refusalOf, requireWorthACode } from './refusal.ts'
import { startOrReplaceSession } from './start-or-replace-session.ts'

export const loginInput = requestSchema<LoginRequest>()(
  v.object({
    phoneCode: v.optional(textField(512)),
    ticket: v.optional(textField(512)),
    withoutPhone: v.optional(v.literal(true)),
    consent: v.optional(v.object({ version: textField(32) })),
    device: v.optional(v.object({ model: optionalTextField(64), platform: optionalTextField(32) })),
    replaces: v.optional(v.string()),
  }),
)

type LoginInput = v.InferOutput<typeof loginInput>

/**
 * Logs in with a phone code, with a ticket that stands for one, or silently with neither.
 * @throws AppError PHONE_CODE_INVALID, CONSENT_REQUIRED, PHONE_REQUIRED, PHONE_BUDGET_SPENT, ACCOUNT_DISABLED, RATE_LIMITED, and the reasons
 * of the phone exchange and the database; once a code was spent, with a ticket
 */
export async function login(input: LoginInput, call: Call): Promise<LoginData> {
  void loadWhileWaiting()
  const session = newSession(call.now, input.device)
  const attempt: Attempt = {
    call,
    session,
    replaces: input.replaces === undefined ? undefined : sessionIdOf(input.replaces),
    consent: consentOf(input, call.now),
    withoutPhone: input.withoutPhone === true && !isPhoneRequired(),
    audit: new LoginAudit(call, session),
  }
  if (input.phoneCode !== undefined) return loginWithCode(attempt, input.phoneCode)
  if (input.ticket !== undefined) return loginWithTicket(attempt, input.ticket)
  return attempt.withoutPhone ? loginWithoutPhone(attempt) : loginSilently(attempt)
}

/** At a cold start, loads the signing of tokens while the first requests are under way, and not after the last. */
async function loadWhileWaiting(): Promise<void> {
  await afterRequestsSent()
  loadSigning()
}

/** Replacing a session takes one more round trip: its index has to be read before it can be written. */
async function loginSilently(attempt: Attempt): Promise<LoginData> {
  if (attempt.replaces === undefined) return loginExistingUser(attempt)
  const user = await findUser(attempt.call.budget, attempt.call.userId)
  return loginExistingUser(attempt, undefined, user ?? undefined)
}

/** For mini-programs that may not ask for a number: the WeChat account alone makes the user. */
async function loginWithoutPhone(attempt: Attempt): Promise<LoginData> {
  const user = await findUser(attempt.call.budget, attempt.call.userId)
  return user ? loginExistingUser(attempt, undefined, user) : loginNewUser(attempt)
}

/**
 * Three sequential round trips: reads the user and counts the code, exchanges the code, writes the user. The read comes
 * first, so that no code is spent on a login that will be refused.
 */
async function loginWithCode(attempt: Attempt, phoneCode: string): Promise<LoginData> {
  const { call, consent } = attempt
  const [user, seconds, isBudgetSpent] = await settleAll([
    findUser(call.budget, call.userId),
    countAction(call, 'code'),
    isPhoneBudgetSpent(call),
  ])
  const phone = await countingRefusal(call, call.userId, async () => {
    requireWorthACode({ user, now: call.now, consent })
    requireWithinLimit(seconds)
    if (!isBudgetSpent) return redeemPhoneCode(call, phoneCode)
    if (isNumberNeeded(user)) throw new AppError('PHONE_BUDGET_SPENT')
    return undefined
  })
  if (!phone) return user ? loginExistingUser(attempt, undefined, user) : loginNewUser(attempt)
  return withTicket(phone, () =>
    user ? loginExistingUser(attempt, phone, user) : loginNewUser(attempt, phone),
  )
}

/** Past the day's budget, who can log in without a new number does so, and the code is not exchanged. */
function isNumberNeeded(user: User | null): boolean {
  return isPhoneRequired() && (user?.status !== 'active' || user.phoneHash === '')
}

async function loginWithTicket(attempt: Attempt, ticket: string): Promise<LoginData> {
  const { call } = attempt
  const phone = redeemTicket(call, ticket)
  return withTicket(phone, async () => {
    const [user, closedAt] = await settleAll([findUser(call.budget, call.userId), lastClosedAt(call)])
    requireVerifiedAfter(phone, closedAt)
    return user ? loginExistingUser(attempt, phone, user) : loginNewUser(attempt, phone)
  })
}

/** The number is paid for: if the login fails now, the client can come back with a ticket. */
async function withTicket(phone: VerifiedPhone, logIn: () => Promise<LoginData>): Promise<LoginData> {
  try {
    return await logIn()
  } catch (error) {
    if (!(error instanceof AppError) || WITHOUT_TICKET.has(error.reason)) throw error
    throw error.withTicket(phone.issueTicket())
  }
}

const WITHOUT_TICKET: ReadonlySet<AppError['reason']> = new Set(['ACCOUNT_DISABLED', 'PHONE_CODE_INVALID'])

async function loginNewUser(attempt: Attempt, phone?: VerifiedPhone): Promise<LoginData> {
  const { call, session, consent, audit } = attempt
  if (!consent) throw await audit.refuse(new AppError('CONSENT_REQUIRED'))
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
  const counts = { newUsers: 1, ...(phone ? {} : { withoutPhone: 1 }) }
  const [user, , numberInUse] = await settleAll([
    createUser(budget, newUser),
    audit.write({ kind: kindOf(phone) ?? 'withoutPhone', consent, counts }),
    phone !== undefined && isNumberInUse(call, phone.stored.phoneHash),
  ])
  if (user) return success(attempt, user, { isNewUser: true, numberInUse })
  // Another login of the same person, at the same moment, has created the user.
  const [data] = await settleAll([loginExistingUser(attempt, phone), audit.takeBack(counts)])
  return data
}

function kindOf(phone: VerifiedPhone | undefined): LoginKind | undefined {
  return phone && (phone.byTicket ? 'ticket' : 'code')
}

/**
 * One sequential round trip: what the answer shows is read while the session is started, unless it was read before.
 * The write itself checks that this user may log in, so nothing can change between a check and the write.
 */
async function loginExistingUser(
  attempt: Attempt,
  phone?: VerifiedPhone,
  knownUser?: User,
): Promise<LoginData> {
  const { call, consent, audit } = attempt
  const starting = startOrReplaceSession(attempt, phone, knownUser)
  const writing = audit.write({
    kind: kindOf(phone) ?? (attempt.withoutPhone ? 'withoutPhone' : 'silent'),
    consent,
    changesPhone: phone !== undefined && knownUser?.phoneHash !== phone.stored.phoneHash,
    ...(phone && knownUser?.phoneHash === '' ? { counts: { withoutPhone: -1 } } : {}),
  })
  const lookingUp = phone !== undefined && isNumberInUse(call, phone.stored.phoneHash)
  const reading = knownUser ?? findUser(call.budget, call.userId)
  const calls = settleAll([reading, starting, lookingUp, writing])
  const [user, isStarted, numberInUse] = await calls.catch(async (error: unknown) => {
    // A user that cannot be read has no new session either. A write that broke off may have started one.
    if ((await starting) === false) await audit.delete()
    throw error
  })
  const currentUser =
    isStarted && user
      ? { ...user, ...phone?.stored }
      : isStarted || knownUser
        ? await findUser(call.budget, call.userId)
        : user
  if (isStarted && currentUser) {
    const { incomingTransfer } = currentUser
    if (incomingTransfer) await trySettleIncoming(call, call.userId, incomingTransfer)
    return success(attempt, currentUser, { isNewUser: false, numberInUse })
  }
  if (currentUser?.status === 'closing') return loginAfterDeletion(attempt, currentUser, phone)
  const refusal = refusalOf({ user: currentUser, now: call.now, consent, phone })
  const [isBudgetSpent] = await settleAll([
    refusal.reason === 'PHONE_REQUIRED' && isPhoneBudgetSpent(call),
    audit.refuse(refusal),
  ])
  // The page must not ask for an authorization that no login would use.
  throw isBudgetSpent ? new AppError('PHONE_BUDGET_SPENT') : refusal
}

/** The deletion of the account broke off. Finishes it, and then the person is a new user. */
async function loginAfterDeletion(attempt: Attempt, user: User, phone?: VerifiedPhone): Promise<LoginData> {
  const { call, audit } = attempt
  await audit.delete()
  if (!user.closingAt)
    throw new AppError('INTERNAL', {
      log: `a document of \`${databaseName('users')}\` is damaged: closingAt`,
    })
  attempt.audit.countWithLogin(await finishDeletion(call, call.userId, user.closingAt))
  if (!phone && isPhoneRequired()) throw await audit.refuse(new AppError('PHONE_REQUIRED'))
  if (phone) requireVerifiedAfter(phone, user.closingAt)
  return loginNewUser(attempt, phone)
}

/** @throws AppError CONSENT_REQUIRED for consent to another version than the one in force */
function consentOf({ consent }: LoginInput, now: number): Consent | undefined {
  if (consent === undefined) return undefined
  if (consent.version !== CURRENT_CONSENT_VERSION) throw new AppError('CONSENT_REQUIRED')
  return { version: consent.version, at: new Date(now) }
}

function success(
  { call, session }: Attempt,
  user: Parameters<typeof userInfoOf>[0] & Parameters<typeof shownRequest>[0],
  { isNewUser, numberInUse }: { isNewUser: boolean; numberInUse: boolean },
): LoginData {
  const expiresAt = session.expiresAt.getTime() / 1000
  const token = signToken(call.keys.token, call.caller.appid, {
    userId: call.userId,
    sessionId: session.id,
    issuedAt: Math.floor(call.now / 1000),
    expiresAt,
  })
  const transferRequest = shownRequest(user, call.now)
  return {
    token,
    expiresInSeconds: secondsUntil(expiresAt, call.now),
    userInfo: userInfoOf(user),
    isNewUser,
    ...(numberInUse ? { numberInUse } : {}),
    ...(transferRequest ? { transferRequest } : {}),
  }
}
