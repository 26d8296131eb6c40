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
  guarded(
    'checkToken',
    '',
    { english: 'says that the token stands', chinese: '确认令牌有效' },
    { request: ({ token }) => ({ token }) },
  ),
  guarded(
    'checkToken',
    'renewing',
    { english: 'gives a new token for the same session', chinese: '为同一会话换发新令牌' },
    {
      prepare: logInLongAgo,
      request: ({ token }) => ({ token }),
      racedSessions: ['due', 'oldest'],
    },
  ),
  {
    name: 'logout this',
    function: 'logout',
    variant: 'this',
    does: { english: 'ends this session', chinese: '结束当前会话' },
    request: ({ token }) => ({ token }),
    reasons: TOKEN,
    ends: 'this',
    racedSessions: ['here', 'due'],
  },
  guarded(
    'logout',
    'others',
    { english: 'ends all but this', chinese: '结束其他全部会话' },
    {
      prepare: logInElsewhere,
      request: ({ token }) => ({ token, scope: 'others' }),
      reasons: LIMITED,
      ends: 'others',
    },
  ),
  guarded(
    'logout',
    'all',
    { english: 'ends all', chinese: '结束全部会话' },
    {
      request: ({ token }) => ({ token, scope: 'all' }),
      reasons: LIMITED,
      ends: 'all',
    },
  ),
  guarded(
    'logout',
    'another',
    { english: 'ends one of the list', chinese: '结束列表里的一个会话' },
    {
      prepare: logInElsewhere,
      request: ({ token, otherSessionId }) => ({ token, sessionId: otherSessionId }),
      reasons: LIMITED,
      ends: 'another',
      leftOut: { faults: 'its requests are those of a logout of others' },
    },
  ),
]
