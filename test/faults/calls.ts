import type { Answer } from '../../contract/answer.ts'
import { newPad } from '../account-kit.ts'
import { CONSENT } from '../cloud-kit.ts'
import type { Subject } from './subject.ts'

/** A call of a function, to be broken at every operation it makes. */
export interface FaultyCall {
  name: string
  function: string
  /** The console's 云端测试 in the place of the person's mini-program. */
  by?: 'console'
  /** Makes the person what the call needs. @returns what the function is asked with */
  prepare: (subject: Subject) => Promise<object>
  /**
   * What the client does after a failure that it may try again, as `miniprogram/` does it: the same request once more
   * unless said otherwise.
   * @param first the answer that came, if one did
   */
  retry?: (subject: Subject, request: object, first: Answer<unknown> | undefined) => Promise<Answer<unknown>>
  /** Takes several writes: what breaks off between them is made whole by the retry. */
  isFinishedByRetry?: true
}

const consent = { version: CONSENT }

/** Whoever adds a call to the product adds its lines here; its operations are found in the call log. */
export const CALLS: readonly FaultyCall[] = [
  {
    name: 'login of somebody new',
    function: 'login',
    prepare: async (subject) => ({ phoneCode: subject.phoneCode(), consent }),
    retry: retryLogin,
  },
  {
    name: 'login of somebody known',
    function: 'login',
    prepare: async (subject) => {
      await subject.logIn()
      return { phoneCode: subject.phoneCode(), consent }
    },
    retry: retryLogin,
  },
  {
    name: 'silent login',
    function: 'login',
    prepare: async (subject) => {
      await subject.logIn()
      return {}
    },
  },
  {
    name: 'silent login in place of a session',
    function: 'login',
    prepare: async (subject) => {
      const replaces = await subject.logIn()
      await subject.logIn()
      return { replaces }
    },
  },
  { name: 'check', function: 'checkToken', prepare: async (subject) => ({ token: await subject.logIn() }) },
  {
    name: 'renewal',
    function: 'checkToken',
    prepare: async (subject) => ({ token: await subject.logIn(20) }),
  },
  { name: 'logout', function: 'logout', prepare: async (subject) => ({ token: await subject.logIn() }) },
  {
    name: 'saving a trip',
    function: 'trips',
    prepare: async (subject) => ({
      action: 'save',
      token: await subject.logIn(),
      key: 'the-same-key',
      city: '杭州',
      days: 2,
    }),
  },
  { name: 'listing trips', function: 'trips', prepare: withToken({ action: 'list' }) },
  {
    name: 'removing a trip',
    function: 'trips',
    prepare: async (subject) => {
      const token = await subject.logIn()
      await subject.call('trips', { action: 'save', token, key: 'the-same-key', city: '杭州', days: 2 })
      return { action: 'remove', token, id: `${subject.userId()}.the-same-key` }
    },
  },
  {
    name: 'logout of others',
    function: 'logout',
    prepare: async (subject) => {
      await subject.logIn()
      return { token: await subject.logIn(), scope: 'others' }
    },
  },
  { name: 'logout of all', function: 'logout', prepare: withToken({ scope: 'all' }), retry: retryLogoutAll },
  { name: 'the account', function: 'account', prepare: withToken({ action: 'get' }) },
  { name: 'devices', function: 'account', prepare: withToken({ action: 'sessions' }) },
  { name: 'export', function: 'account', prepare: withToken({ action: 'export', pad: newPad() }) },
  { name: 'a nickname', function: 'account', prepare: withToken({ action: 'update', nickname: '小明' }) },
  {
    name: 'a place for a picture',
    function: 'account',
    prepare: withToken({ action: 'avatarUpload', type: 'png' }),
  },
  {
    name: 'a picture',
    function: 'account',
    prepare: async (subject) => {
      const token = await subject.logIn()
      return { action: 'update', token, avatar: await subject.upload(token) }
    },
  },
  {
    name: 'taking a picture away',
    function: 'account',
    prepare: async (subject) => {
      const token = await subject.logIn()
      await subject.call('account', { action: 'update', token, avatar: await subject.upload(token) })
      return { action: 'update', token, avatar: '' }
    },
  },
  {
    name: 'another number',
    function: 'account',
    prepare: async (subject) => {
      const token = await subject.logIn()
      return { action: 'changePhone', token, phoneCode: subject.phoneCode('13900139000') }
    },
    retry: retryChangePhone,
  },
  {
    name: 'closing',
    function: 'account',
    prepare: async (subject) => {
      const token = await subject.logIn()
      await subject.call('trips', { action: 'save', token, key: 'the-same-key', city: '杭州', days: 2 })
      const avatar = await subject.upload(token)
      await subject.call('account', { action: 'update', token, avatar })
      return { action: 'close', token, confirmed: true }
    },
    retry: retryClose,
    isFinishedByRetry: true,
  },
  { name: 'admin finds', function: 'admin', by: 'console', prepare: asAdmin({ action: 'find' }) },
  { name: 'admin reveals', function: 'admin', by: 'console', prepare: asAdmin({ action: 'reveal' }) },
  { name: 'admin disables', function: 'admin', by: 'console', prepare: asAdmin({ action: 'disable' }) },
  {
    name: 'admin enables',
    function: 'admin',
    by: 'console',
    prepare: async (subject) => {
      const request = await asAdmin({ action: 'enable' })(subject)
      await subject.asAdmin({ ...request, action: 'disable' })
      return request
    },
  },
  { name: 'admin counts', function: 'admin', by: 'console', prepare: asAdmin({ action: 'stats' }) },
]

