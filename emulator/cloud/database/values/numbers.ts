import { Decimal128, Long, Timestamp } from 'bson'

/** Numbers as stored: JavaScript's, and bson's classes where JavaScript's would lose digits. */
export type Numeric = number | Long | Decimal128

/** A Timestamp is made of a Long, and no number. */
export function isNumeric(value: unknown): value is Numeric {
  if (typeof value === 'number') return true
  return (value instanceof Long && !(value instanceof Timestamp)) || value instanceof Decimal128
}

/** The nearest JavaScript number. */
export function toNumber(value: Numeric): number {
  if (typeof value === 'number') return value
  return value instanceof Long ? value.toNumber() : Number(value.toString())
}

/** An integer, exactly, or undefined for anything else (fractions, NaN, infinities). */
export function toInteger(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined
  if (!isNumeric(value)) return undefined
  if (value instanceof Long) return value.toBigInt()
  if (value instanceof Decimal128) {
    const number = Number(value.toString())
    return Number.isSafeInteger(number) ? BigInt(number) : undefined
  }
  return undefined
}

/** An integer that 64 bits hold, exactly, or undefined for anything else: what has bits to test or to combine. */
export function toInt64(value: unknown): bigint | undefined {
  const integer = toInteger(value)
  return integer !== undefined && BigInt.asIntN(64, integer) === integer ? integer : undefined
}

/** NaN sorts before every number, as in MongoDB. */
export function compareNumbers(left: Numeric, right: Numeric): number {
  if (typeof left !== 'number' || typeof right !== 'number') {
    const leftInteger = toInteger(left)
    const rightInteger = toInteger(right)
    if (leftInteger !== undefined && rightInteger !== undefined) {
      return leftInteger < rightInteger ? -1 : leftInteger > rightInteger ? 1 : 0
    }
  }
  const a = toNumber(left)
  const b = toNumber(right)
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1
  if (Number.isNaN(b)) return 1
  return a < b ? -1 : a > b ? 1 : 0
}

const INT64 = { minimum: -(2n ** 63n), maximum: 2n ** 63n - 1n }

/**
 * Adds or multiplies as `$inc` and `$mul` do. Integers stay exact up to 64 bits.
 * @returns undefined when the result leaves 64 bits, or a Decimal128 is involved (JavaScript can not compute it).
 */
export function arithmetic(
  operation: 'add' | 'multiply',
  left: Numeric,
  right: Numeric,
): Numeric | undefined {
  if (left instanceof Decimal128 || right instanceof Decimal128) return undefined
  if (typeof left === 'number' && typeof right === 'number') {
    const result = operation === 'add' ? left + right : left * right
    if (!isExact(left, right) || Number.isSafeInteger(result)) return result
  }
  const a = toInteger(left)
  const b = toInteger(right)
  if (a === undefined || b === undefined) {
    return operation === 'add' ? toNumber(left) + toNumber(right) : toNumber(left) * toNumber(right)
  }
  const result = operation === 'add' ? a + b : a * b
  return result < INT64.minimum || result > INT64.maximum ? undefined : fromInteger(result)
}

function isExact(left: number, right: number): boolean {
  return Number.isSafeInteger(left) && Number.isSafeInteger(right)
}

/** The usual form of a 64-bit integer: a JavaScript number when it holds it exactly. */
export function fromInteger(value: bigint): number | Long {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : Long.fromBigInt(value)
}
