import type { Mutation } from './mutation.ts'
import type { Group } from './outcome.ts'

/** The mutations by test file, the largest group first, so that no worker begins with one when the others are done. */
export function groupByTest(mutations: readonly Mutation[]): Group[] {
  const groups = new Map<string, Mutation[]>()
  for (const mutation of mutations) {
    const group = groups.get(mutation.test)
    if (group) group.push(mutation)
    else groups.set(mutation.test, [mutation])
  }
  return [...groups]
    .map(([test, members]) => ({ test, mutations: members }))
    .sort((a, b) => b.mutations.length - a.mutations.length)
}
