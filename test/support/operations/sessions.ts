import type { TestUser } from '../test-user.ts'
import { guarded } from './guarded.ts'
import type { Operation } from './operation.ts'
import { LIMITED, TOKEN } from './reasons.ts'

/** More than half a token's life. */
const RENEWAL_AGE_DAYS = 20

async function logInLongAgo(user: TestUser): Promise<object> {
  await user.logIn({ daysAgo: RENEWAL_AGE_DAYS })
  return {}
}

async function logInElsewhere(user: TestUser): Promise<object> {
  await user.logIn()
  return {}
}

export const SESSION_OPERATIONS: readonly Operation[] = [
  guarded('checkToken', '', 'says that the token stands', { request: ({ token }) => ({ token }) }),
  guarded('checkToken', 'renewing', 'gives a new token for the same session', {
    prepare: logInLongAgo,
    request: ({ token }) => ({ token }),
    racedSessions: ['due', 'oldest'],
  }),
  {
    name: 'logout this',
    function: 'logout',
    variant: 'this',
    does: 'ends this session',
    request: ({ token }) => ({ token }),
    reasons: TOKEN,
    ends: 'this',
    racedSessions: ['here', 'due'],
  },
  guarded('logout', 'others', 'ends all but this', {
    prepare: logInElsewhere,
    request: ({ token }) => ({ token, scope: 'others' }),
    reasons: LIMITED,
    ends: 'others',
  }),
  guarded('logout', 'all', 'ends all', {
    request: ({ token }) => ({ token, scope: 'all' }),
    reasons: LIMITED,
    ends: 'all',
  }),
  guarded('logout', 'another', 'ends one of the list', {
    prepare: logInElsewhere,
    request: ({ token, otherSessionId }) => ({ token, sessionId: otherSessionId }),
    reasons: LIMITED,
    ends: 'another',
    leftOut: { faults: 'its requests are those of a logout of others' },
  }),
]
