import { TOKEN_LIFE_SECONDS } from '../crypto/token.ts'

/** What a device calls itself. The client sends it, so it is only ever shown. */
export interface Device {
  model: string
  platform: string
}

/** One logged-in device, stored in its user's document. */
export interface Session {
  id: string
  device: Device
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
}

/** An eleventh login ends the oldest session. */
export const MAXIMUM_SESSIONS = 10

/** When a session that is started or renewed at `now` expires: on a full second, since tokens count seconds. */
export function sessionExpiry(now: number): Date {
  return new Date((Math.floor(now / 1000) + TOKEN_LIFE_SECONDS) * 1000)
}
