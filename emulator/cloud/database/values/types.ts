import { Binary, BSONRegExp, BSONSymbol, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import { requestFailed } from '../failures.ts'

/** BSON type names and their numbers, as `$type` and `bsonType` spell them. */
const TYPE_NUMBERS: ReadonlyMap<string, number> = new Map([
  ['minKey', -1],
  ['double', 1],
  ['string', 2],
  ['object', 3],
  ['array', 4],
  ['binData', 5],
  ['undefined', 6],
  ['objectId', 7],
  ['bool', 8],
  ['date', 9],
  ['null', 10],
  ['regex', 11],
  ['dbPointer', 12],
  ['javascript', 13],
  ['symbol', 14],
  ['javascriptWithScope', 15],
  ['int', 16],
  ['timestamp', 17],
  ['long', 18],
  ['decimal', 19],
  ['maxKey', 127],
])

const NUMBER_TYPES = ['int', 'long', 'double', 'decimal']

/**
 * The BSON type name of a value. The wire keeps no difference between 7 and 7.0, so a number's type follows from
 * its value: whole numbers are `int` or `long`, others `double`.
 */
export function typeName(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (typeof value === 'number') return numberType(value)
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (Array.isArray(value)) return 'array'
  if (value instanceof Date) return 'date'
  if (value instanceof ObjectId) return 'objectId'
  if (value instanceof Timestamp) return 'timestamp'
  if (value instanceof Long) return 'long'
  if (value instanceof Decimal128) return 'decimal'
  if (value instanceof Binary) return 'binData'
  if (value instanceof BSONRegExp || value instanceof RegExp) return 'regex'
  if (value instanceof BSONSymbol) return 'symbol'
  if (value instanceof MinKey) return 'minKey'
  return value instanceof MaxKey ? 'maxKey' : 'object'
}

function numberType(value: number): string {
  if (!Number.isInteger(value) || Math.abs(value) >= 2 ** 63) return 'double'
  return value >= -(2 ** 31) && value < 2 ** 31 ? 'int' : 'long'
}

/**
 * The set of type names a `$type` operand means: names, numbers, `"number"`, or a list of them.
 * @throws DATABASE_REQUEST_FAILED for a type that does not exist.
 */
export function parseTypes(operand: unknown): ReadonlySet<string> {
  const names = new Set<string>()
  for (const item of Array.isArray(operand) ? operand : [operand]) {
    for (const name of parseType(item)) names.add(name)
  }
  if (names.size === 0) throw requestFailed('$type must match at least one type')
  return names
}

function parseType(item: unknown): string[] {
  if (item === 'number') return NUMBER_TYPES
  if (typeof item === 'string' && TYPE_NUMBERS.has(item)) return [item]
  for (const [name, number] of TYPE_NUMBERS) if (number === item) return [name]
  throw requestFailed(`unknown type name or number in $type: ${String(item)}`)
}