function withToken(fields: object): FaultyCall['prepare'] {
  return async (subject) => ({ token: await subject.logIn(), ...fields })
}

function asAdmin(fields: object): FaultyCall['prepare'] {
  return async (subject) => {
    await subject.logIn()
    return { token: subject.adminToken(), userId: subject.userId(), reason: '核实', ...fields }
  }
}

/** As the client changes the number after a failure: with the ticket if there is one, else it looks what is on file. */
async function retryChangePhone(
  subject: Subject,
  request: object,
  first: Answer<unknown> | undefined,
): Promise<Answer<unknown>> {
  const { token } = request as { token: string }
  const ticket = first === undefined || first.code === 200 ? undefined : first.ticket
  if (ticket !== undefined) {
    const second = await subject.call('account', { action: 'changePhone', token, ticket })
    // A ticket whose number is on file already: the first try got through, and only its answer was lost.
    if (second.code === 200 || second.reason !== 'PHONE_CODE_INVALID') return second
    return subject.call('account', { action: 'get', token })
  }
  const second = await subject.call('account', request)
  if (second.code === 200 || second.reason !== 'PHONE_CODE_INVALID') return second
  const { phoneMasked } = subject.user()
  return phoneMasked === '139****9000' ? subject.call('account', { action: 'get', token }) : second
}

/** What is closed already is what the client wants it to be. */
async function retryClose(subject: Subject, request: object): Promise<Answer<unknown>> {
  const second = await subject.call('account', request)
  const isDone = second.code !== 200 && second.reason === 'ACCOUNT_CLOSED'
  return isDone ? { code: 200, message: '', data: {}, requestId: second.requestId } : second
}

/** Ended by the first try, whose answer was lost: the phone is told at its next call, and forgets the login. */
async function retryLogoutAll(subject: Subject, request: object): Promise<Answer<unknown>> {
  const second = await subject.call('logout', request)
  const isDone = second.code !== 200 && second.reason === 'SESSION_REVOKED'
  return isDone ? { code: 200, message: '', data: {}, requestId: second.requestId } : second
}

/**
 * As the client logs in after a failure: with the ticket if there is one. Without, the code may have been used, so it
 * asks silently first, and sends the code again only if the first try did not get through.
 */
async function retryLogin(
  subject: Subject,
  request: object,
  first: Answer<unknown> | undefined,
): Promise<Answer<unknown>> {
  const ticket = (first as { ticket?: string } | undefined)?.ticket
  if (ticket !== undefined) return subject.call('login', { ticket, consent })
  const silent = await subject.call('login', {})
  const isStillUnknown =
    silent.code !== 200 && (silent.reason === 'PHONE_REQUIRED' || silent.reason === 'CONSENT_REQUIRED')
  if (!isStillUnknown) return silent
  return subject.call('login', request)
}
