import type { Outcome } from './actions.ts'
import type { Asked } from './asked.ts'

/** What an action does next: what it asks, all at once, and its own answer, once it has one. */
export interface Next {
  asked: readonly Asked[]
  outcome: Outcome | undefined
}
