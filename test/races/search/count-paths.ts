/**
 * How many paths lead from a state to an end or a violation. No path is circular: each step adds a request or an answer.
 * @param successors of each state; undefined for a step that violates an invariant
 */
export function countPaths(
  state: string | undefined,
  successors: ReadonlyMap<string, readonly (string | undefined)[]>,
  counted = new Map<string, bigint>(),
): bigint {
  if (state === undefined) return 1n
  const known = counted.get(state)
  if (known !== undefined) return known
  const following = successors.get(state) ?? []
  const count =
    following.length === 0
      ? 1n
      : following.reduce((sum, next) => sum + countPaths(next, successors, counted), 0n)
  counted.set(state, count)
  return count
}
