import { expect } from 'vitest'

/** What the app keeps on the phone, as it lies in storage. */
export interface Stored {
  login?: { token: string; expiresAt: number; userInfo: object }
  staysOut: boolean
  lastPhone: string
  lastPhoneVerifiedAt?: number
}

/** What is kept of a login after a logout, for the one tap back in. */
export function loggedOut(lastPhone: string): object {
  return { staysOut: true, lastPhone, lastPhoneVerifiedAt: expect.any(Number) }
}
