import { expect } from 'vitest'
import type { Phone } from './phone.ts'
import type { Traveller } from './traveller.ts'

/** What the app keeps on the phone, as it lies in storage. */
export interface Stored {
  login?: { token: string; expiresAt: number; userInfo: object }
  staysOut: boolean
  lastPhone: string
  lastPhoneVerifiedAt?: number
}

export function stored({ phone }: Traveller): Stored {
  return phone.storage.get('login') as Stored
}

/** What is kept of a login after a logout, for the one tap back in. */
export function loggedOut(lastPhone: string): object {
  return { staysOut: true, lastPhone, lastPhoneVerifiedAt: expect.any(Number) }
}

interface Trips {
  listTrips(): Promise<{ ok: true; data: { trips: { city: string }[] } } | { ok: false; failure: string }>
}

/** services/trips.ts of the running app, called as a page would. */
export function tripsOf(phone: Phone): Trips {
  return phone.module<Trips>('services/trips.js')
}

/** As if the token had gone bad while the app was open. */
export function spoilToken(traveller: Traveller): void {
  const storage = traveller.phone.module<{ keepLogin(login: object): void }>('utils/login-storage.js')
  storage.keepLogin({ ...stored(traveller).login, token: 'garbled' })
}
