import type { Reason } from '../../contract/reason.ts'
import { makeAdminToken } from '../../scripts/admin-token.ts'
import { AccountKit, newPad } from '../account-kit.ts'
import { type CloudKit, CONSENT } from '../cloud-kit.ts'

/** One thing that can be asked of the functions. */
export interface Asked {
  function: string
  /** As the table names it. */
  action: string
  does: string
  /** What it is asked with, after whatever must be there before. */
  prepare: (person: Asking) => Promise<object> | object
  /** The console's 云端测试 or the timer, in the place of a mini-program. */
  by?: 'console' | 'timer'
  /** Asked by somebody the service does not know yet. */
  isNew?: true
  isGuarded?: true
  /** What it can answer besides `EVERY` and, where it is guarded, `GUARD`. */
  reasons: readonly Reason[]
}

export interface Asking {
  kit: CloudKit
  openid: string
  token: string
  userId: string
}

/** Reasons of every function. */
export const EVERY: readonly Reason[] = [
  'BAD_REQUEST',
  'MISCONFIGURED',
  'INTERNAL',
  'DATABASE_UNAVAILABLE',
  'TIMEOUT',
]
/** Reasons of every call with a token. */
export const TOKEN: readonly Reason[] = [
  'CALLER_UNKNOWN',
  'TOKEN_MISSING',
  'TOKEN_MALFORMED',
  'TOKEN_ALGORITHM',
  'TOKEN_SIGNATURE',
  'TOKEN_AUDIENCE',
  'TOKEN_EXPIRED',
  'TOKEN_FOREIGN',
]
export const GUARD: readonly Reason[] = [...TOKEN, 'SESSION_REVOKED', 'ACCOUNT_DISABLED', 'ACCOUNT_CLOSED']

const consent = { version: CONSENT }
const EXCHANGE = ['PHONE_CODE_INVALID', 'WECHAT_BUSY', 'WECHAT_QUOTA'] as const
const LOGIN: readonly Reason[] = ['CALLER_UNKNOWN', 'CONSENT_REQUIRED', 'ACCOUNT_DISABLED', 'RATE_LIMITED']
/** What one person may do only so often. */
const OFTEN = ['RATE_LIMITED'] as const
const CONTENT = ['CONTENT_RISKY', 'CONTENT_DOUBTFUL', 'CONTENT_UNCHECKED'] as const

const codeOf = async ({ kit, openid }: Asking) => ({ phoneCode: await kit.phoneCode(openid), consent })
const account = ({ kit, openid, token }: Asking) => new AccountKit(kit, openid, token)
const withToken =
  (fields: object) =>
  ({ token }: Asking): object => ({ token, ...fields })
const asAdmin =
  (fields: object) =>
  ({ kit, userId }: Asking): object => ({
    token: makeAdminToken(kit.variables, 'alice', kit.cloud.clock.now()),
    userId,
    reason: '核实身份',
    ...fields,
  })

async function ticketOf(person: Asking): Promise<object> {
  const { kit, openid } = person
  const answer = { kind: 'reset' } as const
  kit.cloud.faults.add({ action: 'database.modifyDocument', target: 'users', answer, times: 1 })
  const failure = await kit.login(openid, await codeOf(person))
  return { ticket: failure.code === 200 ? '' : failure.ticket, consent }
}

function replacesOwn({ token }: Asking): object {
  return { replaces: token }
}

async function dueForRenewal({ kit, token }: Asking): Promise<object> {
  await kit.control.post('clock', { advanceSeconds: 16 * 24 * 60 * 60 })
  return { token }
}

async function anotherSession(person: Asking): Promise<object> {
  await person.kit.loginWithCode(person.openid)
  const other = (await account(person).sessions()).find(({ current }) => !current)
  return { token: person.token, sessionId: other?.id }
}

async function anotherPicture(person: Asking): Promise<object> {
  await account(person).setAvatar()
  return { token: person.token, action: 'update', avatar: await account(person).upload() }
}

async function anotherNumber(person: Asking): Promise<object> {
  const { phoneCode } = await codeOf(person)
  return { token: person.token, action: 'changePhone', phoneCode }
}

const trip = { action: 'save', key: 'first-trip', city: '杭州', days: 3 }

