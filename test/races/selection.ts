import { ACTIONS } from './actions.ts'
import type { Action } from './search/action.ts'

/**
 * One action of each kind that writes the account: it opens a session, renews one, ends one, writes a document beside the
 * account, changes it, closes it, disables it, or is no function at all. `npm test` races each of these with each other
 * one, and runs every other action alone. The timer's function issues the most requests: it is left to the exhaustive run.
 */
const REPRESENTATIVES = [
  'login silent',
  'checkToken renewing (due)',
  'logout this (here)',
  'trips save',
  'account update nickname',
  'account close',
  'admin disable',
  'edit: the account is disabled',
]

/** @throws RangeError unless there is such an action */
export function actionNamed(name: string): Action {
  const action = ACTIONS.find((candidate) => candidate.name === name)
  if (!action) throw new RangeError(`there is no action ${name}`)
  return action
}

/** Every pair, also of an action with itself. */
export function allPairs(): Action[][] {
  return pairsOf(ACTIONS).concat(ACTIONS.map((action) => [action, action]))
}

/** What can cross a move: the question is taken back, or its asker closes. Each pair is long, so only these two. */
const CROSSINGS: readonly (readonly string[])[] = [
  ['account answerTransfer, yes', 'account cancelTransfer'],
  ['account answerTransfer, yes', 'account close (companion)'],
]

/** The pairs of representatives of two kinds, and those that cross a move. */
export function representativePairs(): Action[][] {
  return [...pairsOf(REPRESENTATIVES.map(actionNamed)), ...CROSSINGS.map((names) => names.map(actionNamed))]
}

/** Every two different ones. */
function pairsOf(actions: readonly Action[]): Action[][] {
  return actions.flatMap((second, index) => actions.slice(0, index).map((first) => [first, second])).reverse()
}
