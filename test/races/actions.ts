import type { FunctionCall } from '../cloud-kit.ts'
import { CONSENT } from '../cloud-kit.ts'
import type { Person, TokenName } from './person.ts'

/**
 * Something that happens to one person's account. Either a function is called, whose every operation is then a step
 * of its own, or a document is edited in the console, which is one step.
 */
export interface Action {
  name: string
  /** Needs a person who is not known; all others start with a known one. */
  from?: 'nobody'
  function?: string
  /** What the function is asked with. */
  data?: (person: Person) => object
  /** Who calls: the person's mini-program unless said otherwise, the console's 云端测试, or the function's timer. */
  by?: 'console' | 'timer'
  edit?: (person: Person) => void
  /** Sessions that must be over once it has succeeded. */
  ends?: readonly TokenName[] | 'all'
  /** Whether the account is disabled, or enabled again, or gone, once it has succeeded. */
  makes?: 'disabled' | 'active' | 'closed'
}

export type Outcome = Pick<FunctionCall, 'result' | 'errMsg'>

const consent = { version: CONSENT }

/** Whoever adds an action to the product adds its line here; every pair with every other then runs by itself. */
export const ACTIONS: readonly Action[] = [
  {
    name: 'login new',
    from: 'nobody',
    function: 'login',
    data: (person) => ({ phoneCode: person.phoneCode(), consent }),
  },
  { name: 'login known', function: 'login', data: (person) => ({ phoneCode: person.phoneCode(), consent }) },
  { name: 'login silent', function: 'login', data: () => ({}) },
  {
    name: 'login silent in place of here',
    function: 'login',
    data: ({ tokens }) => ({ replaces: tokens.here }),
    ends: ['here'],
  },
  {
    name: 'login silent in place of oldest',
    function: 'login',
    data: ({ tokens }) => ({ replaces: tokens.oldest }),
    ends: ['oldest'],
  },
  { name: 'check', function: 'checkToken', data: ({ tokens }) => ({ token: tokens.here }) },
  { name: 'renew', function: 'checkToken', data: ({ tokens }) => ({ token: tokens.due }) },
  { name: 'renew oldest', function: 'checkToken', data: ({ tokens }) => ({ token: tokens.oldest }) },
  { name: 'logout', function: 'logout', data: ({ tokens }) => ({ token: tokens.here }), ends: ['here'] },
  { name: 'logout due', function: 'logout', data: ({ tokens }) => ({ token: tokens.due }), ends: ['due'] },
  {
    name: 'save trip',
    function: 'trips',
    data: ({ tokens }) => ({ action: 'save', token: tokens.here, key: 'in-the-race', city: '上海', days: 3 }),
  },
  { name: 'list trips', function: 'trips', data: ({ tokens }) => ({ action: 'list', token: tokens.here }) },
  {
    name: 'remove trip',
    function: 'trips',
    data: ({ tokens, userId }) => ({ action: 'remove', token: tokens.here, id: `${userId}.before-all` }),
  },
  { name: 'login by ticket', function: 'login', data: (person) => ({ ticket: person.ticket(), consent }) },
  {
    name: 'logout others',
    function: 'logout',
    data: ({ tokens }) => ({ token: tokens.here, scope: 'others' }),
    ends: ['oldest', 'due'],
  },
  {
    name: 'logout all',
    function: 'logout',
    data: ({ tokens }) => ({ token: tokens.here, scope: 'all' }),
    ends: 'all',
  },
  {
    name: 'logout another',
    function: 'logout',
    data: ({ tokens }) => ({ token: tokens.here, sessionId: sessionOf(tokens.due) }),
    ends: ['due'],
  },
  {
    name: 'update nickname',
    function: 'account',
    data: ({ tokens }) => ({ action: 'update', token: tokens.here, nickname: '小明' }),
  },
  {
    name: 'place for a picture',
    function: 'account',
    data: ({ tokens }) => ({ action: 'avatarUpload', token: tokens.here, type: 'png' }),
  },
  {
    name: 'change number',
    function: 'account',
    data: (person) => ({ action: 'changePhone', token: person.tokens.here, phoneCode: person.phoneCode() }),
  },
  {
    name: 'close',
    function: 'account',
    data: ({ tokens }) => ({ action: 'close', token: tokens.here, confirmed: true }),
    makes: 'closed',
  },
  { name: 'closing breaks off', edit: beginClosing, ends: 'all' },
  {
    name: 'admin disables',
    function: 'admin',
    by: 'console',
    data: (person) => ({
      action: 'disable',
      token: person.adminToken(),
      userId: person.userId,
      reason: '核实',
    }),
    makes: 'disabled',
  },
  {
    name: 'admin enables',
    function: 'admin',
    by: 'console',
    data: (person) => ({
      action: 'enable',
      token: person.adminToken(),
      userId: person.userId,
      reason: '核实',
    }),
    makes: 'active',
  },
  { name: 'cleanup', function: 'cleanup', by: 'timer' },
  { name: 'disable in the console', edit: disable, makes: 'disabled' },
]

function disable({ kit, userId }: Person): void {
  const [user] = kit.cloud.database.documents('users', { filter: { _id: userId } })
  if (user) kit.cloud.database.putDocument('users', { ...user, status: 'disabled' })
}

/** As a function that was killed right after it had marked the account. */
function beginClosing({ kit, userId, nowMilliseconds }: Person): void {
  const [user] = kit.cloud.database.documents('users', { filter: { _id: userId } })
  if (!user) return
  const closingAt = new Date(nowMilliseconds - 2 * 60 * 1000)
  kit.cloud.database.putDocument('users', { ...user, status: 'closing', closingAt, sessions: [] })
}

function sessionOf(token: string): string {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')).sid
}
