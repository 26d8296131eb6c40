import type { Action } from './action.ts'
import type { ReducedExploration } from './exploration.ts'
import { Independence } from './independence.ts'
import { type Knowledge, ReducedSearch } from './reduced-search.ts'

interface SearchOptions {
  /** How often functions are executed at most until the search is repeated. It stops there, and `isComplete` is false. */
  maximumRuns?: number
  /** Whether only one order of independent steps is explored. */
  skipsIndependent?: boolean
}

/**
 * The reduced search. It comes to the same ends and the same violations as `exploreAll`, in much less time.
 *
 *                 [0]              A state is what is stored, each action's history of requests and answers, and
 *        A: read /   \ B: read     what the invariants remember. Each request that an action has issued and that has
 *             [1]     [2]          no answer yet enables a step: the cloud answers it, and the action goes on.
 *     A: write |  \   / |
 *              |   [3]  |          [3] is reached on two paths and expanded once: time and randomness are pinned, so
 *             [4]   :  [5]         equal states have equal futures. Where a step is independent of all that may still
 *              :        :          come (`independence.ts`), it is the only one that is explored.
 *
 * A step needs no function: the cloud answers the same request on the same documents alike (`effects.ts`), and what an
 * action does after an answer is learned once (`learned-transitions.ts`). Only to learn it is the function executed: from
 * the start along the path, in a real process that stops at each request. The steps of the other actions on that path are
 * applied without their functions. Each execution checks that the same is stored and asked as the search has predicted.
 *
 * What is independent is not known beforehand. The search begins with no accesses known, records those that it meets, and
 * is repeated until it meets no new ones. What it has learned otherwise makes the repetition cheap.
 */
export async function exploreReduced(
  actions: readonly Action[],
  knowledge: Knowledge,
  { maximumRuns = Number.POSITIVE_INFINITY, skipsIndependent = true }: SearchOptions = {},
): Promise<ReducedExploration> {
  const independence = skipsIndependent ? new Independence() : undefined
  let runs = 0
  for (;;) {
    const accesses = independence?.size
    const search = new ReducedSearch(actions, knowledge, independence)
    const exploration = await search.explore(maximumRuns)
    runs += exploration.runs
    if (accesses === independence?.size) return { ...exploration, runs }
  }
}
