import type { LoginData, LoginRequest } from '../../contract/login'
import type { Clock } from '../utils/clock'
import { loginOnce } from '../utils/cloud'
import { config } from '../utils/config'
import { describeDevice } from '../utils/device'
import type { Failed, Outcome } from '../utils/failure'
import type { PhoneProof } from './phone-proof'
import { useProof } from './phone-proof'

export interface PhoneLogin {
  proof: PhoneProof
  /** An earlier try with this very proof got no answer: it may have been used. */
  wasSent: boolean
  /** A known user gives another number: being let in silently would not show that the new one arrived. */
  replacesNumber: boolean
}

/** Logs in with the proof of a number; whether a try got through that was not answered, a silent login shows. */
export function loginByProof(clock: Clock, login: PhoneLogin): Promise<Outcome<LoginData>> {
  const ask = (request: LoginRequest, milliseconds: number) =>
    loginOnce({ ...request, device: describeDevice() }, milliseconds)
  return useProof(clock, login, {
    send: (proof, milliseconds) =>
      ask({ ...proof, consent: { version: config.agreementVersion } }, milliseconds),
    async look(isRefused, milliseconds) {
      const silent = await ask({}, milliseconds)
      if (silent.ok) return isRefused || !login.replacesNumber ? silent : undefined
      return isStillUnknown(silent) ? undefined : silent
    },
  })
}

/** Without an account, a number or consent on file: the try did not get through. */
function isStillUnknown({ failure }: Failed): boolean {
  return failure === 'PHONE_REQUIRED' || failure === 'CONSENT_REQUIRED'
}
