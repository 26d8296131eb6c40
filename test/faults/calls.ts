import type { Answer } from '../../contract/answer.ts'
import { CONSENT } from '../cloud-kit.ts'
import type { Subject } from './subject.ts'

/** A call of a function, to be broken at every operation it makes. */
export interface FaultyCall {
  name: string
  function: string
  /** Makes the person what the call needs. @returns what the function is asked with */
  prepare: (subject: Subject) => Promise<object>
  /**
   * What the client does after a failure that it may try again, as `miniprogram/` does it: the same request once more
   * unless said otherwise.
   * @param first the answer that came, if one did
   */
  retry?: (subject: Subject, request: object, first: Answer<unknown> | undefined) => Promise<Answer<unknown>>
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
  {
    name: 'listing trips',
    function: 'trips',
    prepare: async (subject) => ({ action: 'list', token: await subject.logIn() }),
  },
]

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
