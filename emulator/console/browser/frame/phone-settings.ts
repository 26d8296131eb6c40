import type { Phone } from './phones'
import { readRemembered } from './remembered'

/** The conditions that a phone's tester panel sets, as far as the console shows them. */
interface PhoneSettings {
  offline: boolean
  /** Added to each call of the cloud. */
  slowMilliseconds: number
}

/** Where the phone's page stores them; it follows what others write there. */
const keyOf = ({ openid, device }: Phone) => `phone/${openid}/${device}/settings/tester`

const KEY = /^phone\/.*\/settings\/tester$/

export function readPhoneSettings(phone: Phone): PhoneSettings {
  const stored = (readRemembered(keyOf(phone)) ?? {}) as Partial<PhoneSettings>
  return { offline: stored.offline === true, slowMilliseconds: Number(stored.slowMilliseconds) || 0 }
}

export function writePhoneSettings(phone: Phone, changes: Partial<PhoneSettings>): void {
  const stored = readRemembered(keyOf(phone)) ?? {}
  localStorage.setItem(keyOf(phone), JSON.stringify({ ...stored, ...changes }))
  // The browser tells the other pages alone.
  for (const listener of listeners) listener()
}

const listeners = new Set<() => void>()

/** @returns stops listening */
export function onPhoneSettingsChange(listener: () => void): () => void {
  const follow = ({ key }: StorageEvent) => (key === null || KEY.test(key)) && listener()
  addEventListener('storage', follow)
  listeners.add(listener)
  return () => {
    removeEventListener('storage', follow)
    listeners.delete(listener)
  }
}
