import type { HeldOperation } from '../../emulator/cloud/gate/held-operation.ts'
import { digest } from './digest.ts'

/** One request of an action, or its edit. */
export interface Asked {
  /** As the gate has it: of two that are alike, the one that came first has the first name. */
  name: string
  action: string
  fields: Readonly<Record<string, unknown>>
  /** The same for all that say the same, in every run. */
  text: string
}

export const OPENAPI = 'wx.openApi'
export const EDIT: Asked = { name: 'edit', action: 'edit', fields: {}, text: 'edit' }

/** What stands for the call itself in its requests, and the code it was given: new in every run. */
const OF_THE_RUN = new Set(['wxCloudApiToken', 'tcb_sessionToken', 'sessionToken', 'requestData'])

export function askedBy({ name, action, fields }: HeldOperation): Asked {
  const lasting = Object.entries(fields).filter(([field]) => !OF_THE_RUN.has(field))
  return { name, action, fields, text: digest(JSON.stringify(lasting)) }
}

/** @param answer to a code is left out: it is the same whenever, but for its time stamp */
export function answerText({ action }: Asked, answer: unknown): string {
  return action === OPENAPI ? '' : digest(JSON.stringify(answer) ?? '')
}
