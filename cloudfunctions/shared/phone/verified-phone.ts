import type { Call } from '../request/call.ts'
import type { StoredPhone } from '../users/stored-phone.ts'
import { encryptPhoneNumber, phoneIndexOf } from './phone-cipher.ts'
import { exchangePhoneCode } from './phone-exchange.ts'
import { maskPhoneNumber, toE164 } from './phone-number.ts'
import { makeTicket, readTicket, type VerifiedNumber } from './ticket.ts'

/** A number that WeChat has vouched for, in the form that is stored, and a ticket for it in case storing fails. */
export interface VerifiedPhone {
  stored: StoredPhone
  byTicket: boolean
  /** Returns a ticket for the number. It is newer than the stored number, even if this call's write took effect. */
  issueTicket(): string
}

/** Exchanges a phone code, which spends it. @throws AppError as `exchangePhoneCode` does */
export async function redeemPhoneCode(call: Call, code: string): Promise<VerifiedPhone> {
  const number = await exchangePhoneCode(call.budget, code, call.caller.openid)
  return toVerifiedPhone(call, { ...number, verifiedAt: call.now }, false)
}

/** @throws AppError PHONE_CODE_INVALID */
export function redeemTicket(call: Call, ticket: string): VerifiedPhone {
  return toVerifiedPhone(call, readTicket(call.keys.ticket, call.userId, ticket, call.now), true)
}

function toVerifiedPhone(call: Call, number: VerifiedNumber, byTicket: boolean): VerifiedPhone {
  const { keys, userId } = call
  const stored = {
    phoneMasked: maskPhoneNumber(number),
    phoneCipher: encryptPhoneNumber(keys.phone, userId, number),
    phoneHash: phoneIndexOf(keys.phoneIndex, toE164(number)),
    countryCode: number.countryCode,
    phoneVerifiedAt: new Date(number.verifiedAt),
  }
  const issueTicket = () => makeTicket(keys.ticket, userId, { ...number, verifiedAt: number.verifiedAt + 1 })
  return { stored, byTicket, issueTicket }
}
