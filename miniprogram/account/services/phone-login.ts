import type { LoginRequest } from '../../../contract/login'
import { loginOnce } from '../../auth/calls/cloud'
import type { LoginWithExpiry } from '../../auth/calls/token-life'
import { config } from '../../auth/config'
import type { Clock } from '../../auth/core/clock'
import type { Failed, Outcome } from '../../auth/core/outcome'
import { describeDevice } from '../../auth/session/device'
import type { NumberOnFile } from '../../auth/storage/number-on-file'
import { isVerifiedSince } from '../../auth/storage/number-on-file'
import type { PhoneProof } from '../../auth/storage/phone-credential'
import type { Redemption } from './redeem-credential'
import { redeemCredential } from './redeem-credential'

export interface PhoneLogin {
  proof: PhoneProof
  /** An earlier try with this proof got no answer: it may be used. */
  wasSent: boolean
  /**
   * The number on file when the proof was paid for; its text is empty for none. A silent login then shows that the new
   * number arrived only if WeChat has vouched for a number since.
   */
  replaced: NumberOnFile
}

/** Logs in with the proof of a number. After a lost answer, a silent login shows whether the try succeeded. */
export function loginWithCredential(
  clock: Clock,
  login: PhoneLogin,
  onTicket: (proof: PhoneProof) => void,
): Promise<Outcome<LoginWithExpiry>> {
  const send = (request: LoginRequest, milliseconds: number) =>
    loginOnce({ ...request, device: describeDevice() }, milliseconds)
  const redemption: Redemption<LoginWithExpiry> = {
    send: (proof, milliseconds) =>
      send({ ...proof, consent: { version: config.agreementVersion } }, milliseconds),
    async findResult(isRefused, milliseconds) {
      const silent = await send({}, milliseconds)
      if (silent.ok) return isLetIn(silent.data, login, isRefused) ? silent : undefined
      return isStillUnknown(silent) ? undefined : silent
    },
  }
  return redeemCredential(clock, login, redemption, onTicket)
}

/** Whether the silent login shows that the try succeeded. With another number on file, only a refused code shows it. */
function isLetIn({ userInfo }: LoginWithExpiry, { replaced }: PhoneLogin, isRefused: boolean): boolean {
  return replaced.phone === '' || (isRefused && isVerifiedSince(replaced, userInfo))
}

/** There is no account, number or consent on file: the try did not succeed. */
function isStillUnknown({ failure }: Failed): boolean {
  return failure === 'PHONE_REQUIRED' || failure === 'CONSENT_REQUIRED' || failure === 'PHONE_BUDGET_SPENT'
}
