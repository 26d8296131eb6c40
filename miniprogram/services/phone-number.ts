import type { ChangePhoneData } from '../../contract/account'
import { deviceClock } from '../utils/clock'
import { callGuardedOnce } from '../utils/cloud'
import type { Outcome } from '../utils/failure'
import { sameLogin } from '../utils/login-epoch'
import { isVerifiedSince } from '../utils/number-on-file'
import type { PaidProof, PhoneProof } from '../utils/paid-proof'
import { redeem } from './paid-proof'
import type { Purpose } from './phone-proof'
import { useProof } from './phone-proof'
import { getUserInfo, keepUserInfo } from './session-state'

/**
 * Puts the number of the proof in hand on the account. Whether a try got through that was not answered, the account
 * shows: then WeChat has vouched for its number since.
 */
export async function changePhone(): Promise<Outcome<ChangePhoneData>> {
  const isCurrent = sameLogin()
  const outcome = await redeem(changeByProof)
  if (outcome.ok && isCurrent()) keepUserInfo(outcome.data.userInfo, 'phone')
  return outcome
}

function changeByProof(
  paid: PaidProof,
  hold: (proof: PhoneProof) => void,
): Promise<Outcome<ChangePhoneData>> {
  // A proof that was paid for on the login page says nothing of the account that is logged in now.
  const before = paid.purpose === 'change' ? paid.replaced : (getUserInfo() ?? { phone: '' })
  const purpose: Purpose<ChangePhoneData> = {
    send: (proof, milliseconds) =>
      callGuardedOnce('account', { action: 'changePhone', ...proof }, milliseconds),
    async look(_isRefused, milliseconds) {
      const account = await callGuardedOnce('account', { action: 'get' }, milliseconds)
      if (!account.ok) return account
      return isVerifiedSince(before, account.data.userInfo) ? account : undefined
    },
  }
  return useProof(deviceClock, paid, purpose, hold)
}
