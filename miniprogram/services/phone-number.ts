import type { ChangePhoneData } from '../../contract/account'
import { deviceClock } from '../utils/clock'
import { callGuardedOnce } from '../utils/cloud'
import type { Outcome } from '../utils/failure'
import type { PhoneProof } from './phone-proof'
import { useProof } from './phone-proof'
import { getUserInfo, keepUserInfo } from './session-state'

export interface PhoneChange {
  proof: PhoneProof
  /** An earlier try with this very proof got no answer: it may have been used. */
  wasSent: boolean
}

/**
 * Puts another number on the account. Whether a try got through that was not answered, the account shows: then it
 * has another number than before.
 * @returns a failure may carry a ticket, to be sent in the code's place
 */
export async function changePhone(change: PhoneChange): Promise<Outcome<ChangePhoneData>> {
  const before = getUserInfo()?.phone
  const outcome = await useProof(deviceClock, change, {
    send: (proof, milliseconds) =>
      callGuardedOnce('account', { action: 'changePhone', ...proof }, milliseconds),
    async look(_isRefused, milliseconds) {
      const account = await callGuardedOnce('account', { action: 'get' }, milliseconds)
      if (!account.ok) return account
      return account.data.userInfo.phone === before ? undefined : account
    },
  })
  if (outcome.ok) keepUserInfo(outcome.data.userInfo)
  return outcome
}
