import type { Reason } from '../../../contract/reason.ts'
import { CONSENT } from '../cloud-kit.ts'
import type { TestUser } from '../test-user.ts'
import type { Operation } from './operation.ts'
import { EXCHANGE } from './reasons.ts'

const consent = { version: CONSENT }
const LOGIN: readonly Reason[] = ['CALLER_UNKNOWN', 'CONSENT_REQUIRED', 'ACCOUNT_DISABLED', 'RATE_LIMITED']

type Rest = Omit<Operation, 'name' | 'function' | 'variant' | 'does'>

function login(variant: string, does: string, { reasons, ...rest }: Rest): Operation {
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
  login('with a phone code, new', 'makes a user', {
    isNew: true,
    request: (user) => ({ phoneCode: user.phoneCode(), consent }),
    reasons: EXCHANGE,
  }),
  login('with a phone code, known', 'opens a session, takes over the number', {
    request: (user) => ({ phoneCode: user.phoneCode(), consent }),
    reasons: EXCHANGE,
  }),
  login('with a ticket', 'the same, for a code spent before', {
    request: (user) => ({ ticket: user.ticket(), consent }),
    reasons: ['PHONE_CODE_INVALID'],
    leftOut: { faults: 'its requests are among those of a login with a phone code' },
  }),
  login('silent', 'opens a session of a known user', {
    request: () => ({}),
    reasons: ['PHONE_REQUIRED', 'PHONE_BUDGET_SPENT'],
  }),
  login('silent, in place of a session', 'opens one where the old one stood', {
    prepare: logInAgain,
    request: ({ token }) => ({ replaces: token }),
    reasons: ['PHONE_REQUIRED', 'PHONE_BUDGET_SPENT'],
    ends: 'this',
    racedSessions: ['here', 'oldest'],
  }),
  login('silent, unknown', 'refuses', {
    isNew: true,
    code: 404,
    request: () => ({}),
    reasons: ['PHONE_REQUIRED', 'PHONE_BUDGET_SPENT'],
    leftOut: { races: 'it only reads', faults: 'it does not succeed' },
  }),
]
