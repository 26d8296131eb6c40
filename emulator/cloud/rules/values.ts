import type { ComparisonOperator } from './expression.ts'

/** Compares two known values. Nothing is converted: 1 and '1' differ. Missing and null are the same. */
export function compareValues(left: unknown, operator: ComparisonOperator, right: unknown): boolean {
  if (operator === '==') return isSame(left, right)
  if (operator === '!=') return !isSame(left, right)
  // A query's `{ list: value }` also finds arrays that have the value.
  if (operator === 'in') {
    return Array.isArray(right) ? right.some((item) => isSame(left, item)) : isSame(left, right)
  }
  const [a, b] = [plain(left), plain(right)]
  const isOrdered =
    (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string')
  if (!isOrdered) return false
  switch (operator) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}

export function isSame(left: unknown, right: unknown): boolean {
  const [a, b] = [plain(left), plain(right)]
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]))
  }
  return false
}

/** Dates as milliseconds, ids and long numbers of the database as text or number, undefined as null. */
function plain(value: unknown): unknown {
  if (value === undefined) return null
  if (value instanceof Date) return value.getTime()
  const type = (value as { _bsontype?: unknown } | null)?._bsontype
  if (type === 'ObjectId') return String(value)
  if (type === 'Long') return Number(value)
  return value
}
