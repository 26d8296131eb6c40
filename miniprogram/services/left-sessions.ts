import { deviceClock } from '../utils/clock'
import { cloud, orUpdating } from '../utils/cloud'
import { isRefusal } from '../utils/failure'
import type { LeftSession } from '../utils/left-sessions'
import { dropLeftSession, keepLeftSession, readLeftSessions } from '../utils/left-sessions'

/**
 * Ends a session that the user has left. Without a network, or when the cloud is down, it stays on a list, and is ended
 * when the app is opened again, the network is back, or somebody logs in.
 */
export function endSession({ token, expiresAt }: LeftSession): Promise<void> {
  keepLeftSession({ token, expiresAt })
  return end(token)
}

/** Ends what earlier tries did not reach. Makes no call if there is nothing. */
export async function endLeftSessions(): Promise<void> {
  const now = deviceClock.now()
  const left = readLeftSessions()
  for (const { token } of left.filter(({ expiresAt }) => expiresAt <= now)) dropLeftSession(token)
  await Promise.all(left.filter(({ expiresAt }) => expiresAt > now).map(({ token }) => end(token)))
}

async function end(token: string): Promise<void> {
  const outcome = orUpdating(await cloud.logout(token), token)
  // Refused, it is no session of this user's, or none at all any more.
  if (outcome.ok || isRefusal(outcome)) dropLeftSession(token)
}
