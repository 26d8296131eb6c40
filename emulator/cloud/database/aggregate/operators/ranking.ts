import { compareValues } from '../../values/ordering.ts'
import { isNothing } from '../expression/scope.ts'

/** The first of a list in MongoDB's order, without null and missing values. */

export function greatest(values: readonly unknown[], count: number): unknown[] {
  return values
    .filter((value) => !isNothing(value))
    .sort((left, right) => compareValues(right, left))
    .slice(0, count)
}

export function least(values: readonly unknown[], count: number): unknown[] {
  return values
    .filter((value) => !isNothing(value))
    .sort(compareValues)
    .slice(0, count)
}
