import * as v from 'valibot'
import type { ChangePhoneData } from '../../contract/account.ts'
import { AppError } from '../shared/app-error.ts'
import { record } from '../shared/audit.ts'
import type { Call } from '../shared/call.ts'
import { type LoggedIn, requireLogin } from '../shared/guard.ts'
import { textField } from '../shared/input.ts'
import type { RateKind } from '../shared/rate-limit.ts'
import { type PhoneInHand, phoneOfCode, phoneOfTicket } from '../shared/stored-phone.ts'
import { lastClosing, requireSinceClosing } from '../shared/ticket-validity.ts'
import { userInfoOf } from '../shared/user.ts'
import { changePhone as storePhone } from '../shared/users.ts'

const common = { action: v.literal('changePhone') }
export const changePhoneInput = v.union([
  v.object({ ...common, phoneCode: textField(512) }),
  v.object({ ...common, ticket: textField(512) }),
])
type ChangePhoneInput = v.InferOutput<typeof changePhoneInput>

/** Only a code is asked about at WeChat. */
export function kindOfProof(input: ChangePhoneInput): RateKind | undefined {
  return 'phoneCode' in input ? 'code' : undefined
}

/** A ticket from before a closing counts no more. */
export async function findClosing(input: ChangePhoneInput, call: Call): Promise<Date | undefined> {
  return 'ticket' in input ? lastClosing(call) : undefined
}

/**
 * Puts another number on the account. The guard has passed before the code is spent.
 * @throws AppError PHONE_CODE_INVALID and what is upstream's; once the code was spent, with a ticket
 */
export async function changePhone(
  input: ChangePhoneInput,
  call: Call,
  login: LoggedIn,
  closedAt: Date | undefined,
): Promise<ChangePhoneData> {
  const phone =
    'phoneCode' in input ? await phoneOfCode(call, input.phoneCode) : phoneOfTicket(call, input.ticket)
  requireSinceClosing(phone, closedAt)
  try {
    await store(call, login, phone)
  } catch (error) {
    if (!(error instanceof AppError) || error.reason === 'PHONE_CODE_INVALID') throw error
    throw error.withTicket(phone.ticket())
  }
  await record(call, [{ act: 'phone.change', userId: call.userId }])
  return { userInfo: userInfoOf({ ...login.user, ...phone.stored }) }
}

async function store(call: Call, { claims }: LoggedIn, phone: PhoneInHand): Promise<void> {
  if (await storePhone(call, claims.sessionId, phone.stored, phone.byTicket)) return
  await requireLogin(call)
  // Still logged in: then it is the ticket, whose number or a newer one is on file already.
  if (phone.byTicket) throw new AppError('PHONE_CODE_INVALID')
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed while the number was' })
}
