import { randomBytes } from 'node:crypto'
import { TOKEN_LIFE_SECONDS } from './token.ts'

/** What a person calls the device a session is on; sent by the client, so only ever shown. */
export interface Device {
  model: string
  platform: string
}

/** One logged-in device, kept in its user's document. */
export interface Session {
  id: string
  device: Device
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
}

/** An eleventh login ends the oldest session. */
export const MAXIMUM_SESSIONS = 10

const UNKNOWN_DEVICE: Device = { model: '未知设备', platform: '' }

/** @param now milliseconds since 1970; the session ends a token's life later, to the second */
export function newSession(now: number, device: Device = UNKNOWN_DEVICE): Session {
  const at = new Date(now)
  return {
    id: randomBytes(16).toString('base64url'),
    device,
    createdAt: at,
    lastSeenAt: at,
    expiresAt: sessionEnd(now),
  }
}

/** A session that another one is to take the place of. */
export interface ReplacedSession {
  id: string
  /** Where it was seen in its user's array. */
  place: number
  createdAt: Date
}

/** Finds the session of this id; undefined when it is gone. */
export function findReplaced(
  sessions: readonly Session[],
  id: string | undefined,
): ReplacedSession | undefined {
  const place = sessions.findIndex((session) => session.id === id)
  const session = sessions[place]
  return session && { id: session.id, place, createdAt: session.createdAt }
}

/** When a session opened or renewed at `now` ends: on a full second, as tokens count them. */
export function sessionEnd(now: number): Date {
  return new Date((Math.floor(now / 1000) + TOKEN_LIFE_SECONDS) * 1000)
}
