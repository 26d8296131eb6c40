import type { Operation } from '../support/operations/operation.ts'
import { OPERATIONS } from '../support/operations/operations.ts'
import type { Action } from './search/action.ts'
import { OTHER_SESSION, type RaceUser, SESSIONS, type SessionName } from './search/race-user.ts'

/** Every operation of the catalogue that changes documents alone, once for each session that it is raced with. */
const OPERATIONS_AS_ACTIONS: readonly Action[] = OPERATIONS.filter(({ leftOut }) => !leftOut?.races).flatMap(
  (operation) => (operation.racedSessions ?? ['here']).map((session) => actionOf(operation, session)),
)

/** What happens to an account without a function. */
const EDITS: readonly Action[] = [
  { name: 'edit: the account is disabled', edit: disable, becomes: 'disabled' },
  { name: 'edit: a closing breaks off', edit: beginClosing, ends: SESSIONS },
]

/** The account that asks for a transfer closes. */
const COMPANION_CLOSES: Action = {
  name: 'account close (companion)',
  function: 'account',
  start: 'asked',
  isCompanions: true,
  request: (user) => ({ token: user.requireCompanion().token, action: 'close', confirmed: true }),
}

/** Every pair of these is raced. */
export const ACTIONS: readonly Action[] = [...OPERATIONS_AS_ACTIONS, COMPANION_CLOSES, ...EDITS]

function actionOf(operation: Operation, session: SessionName): Action {
  const { name, function: functionName, caller, isNew, request, ends, becomes, racedAs } = operation
  const isCompanions = racedAs === 'companion'
  return {
    name: operation.racedSessions ? `${name} (${session})` : name,
    function: functionName,
    request: (user) => request(isCompanions ? user.requireCompanion() : user.with(session)),
    ...(caller ? { caller } : {}),
    ...(isNew ? { start: 'unregistered' } : racedAs ? { start: 'asked' } : {}),
    ...(isCompanions ? { isCompanions } : {}),
    ...(ends ? { ends: endedSessions(ends, session) } : {}),
    ...(becomes ? { becomes } : {}),
  }
}

/** @param session that the request comes from */
function endedSessions(ends: NonNullable<Operation['ends']>, session: SessionName): readonly SessionName[] {
  switch (ends) {
    case 'this':
      return [session]
    case 'others':
      return SESSIONS.filter((other) => other !== session)
    case 'another':
      return [OTHER_SESSION]
    case 'all':
      return SESSIONS
  }
}

function disable({ kit, userId }: RaceUser): void {
  const [user] = kit.cloud.database.documents('users', { filter: { _id: userId } })
  if (user) kit.cloud.database.putDocument('users', { ...user, status: 'disabled' })
}

/** As a function leaves it that is killed right after it has marked the account. */
function beginClosing({ kit, userId, nowMilliseconds }: RaceUser): void {
  const [user] = kit.cloud.database.documents('users', { filter: { _id: userId } })
  if (!user) return
  const closingAt = new Date(nowMilliseconds - 2 * 60 * 1000)
  kit.cloud.database.putDocument('users', { ...user, status: 'closing', closingAt, sessions: [] })
}
