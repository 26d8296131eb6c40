import { requestFailed } from '../../failures.ts'
import { isTruthy } from '../../query/operator.ts'
import { keyText } from '../../storage/index-keys.ts'
import { compareValues } from '../../values/ordering.ts'
import { typeName } from '../../values/types.ts'
import { onMany, onOne, onTwo, onValues } from '../expression/arguments.ts'
import { isNothing, type Operator } from '../expression/scope.ts'

/** Arrays as sets: order and repetition mean nothing. */

/** The distinct values in MongoDB's order, by the text that is the same for equal values. */
export function distinct(list: readonly unknown[]): unknown[] {
  return [...byKey(list).values()].sort(compareValues)
}

function byKey(list: readonly unknown[]): Map<string, unknown> {
  const values = new Map<string, unknown>()
  for (const value of list) {
    const key = keyText([value])
    if (!values.has(key)) values.set(key, value)
  }
  return values
}

function requireSet(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value
  throw requestFailed(`All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`)
}

/** Null where an operand is null or missing. */
function combined(combine: (sets: unknown[][]) => unknown[]) {
  return (values: readonly unknown[], name: string) =>
    values.some(isNothing) ? null : combine(values.map((value) => requireSet(value, name)))
}

const difference = combined(([first = [], second = []]) => {
  const others = byKey(second)
  return [...byKey(first)].filter(([key]) => !others.has(key)).map(([, value]) => value)
})

const intersection = combined(([first = [], ...sets]) => {
  const others = sets.map(byKey)
  return [...byKey(first)]
    .filter(([key]) => others.every((other) => other.has(key)))
    .map(([, value]) => value)
    .sort(compareValues)
})

function isSubset(left: unknown, right: unknown, name: string): boolean {
  const others = byKey(requireSet(right, name))
  return [...byKey(requireSet(left, name)).keys()].every((key) => others.has(key))
}

function ofTruth(holds: (values: boolean[]) => boolean): Operator {
  return onOne((value, name) => {
    if (!Array.isArray(value))
      throw requestFailed(`${name}'s argument must be an array, but is ${typeName(value)}`)
    return holds(value.map(isTruthy))
  })
}

export const setOperators: Readonly<Record<string, Operator>> = {
  $allElementsTrue: ofTruth((values) => values.every(Boolean)),
  $anyElementTrue: ofTruth((values) => values.some(Boolean)),
  $setDifference: onValues(2, 2, difference),
  $setEquals: onValues(2, Number.POSITIVE_INFINITY, ([first, ...others], name) =>
    others.every((other) => isSubset(first, other, name) && isSubset(other, first, name)),
  ),
  $setIntersection: onMany(intersection),
  $setIsSubset: onTwo(isSubset),
  $setUnion: onMany(combined((sets) => distinct(sets.flat()))),
}
