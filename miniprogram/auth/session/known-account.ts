import type { Outcome } from '../core/outcome'

/**
 * What the latest silent login has shown to be missing: `consent` for an account with a number that only lacks the
 * agreement, such as an imported one, `number` for who has no account or none with a number. Undefined until the first answer.
 */
let missing: 'consent' | 'number' | 'nothing' | undefined

/** Whether the person has an account and only has to agree: they need no phone authorization, which would be paid for. */
export function isOnlyConsentMissing(): boolean {
  return missing === 'consent'
}

/** Whether the person needs a phone authorization, whatever number this phone remembers. */
export function isNumberMissing(): boolean {
  return missing === 'number'
}

export function isAccountUnknown(): boolean {
  return missing === undefined
}

export function rememberSilentLogin(outcome: Outcome<unknown>): void {
  if (outcome.ok) missing = 'nothing'
  else if (outcome.failure === 'PHONE_REQUIRED') missing = 'number'
  else if (outcome.failure === 'CONSENT_REQUIRED') missing = 'consent'
}

/** The account is deleted, or another login has shown more. */
export function forgetSilentLogin(): void {
  missing = 'nothing'
}
