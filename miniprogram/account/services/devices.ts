import type { ListSessionsData, SessionInfo } from '../../../contract/account'
import type { LogoutData } from '../../../contract/logout'
import { callGuarded } from '../../auth/calls/cloud'
import { deviceClock } from '../../auth/core/clock'
import type { Outcome } from '../../auth/core/outcome'
import { logout } from '../../auth/session/session'
import { sameLogin } from '../../auth/storage/login-epoch'
import { dayInWords } from '../utils/day'
import { TEXTS } from '../utils/texts'

export interface DeviceView {
  id: string
  name: string
  /** In words; empty if unknown. */
  platform: string
  /** Such as `今天`, `11月3日`. */
  since: string
  lastSeen: string
  current: boolean
}

/** This phone first, then by last use. */
export function listDevices(): Promise<Outcome<ListSessionsData>> {
  return callGuarded('account', { action: 'sessions' })
}

/** Ends the login of another device. One that has ended already is no failure. */
export function endDevice(id: string): Promise<Outcome<LogoutData>> {
  return callGuarded('logout', { sessionId: id })
}

export function endOtherDevices(): Promise<Outcome<LogoutData>> {
  return callGuarded('logout', { scope: 'others' })
}

/**
 * Ends every login, this phone's last. If the answer is lost, the user stays logged in and can try again until the
 * others have ended.
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
    // This phone is in use now; the cloud records that once a day.
    lastSeen: dayInWords(current ? now : lastSeenAt, now),
    current,
  }
}
