import { Binary, BSONRegExp, BSONSymbol, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import { isDocument } from '../values/document.ts'
import { isNumeric, type Numeric, toInteger, toNumber } from '../values/numbers.ts'
import { typeRank } from '../values/ordering.ts'

/**
 * Values as text whose byte order is the database's own order, so that an index can be read from one value to another:
 *
 *     two hexadecimal digits   the type's place in the order; missing and null share one, an empty array has that before it
 *     digits or text           the value within its type
 *     END                      below everything that may stand in a value, so that "a" comes before "ab"
 *
 * Numbers, texts, dates, ids and booleans are ordered; other types are only told apart.
 */
export const END = '\u0005'
/** Above END and below everything else: behind a value's text it stands for all that is greater. */
export const BEHIND = '\u0006'

/** The key of an empty array, as `undefined` is in MongoDB: neither null nor missing. */
export const EMPTY_ARRAY = Symbol('empty array')

const EMPTY_ARRAY_RANK = typeRank(undefined)
const NULL_RANK = typeRank(null)

export function orderedText(value: unknown): string {
  if (value === EMPTY_ARRAY) return rankText(EMPTY_ARRAY_RANK)
  if (value === undefined || value === null) return rankText(NULL_RANK)
  return rankText(typeRank(value)) + withinType(value)
}

/** Where the values of the same type begin and end. */
export function typeBounds(value: unknown): { low: string; high: string } {
  const rank = typeRank(value)
  return { low: rankText(rank), high: rankText(rank + 1) }
}

/** Whether the text of such values has their order. */
export function isOrdered(value: unknown): boolean {
  if (isNumeric(value)) return !Number.isNaN(toNumber(value))
  if (value instanceof Date) return !Number.isNaN(value.getTime())
  return typeof value === 'string' || typeof value === 'boolean' || value instanceof ObjectId
}

/** The least rank is -1. */
function rankText(rank: number): string {
  return (rank + 1).toString(16).padStart(2, '0')
}

function withinType(value: unknown): string {
  if (isNumeric(value)) return numberText(value)
  if (typeof value === 'string' || value instanceof BSONSymbol) return plainText(String(value))
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (value instanceof Date) return doubleText(value.getTime())
  if (value instanceof ObjectId) return value.toHexString()
  if (value instanceof MinKey || value instanceof MaxKey) return ''
  return plainText(JSON.stringify(canonical(value)))
}

/** 7 and 7.0 are one text. Beyond 2^53 the nearest double and the way from it, so that every integer has its own. */
function numberText(value: Numeric): string {
  const double = toNumber(value)
  const integer = toInteger(value)
  const rest = integer === undefined || !Number.isFinite(double) ? 0n : integer - BigInt(double)
  return doubleText(double) + (rest + 0x8000n).toString(16).padStart(4, '0')
}

const double = new DataView(new ArrayBuffer(8))

/** Positive numbers order as their bits do, negative ones the other way round. NaN comes first. */
function doubleText(value: number): string {
  if (Number.isNaN(value)) return '0'.repeat(16)
  double.setFloat64(0, value === 0 ? 0 : value)
  const bits = double.getBigUint64(0)
  const isNegative = bits >= 1n << 63n
  const ordered = isNegative ? ~bits & 0xffff_ffff_ffff_ffffn : bits | (1n << 63n)
  return ordered.toString(16).padStart(16, '0')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not stand in a key as they are
const SPECIAL = /[\u0000-\u0006]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Characters up to BEHIND are written as two; half a surrogate pair has no bytes of its own. */
function plainText(text: string): string {
  return text.replace(SPECIAL, (character) => {
    const code = character.charCodeAt(0)
    return code <= 6 ? BEHIND + String.fromCharCode(code + 0x30) : `\ufffd${BEHIND}${code.toString(16)}`
  })
}

/** Every value has a form of its own; equal numbers share theirs. */
function canonical(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  // A Timestamp is a Long by its class.
  if (value instanceof Timestamp) return { t: value.toString() }
  if (typeof value === 'number' || value instanceof Long || value instanceof Decimal128) {
    const integer = toInteger(value)
    return { n: integer === undefined ? String(toNumber(value)) : integer.toString() }
  }
  if (Array.isArray(value)) return { a: value.map(canonical) }
  if (value instanceof Date) return { d: value.getTime() }
  if (value instanceof ObjectId) return { o: value.toHexString() }
  if (value instanceof Binary) return { b: [value.sub_type, value.toString('base64')] }
  if (value instanceof BSONRegExp) return { r: [value.pattern, value.options] }
  if (value instanceof MinKey || value instanceof MaxKey) return { k: value._bsontype }
  if (isDocument(value)) return { e: Object.entries(value).map(([field, item]) => [field, canonical(item)]) }
  return { v: String(value) }
}