async function muchToDelete(person: Asking): Promise<object> {
  await person.kit.call('trips', person.openid, { token: person.token, ...trip })
  await account(person).setAvatar()
  return { token: person.token, action: 'close', confirmed: true }
}

type Row = [action: string, does: string, prepare: Asked['prepare'], reasons?: readonly Reason[]]
const guarded = (name: string, ...[action, does, prepare, reasons = []]: Row): Asked => {
  return { function: name, action, does, prepare, isGuarded: true, reasons }
}
const login = (...[action, does, prepare, reasons = []]: Row): Asked => {
  return { function: 'login', action, does, prepare, reasons: [...LOGIN, ...reasons] }
}
const admin = (...[action, does, prepare, reasons = []]: Row): Asked => {
  return { function: 'admin', action, does, prepare, by: 'console', reasons: ['ADMIN_DENIED', ...reasons] }
}

export const ASKED: readonly Asked[] = [
  { ...login('with a phone code, new', 'makes a user', codeOf, EXCHANGE), isNew: true },
  login('with a phone code, known', 'opens a session, takes over the number', codeOf, EXCHANGE),
  login('with a ticket', 'the same, for a code spent before', ticketOf, ['PHONE_CODE_INVALID']),
  login('silent', 'opens a session of a known user', () => ({}), ['PHONE_REQUIRED']),
  login('silent, in place of a session', 'opens one where the old one stood', replacesOwn, [
    'PHONE_REQUIRED',
  ]),
  { ...login('silent, unknown', 'refuses', () => ({}), ['PHONE_REQUIRED']), isNew: true },
  guarded('checkToken', '', 'says that the token stands', withToken({})),
  guarded('checkToken', 'renewing', 'gives a new token for the same session', dueForRenewal),
  { function: 'logout', action: 'this', does: 'ends this session', prepare: withToken({}), reasons: TOKEN },
  guarded('logout', 'others', 'ends all but this', withToken({ scope: 'others' }), OFTEN),
  guarded('logout', 'all', 'ends all', withToken({ scope: 'all' }), OFTEN),
  guarded('logout', 'another', 'ends one of the list', anotherSession, OFTEN),
  guarded('account', 'get', 'the account', withToken({ action: 'get' })),
  guarded('account', 'sessions', 'the devices', withToken({ action: 'sessions' })),
  guarded(
    'account',
    'update nickname',
    'asks WeChat, then changes',
    withToken({ action: 'update', nickname: '小明' }),
    [...CONTENT, ...OFTEN],
  ),
  guarded(
    'account',
    'avatarUpload',
    'a path to upload to',
    withToken({ action: 'avatarUpload', type: 'png' }),
    OFTEN,
  ),
  guarded('account', 'update avatar', 'looks at the file, takes it, deletes the old one', anotherPicture, [
    'AVATAR_INVALID',
    ...OFTEN,
  ]),
  guarded('account', 'changePhone', 'another number', anotherNumber, [...EXCHANGE, ...OFTEN]),
  guarded(
    'account',
    'export',
    'everything kept about the caller',
    withToken({ action: 'export', pad: newPad() }),
    OFTEN,
  ),
  guarded('account', 'close', 'deletes the account', muchToDelete),
  guarded('trips', 'list', 'a page of trips', withToken({ action: 'list' })),
  guarded('trips', 'save', 'saves once under one key', withToken(trip), ['LIMIT_REACHED']),
  guarded('trips', 'remove', 'removes one', withToken({ action: 'remove', id: 'gone' })),
  admin('find', 'by full number', asAdmin({ action: 'find', phone: '13800138000' })),
  admin('reveal', 'the number, sealed for the administrator', asAdmin({ action: 'reveal' }), ['NOT_FOUND']),
  admin('disable', 'ends all sessions, refuses every call', asAdmin({ action: 'disable' }), ['NOT_FOUND']),
  admin('enable', 'lets the person log in again', asAdmin({ action: 'enable' }), ['NOT_FOUND']),
  admin('stats', 'figures', asAdmin({ action: 'stats' })),
  {
    function: 'cleanup',
    action: '',
    does: 'housekeeping',
    prepare: () => ({}),
    by: 'timer',
    reasons: ['TIMER_ONLY'],
  },
]
