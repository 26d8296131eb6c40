import type { ListSessionsData, SessionInfo } from '../../contract/account'
import type { LogoutData } from '../../contract/logout'
import { deviceClock } from '../utils/clock'
import { callGuarded } from '../utils/cloud'
import { dayInWords } from '../utils/day'
import type { Outcome } from '../utils/failure'
import { sameLogin } from '../utils/login-epoch'
import { TEXTS } from '../utils/texts'
import { logout } from './session'

export interface DeviceView {
  id: string
  name: string
  /** In words; empty if the device did not say. */
  platform: string
  /** Such as `今天`, `11月3日`. */
  since: string
  lastSeen: string
  current: boolean
}

/** The one in hand first, then by last use. */
export function listDevices(): Promise<Outcome<ListSessionsData>> {
  return callGuarded('account', { action: 'sessions' })
}

/** Ends the login of another device; one that is over already is no failure. */
export function endDevice(id: string): Promise<Outcome<LogoutData>> {
  return callGuarded('logout', { sessionId: id })
}

export function endOtherDevices(): Promise<Outcome<LogoutData>> {
  return callGuarded('logout', { scope: 'others' })
}

/**
 * Ends every login, this phone's last: so an answer that is lost on the way leaves no doubt whether the others are
 * over, and the user stays logged in as long as they are not.
 */
export async function endAllDevices(): Promise<Outcome<LogoutData>> {
  const isCurrent = sameLogin()
  const outcome = await endOtherDevices()
  if (outcome.ok && isCurrent()) await logout()
  return outcome
}

export function viewDevice({ id, device, createdAt, lastSeenAt, current }: SessionInfo): DeviceView {
  const now = deviceClock.now()
  const platforms: { readonly [name: string]: string | undefined } = TEXTS.devices.platforms
  return {
    id,
    name: device.model || TEXTS.devices.unknown,
    platform: platforms[device.platform.toLowerCase()] ?? device.platform,
    since: dayInWords(createdAt, now),
    // The one in hand is in use this very moment, which the cloud writes down once a day.
    lastSeen: dayInWords(current ? now : lastSeenAt, now),
    current,
  }
}
