import * as v from 'valibot'
import type { ListSessionsData, ListSessionsRequest, SessionInfo } from '../../contract/account.ts'
import type { LoggedIn } from '../shared/handlers/guard.ts'
import type { Call } from '../shared/request/call.ts'
import { requestSchema } from '../shared/request/request-schema.ts'

export const sessionsInput = requestSchema<ListSessionsRequest>()(v.object({ action: v.literal('sessions') }))

/** The devices this person is logged in on. */
export function listSessions(_input: unknown, { now }: Call, { user, claims }: LoggedIn): ListSessionsData {
  const sessions = user.sessions
    .filter(({ expiresAt }) => expiresAt.getTime() > now)
    .map(({ id, device, createdAt, lastSeenAt, expiresAt }) => ({
      id,
      device,
      createdAt: createdAt.getTime(),
      lastSeenAt: lastSeenAt.getTime(),
      expiresAt: expiresAt.getTime(),
      current: id === claims.sessionId,
    }))
  return { sessions: sessions.sort(currentThenLatest) }
}

function currentThenLatest(a: SessionInfo, b: SessionInfo): number {
  return Number(b.current) - Number(a.current) || b.lastSeenAt - a.lastSeenAt
}
