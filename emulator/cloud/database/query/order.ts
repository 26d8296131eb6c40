import { requestFailed } from '../failures.ts'
import { type Document, isDocument } from '../values/document.ts'
import { valuesAt } from '../values/field-path.ts'
import { isNumeric, toNumber } from '../values/numbers.ts'
import { compareValues } from '../values/ordering.ts'

/** Below zero when `left` comes first. */
export type Comparator = (left: Document, right: Document) => number

export interface SortField {
  readonly path: readonly string[]
  readonly direction: 1 | -1
}

/** Sorts by the first field, then by the next, and so on. */
export type Order = readonly SortField[]

/**
 * Compiles `{ field: 1 | -1, … }`.
 * @throws DATABASE_REQUEST_FAILED for anything else.
 */
export function compileOrder(order: unknown): Comparator {
  return comparatorOf(parseOrder(order))
}

export function comparatorOf(fields: Order): Comparator {
  return (left, right) => {
    for (const { path, direction } of fields) {
      const difference = compareValues(sortKey(left, path, direction), sortKey(right, path, direction))
      if (difference !== 0) return difference * direction
    }
    return 0
  }
}

/** @throws DATABASE_REQUEST_FAILED unless it is `{ field: 1 | -1, … }` */
export function parseOrder(order: unknown): Order {
  if (!isDocument(order)) throw requestFailed('an order must be an object')
  return Object.entries(order).map(([field, value]) => {
    const direction = isNumeric(value) ? toNumber(value) : value
    if (direction !== 1 && direction !== -1) throw requestFailed('an order must be 1 or -1')
    if (field === '' || field.startsWith('$')) throw requestFailed(`can not order by ${field}`)
    return { path: field.split('.'), direction }
  })
}

/**
 * An array sorts by its least element upwards and by its greatest downwards; an empty one before null.
 * A missing field sorts like null.
 */
function sortKey(document: Document, path: readonly string[], direction: 1 | -1): unknown {
  const candidates = valuesAt(document, path).flatMap((value) => {
    if (Array.isArray(value)) return value.length === 0 ? [undefined] : value
    return [value ?? null]
  })
  if (candidates.length === 0) return null
  return candidates.reduce((best, value) => (compareValues(value, best) * direction < 0 ? value : best))
}
