import { cloud } from '../../auth/calls/cloud'
import { config } from '../../auth/config'
import { deviceClock } from '../../auth/core/clock'
import type { Outcome } from '../../auth/core/outcome'
import { describeDevice } from '../../auth/session/device'
import { rememberSilentLogin } from '../../auth/session/known-account'
import { withCredential } from '../../auth/session/phone-credential'
import { logInWith } from '../../auth/session/session'
import { tellNumberInUse } from './number-in-use'
import { loginWithCredential } from './phone-login'

let phoneLogin: Promise<Outcome<unknown>> | undefined

/** Logs in with the phone credential; the user has agreed to the documents. Joins the login under way, if there is one. */
export function loginWithPhone(): Promise<Outcome<unknown>> {
  if (phoneLogin) return phoneLogin
  let isNumberInUse = false
  const started = logInWith(async () => {
    const outcome = await withCredential((credential, onTicket) =>
      loginWithCredential(deviceClock, credential, onTicket),
    )
    isNumberInUse = outcome.ok && outcome.data.numberInUse === true
    return outcome
  })
  phoneLogin = started
  const forget = () => {
    phoneLogin = undefined
  }
  started.then(forget, forget)
  started.then(
    ({ ok }) => {
      if (ok && isNumberInUse) tellNumberInUse()
    },
    () => {},
  )
  return started
}

/** Whether a login with a number is under way, on any page. */
export function isPhoneLoginUnderWay(): boolean {
  return phoneLogin !== undefined
}

/** A silent login of somebody who has just agreed to the documents. Who has no account is asked for a number after it. */
export async function loginConsenting(): Promise<Outcome<unknown>> {
  const consent = { version: config.agreementVersion }
  const outcome = await logInWith(() => cloud.login({ consent, device: describeDevice() }))
  rememberSilentLogin(outcome)
  return outcome
}

/** Where the phone button cannot work and the app is set up to do without. The user has agreed to the documents. */
export function loginWithoutPhone(): Promise<Outcome<unknown>> {
  const consent = { version: config.agreementVersion }
  return logInWith(() => cloud.login({ withoutPhone: true, consent, device: describeDevice() }))
}
