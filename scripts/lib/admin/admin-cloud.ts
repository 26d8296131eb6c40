import type { AdminData, AdminRequest } from '../../../contract/admin.ts'
import type { Answer } from '../../../contract/answer.ts'
import { roleFor } from './action-roles.ts'
import { makeAdminToken, type Variables } from './admin-token.ts'

/** A cloud whose `admin` can be called as its 云端测试 does: that of this machine, or a deployed one. */
export interface AdminCloud {
  /** With the keys that the cloud's functions have. */
  readonly variables: Variables
  /** By the cloud's clock, milliseconds since 1970. */
  now(): Promise<number>
  /** Calls `admin`. Ends the program if nothing can be called. */
  invoke(event: object): Promise<Answered<unknown>>
}

export interface Answered<Data> {
  result?: Answer<Data>
  /** The platform's, when the function has not answered. */
  errMsg?: string
}

/** Who calls, and where. */
export interface Administrator {
  cloud: AdminCloud
  /** For `audit_logs`. */
  name: string
  /** For `audit_logs`, where one is given. */
  reason?: string
}

/** Calls `admin` with a token for this one call. */
export async function callAdmin<Action extends AdminRequest['action']>(
  { cloud, name, reason }: Administrator,
  event: { action: Action } & Record<string, unknown>,
): Promise<Answered<AdminData[Action]>> {
  const token = makeAdminToken(cloud.variables, name, await cloud.now(), [roleFor(event)])
  const because = reason === undefined ? {} : { reason }
  return (await cloud.invoke({ token, ...event, ...because })) as Answered<AdminData[Action]>
}

/**
 * The data of an answer. Anything else ends the program with one line.
 * @param action as one types it
 */
export function dataOf<Data>(action: string, { result, errMsg }: Answered<Data>): Data {
  if (result?.code === 200) return result.data
  throw new AdminFailure(`${action}: ${result ? `${result.reason} ${result.message}` : errMsg}`)
}

/** A call was refused or has failed. The message is one line for the terminal. */
export class AdminFailure extends Error {
  override readonly name = 'AdminFailure'
}
