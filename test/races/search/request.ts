import type { PausedOperation } from 'wechat-cloud-emulator/testing'
import { digest } from './digest.ts'

/** One request that an action makes of the cloud, or its edit. */
export interface ActionRequest {
  /** As the scheduler of calls names it: of two that are alike, the one that was sent first has the first name. */
  name: string
  /** Such as `database.getDocument`. */
  action: string
  fields: Readonly<Record<string, unknown>>
  /** Equal for requests that ask the same, in every run. */
  fingerprint: string
}

export const OPENAPI = 'wx.openApi'
export const EDIT: ActionRequest = { name: 'edit', action: 'edit', fields: {}, fingerprint: 'edit' }

/** Fields that differ in every run: they name the call, or hold its phone code. */
const FIELDS_OF_ONE_RUN = new Set(['wxCloudApiToken', 'tcb_sessionToken', 'sessionToken', 'requestData'])

export function requestOf({ name, action, fields }: PausedOperation): ActionRequest {
  const lasting = Object.entries(fields).filter(([field]) => !FIELDS_OF_ONE_RUN.has(field))
  return { name, action, fields, fingerprint: digest(JSON.stringify(lasting)) }
}

/** Equal for equal answers. A phone code is always answered the same, except for a time stamp, which is left out. */
export function answerDigest({ action }: ActionRequest, answer: unknown): string {
  return action === OPENAPI ? '' : digest(JSON.stringify(answer) ?? '')
}
