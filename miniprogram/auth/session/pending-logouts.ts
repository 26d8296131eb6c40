import { cloud, orUpdating } from '../calls/cloud'
import { deviceClock } from '../core/clock'
import { isRefusal } from '../core/outcome'
import type { PendingLogout } from '../storage/pending-logouts'
import { addPendingLogout, readPendingLogouts, removePendingLogout } from '../storage/pending-logouts'

/**
 * Ends a session that the user left. Without a network, or while the cloud is down, it stays on a list, and is ended at
 * the next launch, when the network is back, or at the next login.
 */
export function endSession({ token, expiresAt }: PendingLogout): Promise<void> {
  addPendingLogout({ token, expiresAt })
  return sendLogout(token)
}

/** Repeats the logouts that did not get through. Makes no call if there are none. */
export async function sendPendingLogouts(): Promise<void> {
  const now = deviceClock.now()
  const pending = readPendingLogouts()
  for (const { token } of pending.filter(({ expiresAt }) => expiresAt <= now)) removePendingLogout(token)
  await Promise.all(pending.filter(({ expiresAt }) => expiresAt > now).map(({ token }) => sendLogout(token)))
}

async function sendLogout(token: string): Promise<void> {
  const outcome = orUpdating(await cloud.logout(token), token)
  // Refused: it is no session of this user, or has ended.
  if (outcome.ok || isRefusal(outcome)) removePendingLogout(token)
}
