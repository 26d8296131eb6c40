import type { LoginRequest } from '../../contract/login'
import type { Clock } from '../utils/clock'
import { loginOnce } from '../utils/cloud'
import { config } from '../utils/config'
import { describeDevice } from '../utils/device'
import type { Failed, Outcome } from '../utils/failure'
import type { NumberOnFile } from '../utils/number-on-file'
import { isVerifiedSince } from '../utils/number-on-file'
import type { PhoneProof } from '../utils/paid-proof'
import type { LoginOnPhone } from '../utils/token-life'
import type { Purpose } from './phone-proof'
import { useProof } from './phone-proof'

export interface PhoneLogin {
  proof: PhoneProof
  /** An earlier try with this very proof got no answer: it may have been used. */
  wasSent: boolean
  /**
   * On file of a known user who gives another number; its text is empty for nobody. Being let in silently shows that the
   * new one arrived only if WeChat has vouched for the one on file since it had this one.
   */
  replaced: NumberOnFile
}

/** Logs in with the proof of a number; whether a try got through that was not answered, a silent login shows. */
export function loginByProof(
  clock: Clock,
  login: PhoneLogin,
  hold: (proof: PhoneProof) => void,
): Promise<Outcome<LoginOnPhone>> {
  const ask = (request: LoginRequest, milliseconds: number) =>
    loginOnce({ ...request, device: describeDevice() }, milliseconds)
  const purpose: Purpose<LoginOnPhone> = {
    send: (proof, milliseconds) =>
      ask({ ...proof, consent: { version: config.agreementVersion } }, milliseconds),
    async look(isRefused, milliseconds) {
      const silent = await ask({}, milliseconds)
      if (silent.ok) return isLetIn(silent.data, login, isRefused) ? silent : undefined
      return isStillUnknown(silent) ? undefined : silent
    },
  }
  return useProof(clock, login, purpose, hold)
}

/** With another number in hand it may be a login of before: then the code, as long as it counts, shows it. */
function isLetIn({ userInfo }: LoginOnPhone, { replaced }: PhoneLogin, isRefused: boolean): boolean {
  return replaced.phone === '' || (isRefused && isVerifiedSince(replaced, userInfo))
}

/** Without an account, a number or consent on file: the try did not get through. */
function isStillUnknown({ failure }: Failed): boolean {
  return failure === 'PHONE_REQUIRED' || failure === 'CONSENT_REQUIRED'
}
