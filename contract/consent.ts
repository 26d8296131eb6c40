/**
 * The version of the user agreement and privacy policy in force. Raising it asks every user for consent again,
 * once, at their next login.
 */
export type CurrentConsentVersion = '2026-11-28'
