import type { ChangePhoneData } from '../../../contract/account'
import { callGuardedOnce } from '../../auth/calls/cloud'
import { deviceClock } from '../../auth/core/clock'
import type { Outcome } from '../../auth/core/outcome'
import { withCredential } from '../../auth/session/phone-credential'
import { getUserInfo, updateUserInfo } from '../../auth/session/session-state'
import { sameLogin } from '../../auth/storage/login-epoch'
import { isVerifiedSince } from '../../auth/storage/number-on-file'
import type { PhoneCredential, PhoneProof } from '../../auth/storage/phone-credential'
import { tellNumberInUse } from './number-in-use'
import type { Redemption } from './redeem-credential'
import { redeemCredential } from './redeem-credential'

/**
 * Puts the number of the phone credential on the account. After a lost answer, the account shows whether the try
 * succeeded: then WeChat has vouched for its number since.
 */
export async function changePhone(): Promise<Outcome<ChangePhoneData>> {
  const isCurrent = sameLogin()
  const outcome = await withCredential(changeWithCredential)
  if (outcome.ok && isCurrent()) {
    updateUserInfo(outcome.data.userInfo, 'phone')
    if (outcome.data.numberInUse) tellNumberInUse()
  }
  return outcome
}

function changeWithCredential(
  credential: PhoneCredential,
  onTicket: (proof: PhoneProof) => void,
): Promise<Outcome<ChangePhoneData>> {
  // A credential of the login page knows nothing of the account that is logged in now.
  const before = credential.purpose === 'change' ? credential.replaced : (getUserInfo() ?? { phone: '' })
  const redemption: Redemption<ChangePhoneData> = {
    send: (proof, milliseconds) =>
      callGuardedOnce('account', { action: 'changePhone', ...proof }, milliseconds),
    async findResult(_isRefused, milliseconds) {
      const account = await callGuardedOnce('account', { action: 'get' }, milliseconds)
      if (!account.ok) return account
      return isVerifiedSince(before, account.data.userInfo) ? account : undefined
    },
  }
  return redeemCredential(deviceClock, credential, redemption, onTicket)
}
