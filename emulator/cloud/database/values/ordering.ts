import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  type Decimal128,
  type Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson'
import type { Document } from './document.ts'
import { compareNumbers, isNumeric } from './numbers.ts'

/**
 * MongoDB's comparison order over values of all types.
 * Source: "Comparison/Sort Order" of the MongoDB manual; the ranks are those of the server's canonical types.
 */
const RANK = {
  minKey: -1,
  missing: 0,
  null: 5,
  number: 10,
  string: 15,
  document: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  maxKey: 127,
} as const

/** The place of a value's type in the order. Values are only compared by `$gt` and the like within one rank. */
export function typeRank(value: unknown): number {
  if (value === undefined) return RANK.missing
  if (value === null) return RANK.null
  if (isNumeric(value)) return RANK.number
  if (typeof value === 'string' || value instanceof BSONSymbol) return RANK.string
  if (typeof value === 'boolean') return RANK.boolean
  if (Array.isArray(value)) return RANK.array
  if (value instanceof Date) return RANK.date
  if (value instanceof ObjectId) return RANK.objectId
  if (value instanceof Binary) return RANK.binary
  if (value instanceof BSONRegExp || value instanceof RegExp) return RANK.regex
  if (value instanceof Timestamp) return RANK.timestamp
  if (value instanceof MinKey) return RANK.minKey
  if (value instanceof MaxKey) return RANK.maxKey
  return RANK.document
}

/** Below zero when `left` sorts first, zero when equal, above zero otherwise. */
export function compareValues(left: unknown, right: unknown): number {
  const rank = typeRank(left)
  const difference = rank - typeRank(right)
  if (difference !== 0) return difference
  switch (rank) {
    case RANK.number:
      return compareNumbers(left as number | Long | Decimal128, right as number | Long | Decimal128)
    case RANK.string:
      return compareStrings(String(left), String(right))
    case RANK.document:
      return compareDocuments(left as Document, right as Document)
    case RANK.array:
      return compareArrays(left as unknown[], right as unknown[])
    case RANK.boolean:
      return Number(left) - Number(right)
    case RANK.date:
      return (left as Date).getTime() - (right as Date).getTime()
    case RANK.objectId:
      return compareStrings((left as ObjectId).toHexString(), (right as ObjectId).toHexString())
    case RANK.binary:
      return compareBinaries(left as Binary, right as Binary)
    case RANK.regex:
      return compareStrings(regexText(left), regexText(right))
    case RANK.timestamp:
      return (left as Timestamp).compare(right as Timestamp)
    default:
      return 0
  }
}

/** Equal in MongoDB's sense: 7 and 7.0 are, {a:1,b:2} and {b:2,a:1} are not. */
export function equalValues(left: unknown, right: unknown): boolean {
  return left === right || compareValues(left, right) === 0
}

/** By code point, as the server's byte order of UTF-8; JavaScript's own order differs beyond U+FFFF. */
export function compareStrings(left: string, right: string): number {
  if (left === right) return 0
  if (SURROGATES.test(left) || SURROGATES.test(right)) {
    return Buffer.compare(Buffer.from(left), Buffer.from(right))
  }
  return left < right ? -1 : 1
}

const SURROGATES = /[\ud800-\udfff]/

/** Field by field in stored order: type, then name, then value. */
function compareDocuments(left: Document, right: Document): number {
  const leftFields = Object.keys(left)
  const rightFields = Object.keys(right)
  for (const [position, field] of leftFields.entries()) {
    const other = rightFields[position]
    if (other === undefined) return 1
    const byType = typeRank(left[field]) - typeRank(right[other])
    const order = byType || compareStrings(field, other) || compareValues(left[field], right[other])
    if (order !== 0) return order
  }
  return leftFields.length - rightFields.length
}

function compareArrays(left: unknown[], right: unknown[]): number {
  const shared = Math.min(left.length, right.length)
  for (let position = 0; position < shared; position++) {
    const order = compareValues(left[position], right[position])
    if (order !== 0) return order
  }
  return left.length - right.length
}

function compareBinaries(left: Binary, right: Binary): number {
  return (
    left.length() - right.length() ||
    left.sub_type - right.sub_type ||
    Buffer.compare(left.value(), right.value())
  )
}

function regexText(value: unknown): string {
  if (value instanceof BSONRegExp) return `${value.pattern}\0${value.options}`
  return value instanceof RegExp ? `${value.source}\0${value.flags}` : ''
}
