import type { Call } from './call.ts'
import { phoneIndexOf, sealPhoneNumber } from './phone-cipher.ts'
import { exchangePhoneCode } from './phone-exchange.ts'
import { maskPhoneNumber, toE164 } from './phone-number.ts'
import { makeTicket, openTicket, type VerifiedNumber } from './ticket.ts'
import type { StoredPhone } from './users.ts'

/** A number in hand, as it will be stored, and what stands for it should storing fail. */
export interface PhoneInHand {
  stored: StoredPhone
  byTicket: boolean
  /** Makes a ticket for the number; a later one than any document has, even if this call's write got through. */
  ticket(): string
}

/** Spends a phone code. @throws AppError as `exchangePhoneCode` does */
export async function phoneOfCode(call: Call, code: string): Promise<PhoneInHand> {
  const number = await exchangePhoneCode(call.budget, code, call.caller.openid)
  return inHand(call, { ...number, verifiedAt: call.now }, false)
}

/** @throws AppError PHONE_CODE_INVALID */
export function phoneOfTicket(call: Call, ticket: string): PhoneInHand {
  return inHand(call, openTicket(call.keys.ticket, call.userId, ticket, call.now), true)
}

function inHand(call: Call, number: VerifiedNumber, byTicket: boolean): PhoneInHand {
  const { keys, userId } = call
  const stored = {
    phoneMasked: maskPhoneNumber(number),
    phoneCipher: sealPhoneNumber(keys.phone, userId, number),
    phoneHash: phoneIndexOf(keys.phoneIndex, toE164(number)),
    countryCode: number.countryCode,
    phoneVerifiedAt: new Date(number.verifiedAt),
  }
  const ticket = () => makeTicket(keys.ticket, userId, { ...number, verifiedAt: number.verifiedAt + 1 })
  return { stored, byTicket, ticket }
}
