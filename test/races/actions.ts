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
  /** Touches other people's documents too, so nothing else may run in the same cloud. */
  alone?: true
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
  { name: 'disable in the console', edit: disable, makes: 'disabled' },
]

function disable({ kit, userId }: Person): void {
  const [user] = kit.cloud.database.documents('users', { filter: { _id: userId } })
  if (user) kit.cloud.database.putDocument('users', { ...user, status: 'disabled' })
}
