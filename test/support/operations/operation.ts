import type { CallResult } from 'wechat-cloud-emulator/control'
import type { Reason } from '../../../contract/reason.ts'
import type { Words } from '../../documents/languages.ts'
import type { CloudKit } from '../cloud-kit.ts'
import type { TestUser } from '../test-user.ts'

/**
 * One way to call a cloud function that succeeds. From the catalogue (`operations.ts`) the suites take what they test:
 * round trips and reasons (`test/actions`), faults, races, leaks, indexes and hostile input.
 */
export interface Operation {
  /** Unique: the function and the variant, such as `account update nickname`. */
  name: string
  function: string
  /** As docs/en/actions.md names it. Empty for a function with one operation. */
  variant: string
  /** As docs/en/actions.md describes it. */
  does: Words
  /** By default the user's mini-program; else the console's 云端测试 or the function's timer. */
  caller?: 'console' | 'timer'
  /** The user has no account yet. By default they have one and are logged in. */
  isNew?: true
  /** The answer's code, if it is not 200. */
  code?: 404
  /** Reasons of a refusal, besides `EVERY_FUNCTION` and, where it is guarded, `GUARD`. */
  reasons: readonly Reason[]
  isGuarded?: true
  /** Of an owned collection: the request that saves the document which this operation needs, without the token. */
  seed?: object
  /** Makes what the request needs beyond a login. @returns fields that only this step knows */
  prepare?: (user: TestUser) => Promise<object>
  request: (user: RequestingUser) => object
  /** The sessions that success ends, as seen from the session of the request. */
  ends?: 'this' | 'others' | 'another' | 'all'
  /** What success makes of the account. */
  becomes?: 'disabled' | 'active' | 'closed'
  /** Raced from the account that asks the race user's account for a transfer, or with that question waiting. */
  racedAs?: 'companion' | 'asked'
  /** The sessions of a race user that the operation is raced with, by default `here` (`test/races`). */
  racedSessions?: readonly ('here' | 'due' | 'oldest')[]
  /** Suites that leave the operation out, each with the reason. */
  leftOut?: { races?: string; faults?: string }
}

/** What a request is made from. */
export interface RequestingUser {
  /** Of the session that the request comes from. */
  readonly token: string
  readonly userId: string
  readonly otherSessionId: string
  readonly phoneNumber: string
  /** Of the question that the user's account is asked. */
  readonly transferId: string
  /** Of the person's other account. */
  readonly companionId: string
  phoneCode(): string
  newPhoneCode(): string
  /** For a phone code that was exchanged and whose number could not be stored. */
  ticket(): string
  adminToken(): string
}

/** Makes requests of which only the form counts. */
export const SOMEONE: RequestingUser = {
  token: 'token',
  userId: 'u_1',
  otherSessionId: 'session',
  phoneNumber: '13800138000',
  transferId: 'transfer',
  companionId: 'u_2',
  phoneCode: () => 'code',
  newPhoneCode: () => 'code',
  ticket: () => 'ticket',
  adminToken: () => 'token',
}

/** Makes a user ready who is logged in, unless the operation is one of a new user. @returns the request */
export async function prepareRequest(
  { prepare, request }: Operation,
  user: TestUser,
): Promise<Record<string, unknown>> {
  const fields = await prepare?.(user)
  return { ...request(user), ...fields }
}

/** Calls the function as the operation's caller does. */
export function callOperation(
  kit: CloudKit,
  { function: name, caller }: Operation,
  openid: string,
  request: object,
): Promise<CallResult> {
  if (caller === 'timer') return kit.control.post('timer', { function: name })
  return kit.invoke(name, caller === 'console' ? undefined : openid, request)
}
