import * as v from 'valibot'
import type { ChangePhoneData, ChangePhoneRequest } from '../../contract/account.ts'
import { AppError } from '../shared/core/app-error.ts'
import { settleAll } from '../shared/core/settle-all.ts'
import { type LoggedIn, requireLogin } from '../shared/handlers/guard.ts'
import { isPhoneBudgetSpent } from '../shared/phone/phone-budget.ts'
import { lastClosedAt, requireVerifiedAfter } from '../shared/phone/ticket-validity.ts'
import { redeemPhoneCode, redeemTicket, type VerifiedPhone } from '../shared/phone/verified-phone.ts'
import type { Call } from '../shared/request/call.ts'
import { textField } from '../shared/request/input.ts'
import { requestSchema } from '../shared/request/request-schema.ts'
import { record } from '../shared/users/audit.ts'
import { count, countingRefusal } from '../shared/users/daily-counts.ts'
import type { RateKind } from '../shared/users/rate-limit.ts'
import { isNumberInUse } from '../shared/users/same-number.ts'
import { storedPhoneOlderThan } from '../shared/users/stored-phone.ts'
import { userInfoOf } from '../shared/users/user.ts'
import { changeLoggedIn } from '../shared/users/users.ts'

const common = { action: v.literal('changePhone') }
export const changePhoneInput = requestSchema<ChangePhoneRequest>()(
  v.union([
    v.object({ ...common, phoneCode: textField(512) }),
    v.object({ ...common, ticket: textField(512) }),
  ]),
)
type ChangePhoneInput = v.InferOutput<typeof changePhoneInput>

/** Only a code is exchanged at WeChat, and so counted. */
export function limitOf(input: ChangePhoneInput): RateKind | undefined {
  return 'phoneCode' in input ? 'code' : undefined
}

/** What is read beside the guard. */
interface Before {
  /** For a ticket: when the caller last closed an account. A ticket from before that is refused. */
  closedAt?: Date | undefined
  /** For a code: no authorization of today is to be spent any more. */
  isBudgetSpent?: boolean
}

export async function readBefore(input: ChangePhoneInput, call: Call): Promise<Before> {
  return 'ticket' in input
    ? { closedAt: await lastClosedAt(call) }
    : { isBudgetSpent: await isPhoneBudgetSpent(call) }
}

/**
 * Changes the account's number. The guard accepts the call before the code is spent.
 * @throws AppError PHONE_CODE_INVALID, PHONE_BUDGET_SPENT, and the reasons of the phone exchange and the database; once the code was spent,
 * with a ticket
 */
export async function changePhone(
  input: ChangePhoneInput,
  call: Call,
  login: LoggedIn,
  { closedAt, isBudgetSpent = false }: Before,
): Promise<ChangePhoneData> {
  const phone =
    'phoneCode' in input
      ? await countingRefusal(call, call.userId, async () => {
          if (isBudgetSpent) throw new AppError('PHONE_BUDGET_SPENT')
          return redeemPhoneCode(call, input.phoneCode)
        })
      : redeemTicket(call, input.ticket)
  requireVerifiedAfter(phone, closedAt)
  const inUse = isNumberInUse(call, phone.stored.phoneHash)
  // The authorization is paid for, whatever becomes of the number.
  const paid = phone.byTicket ? {} : { paid: 1 }
  try {
    await settleAll([store(call, login, phone), count(call, call.userId, paid)])
  } catch (error) {
    if (!(error instanceof AppError) || error.reason === 'PHONE_CODE_INVALID') throw error
    throw error.withTicket(phone.issueTicket())
  }
  await settleAll([
    record(call, [
      { action: 'phone.change', userId: call.userId, detail: phone.byTicket ? 'ticket' : 'code' },
    ]),
    login.user.phoneHash === '' && count(call, call.userId, { withoutPhone: -1 }),
  ])
  return {
    userInfo: userInfoOf({ ...login.user, ...phone.stored }),
    ...((await inUse) ? { numberInUse: true } : {}),
  }
}

async function store(call: Call, { claims }: LoggedIn, phone: VerifiedPhone): Promise<void> {
  const condition = phone.byTicket ? storedPhoneOlderThan(phone.stored.phoneVerifiedAt) : {}
  if (await changeLoggedIn(call, claims.sessionId, phone.stored, condition)) return
  await requireLogin(call)
  // The user is still logged in, so the ticket is used: its number or a newer one is stored already.
  if (phone.byTicket) throw new AppError('PHONE_CODE_INVALID')
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed while the number was' })
}
