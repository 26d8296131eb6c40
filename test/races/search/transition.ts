import type { Outcome } from './action.ts'
import type { ActionRequest } from './request.ts'

/** What an action does after an answer: the requests it issues together, and its outcome once it has ended. */
export interface Transition {
  requests: readonly ActionRequest[]
  outcome: Outcome | undefined
}
