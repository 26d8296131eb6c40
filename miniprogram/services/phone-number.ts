import type { ChangePhoneData } from '../../contract/account'
import { deviceClock } from '../utils/clock'
import { callGuardedOnce } from '../utils/cloud'
import type { Outcome } from '../utils/failure'
import type { NumberOnFile } from '../utils/number-on-file'
import { isVerifiedSince } from '../utils/number-on-file'
import type { PhoneProof } from './phone-proof'
import { useProof } from './phone-proof'
import { getUserInfo, keepUserInfo } from './session-state'

export interface PhoneChange {
  proof: PhoneProof
  /** An earlier try with this very proof got no answer: it may have been used. */
  wasSent: boolean
}

/** What was on file when a proof was first sent: later the account may have told of its number already. */
let firstSent: { proof: string; before: NumberOnFile } | undefined

function numberBefore({ proof, wasSent }: PhoneChange): NumberOnFile {
  const key = 'ticket' in proof ? proof.ticket : proof.phoneCode
  if (!wasSent || firstSent?.proof !== key) {
    const { phone, phoneVerifiedAt } = getUserInfo() ?? { phone: '' }
    firstSent = { proof: key, before: { phone, phoneVerifiedAt } }
  }
  return firstSent.before
}

/**
 * Puts another number on the account. Whether a try got through that was not answered, the account shows: then WeChat
 * has vouched for its number since.
 * @returns a failure may carry a ticket, to be sent in the code's place
 */
export async function changePhone(change: PhoneChange): Promise<Outcome<ChangePhoneData>> {
  const before = numberBefore(change)
  const outcome = await useProof(deviceClock, change, {
    send: (proof, milliseconds) =>
      callGuardedOnce('account', { action: 'changePhone', ...proof }, milliseconds),
    async look(_isRefused, milliseconds) {
      const account = await callGuardedOnce('account', { action: 'get' }, milliseconds)
      if (!account.ok) return account
      return isVerifiedSince(before, account.data.userInfo) ? account : undefined
    },
  })
  if (outcome.ok) keepUserInfo(outcome.data.userInfo)
  return outcome
}
