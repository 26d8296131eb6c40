import type { Answer } from '../../contract/answer.ts'
import { CONSENT } from '../support/cloud-kit.ts'
import type { TestUser } from '../support/test-user.ts'

/**
 * What a client does after a failure that it may try again, as `miniprogram/` does it.
 * @param first the answer that came, if one did
 */
export type Retry = (
  user: TestUser,
  request: object,
  first: Answer<unknown> | undefined,
) => Promise<Answer<unknown>>

/** By name of the operation: those after which the client does something else than send the request again. */
export const RETRIES: Readonly<Record<string, { retry: Retry; isFinishedByRetry?: true }>> = {
  'login with a phone code, new': { retry: retryLogin },
  'login with a phone code, known': { retry: retryLogin },
  'logout all': { retry: retryLogoutAll },
  'account changePhone': { retry: retryChangePhone },
  'account close': { retry: retryClose, isFinishedByRetry: true },
  'account answerTransfer, yes': { retry: retryClose, isFinishedByRetry: true },
  'account answerTransfer, no': { retry: retryNo },
  'admin transfer': { retry: retryAdminTransfer, isFinishedByRetry: true },
}

const consent = { version: CONSENT }

/** As the client changes the number after a failure: with the ticket if there is one, else it compares the number on file. */
async function retryChangePhone(
  user: TestUser,
  request: object,
  first: Answer<unknown> | undefined,
): Promise<Answer<unknown>> {
  const { token } = request as { token: string }
  const ticket = first === undefined || first.code === 200 ? undefined : first.ticket
  if (ticket !== undefined) {
    const second = await user.call('account', { action: 'changePhone', token, ticket })
    // A ticket whose number is on file already: the first try got through, and only its answer was lost.
    if (second.code === 200 || second.reason !== 'PHONE_CODE_INVALID') return second
    return user.call('account', { action: 'get', token })
  }
  const second = await user.call('account', request)
  if (second.code === 200 || second.reason !== 'PHONE_CODE_INVALID') return second
  const { phoneMasked } = user.document()
  return phoneMasked === '139****9000' ? user.call('account', { action: 'get', token }) : second
}

/** An account that is closed already is what the client wants. */
async function retryClose(user: TestUser, request: object): Promise<Answer<unknown>> {
  const second = await user.call('account', request)
  const isDone = second.code !== 200 && second.reason === 'ACCOUNT_CLOSED'
  return isDone ? { code: 200, message: '', data: {}, requestId: second.requestId } : second
}

/** A question that is gone after a no was answered with that no: its answer was lost. */
async function retryNo(user: TestUser, request: object): Promise<Answer<unknown>> {
  const second = await user.call('account', request)
  const isDone = second.code !== 200 && second.reason === 'TRANSFER_EXPIRED'
  return isDone ? { code: 200, message: '', data: {}, requestId: second.requestId } : second
}

/** The first try has moved the account, and its answer was lost: there is no such account any more. */
async function retryAdminTransfer(user: TestUser, request: object): Promise<Answer<unknown>> {
  const second = await user.call('admin', request, { by: 'console' })
  const isDone = second.code !== 200 && second.reason === 'NOT_FOUND' && user.documents().length === 0
  return isDone ? { code: 200, message: '', data: {}, requestId: second.requestId } : second
}

/** The first try has ended the session and its answer was lost: the next call is refused, and the phone removes the login. */
async function retryLogoutAll(user: TestUser, request: object): Promise<Answer<unknown>> {
  const second = await user.call('logout', request)
  const isDone = second.code !== 200 && second.reason === 'SESSION_REVOKED'
  return isDone ? { code: 200, message: '', data: {}, requestId: second.requestId } : second
}

/**
 * As the client logs in after a failure: with the ticket if there is one. Without, the code may have been used, so it
 * asks silently first, and sends the code again only if the first try did not get through.
 */
async function retryLogin(
  user: TestUser,
  request: object,
  first: Answer<unknown> | undefined,
): Promise<Answer<unknown>> {
  const ticket = (first as { ticket?: string } | undefined)?.ticket
  if (ticket !== undefined) return user.call('login', { ticket, consent })
  const silent = await user.call('login', {})
  const isStillUnknown =
    silent.code !== 200 && (silent.reason === 'PHONE_REQUIRED' || silent.reason === 'CONSENT_REQUIRED')
  if (!isStillUnknown) return silent
  return user.call('login', request)
}
