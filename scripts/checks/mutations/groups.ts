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

/** `2/4`, counted from one. @returns undefined unless it is a part of a whole */
export function parseShard(text: string): { index: number; count: number } | undefined {
  const [, index = 0, count = 0] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? []
  return index >= 1 && index <= count ? { index, count } : undefined
}

/** Every `count`-th group, so that the shards take about the same time. */
export function shardOf(
  groups: readonly Group[],
  { index, count }: { index: number; count: number },
): Group[] {
  return groups.filter((_group, position) => position % count === index - 1)
}
