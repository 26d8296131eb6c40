import { expect } from 'vitest'
import type { Phone } from './phone/phone.ts'
import type { PhoneUser } from './phone-user.ts'

/** What the app keeps on the phone, as it lies in storage. */
export interface Stored {
  login?: { token: string; expiresAt: number; userInfo: object }
  staysOut: boolean
  lastPhone: string
  lastPhoneVerifiedAt?: number
}

export function stored({ phone }: PhoneUser): Stored {
  return phone.storage.get('login') as Stored
}

/** What is kept of a login after a logout, for the one tap back in. */
export function loggedOut(lastPhone: string): object {
  return { staysOut: true, lastPhone, lastPhoneVerifiedAt: expect.any(Number) }
}

interface Trips {
  load(): Promise<{ ok: true; data: { items: { city: string }[] } } | { ok: false; failure: string }>
}

/** services/trips.ts of the running app, called as a page would. */
export function tripsOf(phone: Phone): Trips {
  return phone.module<{ savedTrips: Trips }>('services/trips.js').savedTrips
}

/** As if the token had gone bad while the app was open. */
export function spoilToken(testUser: PhoneUser): void {
  const storage = testUser.phone.module<{ storeLogin(login: object): void }>('auth/storage/login-storage.js')
  storage.storeLogin({ ...stored(testUser).login, token: 'garbled' })
}
