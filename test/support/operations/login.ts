import type { Reason } from '../../../contract/reason.ts'
import type { Words } from '../../documents/languages.ts'
import { CONSENT } from '../cloud-kit.ts'
import type { TestUser } from '../test-user.ts'
import type { Operation } from './operation.ts'
import { EXCHANGE } from './reasons.ts'

const consent = { version: CONSENT }
const LOGIN: readonly Reason[] = ['CALLER_UNKNOWN', 'CONSENT_REQUIRED', 'ACCOUNT_DISABLED', 'RATE_LIMITED']

type Rest = Omit<Operation, 'name' | 'function' | 'variant' | 'does'>

function login(variant: string, does: Words, { reasons, ...rest }: Rest): Operation {
  return {
    name: `login ${variant}`,
    function: 'login',
    variant,
    does,
    reasons: [...LOGIN, ...reasons],
    ...rest,
  }
}

async function logInAgain(user: TestUser): Promise<object> {
  await user.logIn()
  return {}
}

export const LOGIN_OPERATIONS: readonly Operation[] = [
  login(
    'with a phone code, new',
    { english: 'makes a user', chinese: '新建用户' },
    {
      isNew: true,
      request: (user) => ({ phoneCode: user.phoneCode(), consent }),
      reasons: EXCHANGE,
    },
  ),
  login(
    'with a phone code, known',
    { english: 'opens a session, takes over the number', chinese: '新建会话，换成新号码' },
    {
      request: (user) => ({ phoneCode: user.phoneCode(), consent }),
      reasons: EXCHANGE,
    },
  ),
  login(
    'with a ticket',
    { english: 'the same, for a code spent before', chinese: '同上，用于先前已兑换的 code' },
    {
      request: (user) => ({ ticket: user.ticket(), consent }),
      reasons: ['PHONE_CODE_INVALID'],
      leftOut: { faults: 'its requests are among those of a login with a phone code' },
    },
  ),
  login(
    'silent',
    { english: 'opens a session of a known user', chinese: '为已有用户新建会话' },
    {
      request: () => ({}),
      reasons: ['PHONE_REQUIRED', 'PHONE_BUDGET_SPENT'],
    },
  ),
  login(
    'silent, in place of a session',
    { english: 'opens one where the old one stood', chinese: '新会话取代旧会话' },
    {
      prepare: logInAgain,
      request: ({ token }) => ({ replaces: token }),
      reasons: ['PHONE_REQUIRED', 'PHONE_BUDGET_SPENT'],
      ends: 'this',
      racedSessions: ['here', 'oldest'],
    },
  ),
  login(
    'silent, unknown',
    { english: 'refuses', chinese: '拒绝' },
    {
      isNew: true,
      code: 404,
      request: () => ({}),
      reasons: ['PHONE_REQUIRED', 'PHONE_BUDGET_SPENT'],
      leftOut: { races: 'it only reads', faults: 'it does not succeed' },
    },
  ),
]
