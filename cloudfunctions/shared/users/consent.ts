import type { CurrentConsentVersion } from '../../../contract/consent.ts'

/** The version of the agreement that users must have agreed to. */
export const CURRENT_CONSENT_VERSION: CurrentConsentVersion = '2026-11-28'

/** Which version a user agreed to, and when. */
export interface Consent {
  version: string
  at: Date
}
