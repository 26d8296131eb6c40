import { randomBytes } from 'node:crypto'
import { type Device, type Session, sessionExpiry } from '../shared/users/session.ts'

const UNKNOWN_DEVICE: Device = { model: '未知设备', platform: '' }

/** @param now milliseconds since 1970; the session ends a token's life later, to the second */
export function newSession(now: number, device: Device = UNKNOWN_DEVICE): Session {
  const at = new Date(now)
  return {
    id: randomBytes(16).toString('base64url'),
    device,
    createdAt: at,
    lastSeenAt: at,
    expiresAt: sessionExpiry(now),
  }
}
