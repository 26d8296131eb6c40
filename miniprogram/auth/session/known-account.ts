import type { Outcome } from '../core/outcome'

/**
 * What the latest silent login has shown about the person of this phone: `consent` for an account with a number that only
 * lacks the agreement, such as an imported one. Undefined until the first answer.
 */
let missing: 'consent' | 'other' | undefined

/** Whether the person has an account and only has to agree: they need no phone authorization, which would be paid for. */
export function isOnlyConsentMissing(): boolean {
  return missing === 'consent'
}

export function isAccountUnknown(): boolean {
  return missing === undefined
}

export function rememberSilentLogin(outcome: Outcome<unknown>): void {
  if (outcome.ok || outcome.failure === 'PHONE_REQUIRED') missing = 'other'
  else if (outcome.failure === 'CONSENT_REQUIRED') missing = 'consent'
}

/** The account is deleted, or another login has shown more. */
export function forgetSilentLogin(): void {
  missing = 'other'
}
