import { asRecord } from '../core/as-record'

/** A session that the user logged out of on this phone, and whose end the cloud has not confirmed yet. */
export interface PendingLogout {
  token: string
  /** When it expires, by this phone's clock, in milliseconds since 1970. */
  expiresAt: number
}

const KEY = 'left-sessions'

/** In storage alone: there are none unless a logout did not get through. */
export function readPendingLogouts(): readonly PendingLogout[] {
  try {
    const value: unknown = wx.getStorageSync(KEY)
    return Array.isArray(value) ? value.filter(isPendingLogout) : []
  } catch {
    return []
  }
}

export function addPendingLogout(session: PendingLogout): void {
  write([...without(session.token), session])
}

export function removePendingLogout(token: string): void {
  write(without(token))
}

function without(token: string): readonly PendingLogout[] {
  return readPendingLogouts().filter((session) => session.token !== token)
}

function write(sessions: readonly PendingLogout[]): void {
  try {
    if (sessions.length === 0) wx.removeStorageSync(KEY)
    else wx.setStorageSync(KEY, sessions)
  } catch {
    // A full disk: the logout is tried once, now; otherwise the session ends when it expires.
  }
}

/** Storage may hold anything. */
function isPendingLogout(value: unknown): value is PendingLogout {
  const { token, expiresAt } = asRecord(value)
  return typeof token === 'string' && token !== '' && typeof expiresAt === 'number'
}
