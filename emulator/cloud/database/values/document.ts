import { Binary, BSONRegExp, BSONSymbol, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'

/**
 * A document as the database computes with it: plain objects and arrays, strings, booleans, null, numbers, Dates,
 * and bson's classes for the rest. Integers above 2^53 stay `Long`, regular expressions are always `BSONRegExp`.
 */
export type Document = Record<string, unknown>

const BSON_CLASSES = [
  ObjectId,
  Long,
  Decimal128,
  Binary,
  BSONRegExp,
  BSONSymbol,
  Timestamp,
  MinKey,
  MaxKey,
] as const

/** An embedded document, as opposed to an array, a date or one of bson's values. */
export function isDocument(value: unknown): value is Document {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof RegExp) &&
    !isBsonValue(value)
  )
}

function isBsonValue(value: object): boolean {
  if (Object.getPrototypeOf(value) === Object.prototype) return false
  return BSON_CLASSES.some((type) => value instanceof type)
}

/** A field of its own; what JavaScript objects inherit (`constructor`) does not count. */
export function ownField(value: object, field: string): unknown {
  return Object.hasOwn(value, field) ? (value as Document)[field] : undefined
}

/** A copy that shares no object or array with the original. Scalars of bson are immutable and shared. */
export function cloneValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cloneValue)
  if (value instanceof Date) return new Date(value)
  return isDocument(value) ? cloneDocument(value) : value
}

/** As {@link cloneValue}, for a whole document. */
export function cloneDocument(document: Document): Document {
  const copy: Document = {}
  for (const field of Object.keys(document)) copy[field] = cloneValue(document[field])
  return copy
}

/** A whole number written in digits, as in `list.3`: it may mean an element of an array. */
export function isArrayIndex(part: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(part)
}
