import { fields } from './fields'

/** A session that the user has left on this phone, and of whose end the cloud has not told yet. */
export interface LeftSession {
  token: string
  /** When it is over by itself, by this phone's clock, in milliseconds since 1970. */
  expiresAt: number
}

const KEY = 'left-sessions'

/** Kept in storage alone: there are none unless a logout did not get through. */
export function readLeftSessions(): readonly LeftSession[] {
  try {
    const value: unknown = wx.getStorageSync(KEY)
    return Array.isArray(value) ? value.filter(isLeftSession) : []
  } catch {
    return []
  }
}

export function keepLeftSession(session: LeftSession): void {
  write([...without(session.token), session])
}

export function dropLeftSession(token: string): void {
  write(without(token))
}

function without(token: string): readonly LeftSession[] {
  return readLeftSessions().filter((session) => session.token !== token)
}

function write(sessions: readonly LeftSession[]): void {
  try {
    if (sessions.length === 0) wx.removeStorageSync(KEY)
    else wx.setStorageSync(KEY, sessions)
  } catch {
    // A full disk: it is tried once, now, and else the session ends when its time is over.
  }
}

/** Anything may lie in storage. */
function isLeftSession(value: unknown): value is LeftSession {
  const { token, expiresAt } = fields(value)
  return typeof token === 'string' && token !== '' && typeof expiresAt === 'number'
}
