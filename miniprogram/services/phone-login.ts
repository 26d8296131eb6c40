import type { LoginData, LoginRequest } from '../../contract/login'
import type { Clock } from '../utils/clock'
import { loginOnce } from '../utils/cloud'
import { config } from '../utils/config'
import { describeDevice } from '../utils/device'
import type { Failed, Outcome } from '../utils/failure'
import { isPassing } from '../utils/failure'
import { PATIENCE, pauseBefore } from '../utils/retry'

export interface PhoneLogin {
  /** From the phone button. Paid for at the tap, good for one use. */
  phoneCode: string
  /** An earlier try with this very code got no answer: it may have been used. */
  wasSent: boolean
  /** A known user gives another number: being let in silently would not show that the new one arrived. */
  replacesNumber: boolean
}

type Ask = (request: LoginRequest) => Promise<Outcome<LoginData>>

/**
 * Logs in with a phone code, wasting none that was paid for and sending none twice unexamined: when an answer is
 * lost, a silent login shows whether the try got through, and only if it did not is the code sent again.
 */
export async function loginByCode(clock: Clock, login: PhoneLogin): Promise<Outcome<LoginData>> {
  const deadline = clock.now() + PATIENCE.deadlineMilliseconds
  const ask: Ask = (request) => loginOnce(request, Math.min(PATIENCE.tryMilliseconds, deadline - clock.now()))
  let isDoubtful = login.wasSent
  for (let count = 1; ; count++) {
    const outcome = await (isDoubtful ? sendDoubtful(ask, login) : sendCode(ask, login))
    if (outcome.ok || !isPassing(outcome)) return outcome
    const pause = pauseBefore(clock, count, outcome)
    if (count >= PATIENCE.tries || clock.now() + pause >= deadline) return outcome
    isDoubtful = true
    await clock.sleep(pause)
  }
}

function sendCode(ask: Ask, { phoneCode }: PhoneLogin): Promise<Outcome<LoginData>> {
  return ask({ phoneCode, consent: { version: config.agreementVersion }, device: describeDevice() })
}

/** The code may have been used, by a try whose answer was lost. */
async function sendDoubtful(ask: Ask, login: PhoneLogin): Promise<Outcome<LoginData>> {
  const silent = await ask({ device: describeDevice() })
  if (silent.ok ? !login.replacesNumber : !isStillUnknown(silent)) return silent
  const outcome = await sendCode(ask, login)
  if (outcome.ok || outcome.failure !== 'PHONE_CODE_INVALID') return outcome
  const afterAll = await ask({ device: describeDevice() })
  return afterAll.ok ? afterAll : outcome
}

/** Without an account, a number or consent on file: the try did not get through. */
function isStillUnknown({ failure }: Failed): boolean {
  return failure === 'PHONE_REQUIRED' || failure === 'CONSENT_REQUIRED'
}
