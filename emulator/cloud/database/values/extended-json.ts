import { BSONRegExp, EJSON, Long, ObjectId } from 'bson'
import { type Document, isDocument } from './document.ts'

/** The years of which relaxed extended JSON writes a date as text. */
const [FIRST_TEXT, LAST_TEXT] = [0, Date.parse('9999-12-31T23:59:59.999Z')]

/**
 * A value as JSON that people read and that loses no type: MongoDB's relaxed extended JSON, but for integers beyond
 * 2^53, which keep their digits.
 */
export function toExtendedJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return scalar(value)
  if (Array.isArray(value)) return value.map(toExtendedJson)
  if (value instanceof Date) return { $date: dateOf(value.getTime()) }
  if (value instanceof ObjectId) return { $oid: value.toHexString() }
  if (value instanceof Long) return { $numberLong: value.toString() }
  if (value instanceof BSONRegExp)
    return { $regularExpression: { pattern: value.pattern, options: value.options } }
  if (!isDocument(value)) return EJSON.serialize(value, { relaxed: false })
  const json: Document = {}
  for (const field of Object.keys(value)) json[field] = toExtendedJson(value[field])
  return json
}

function scalar(value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value
  return { $numberDouble: String(value) }
}

function dateOf(milliseconds: number): unknown {
  const isText = milliseconds >= FIRST_TEXT && milliseconds <= LAST_TEXT
  if (!isText) return { $numberLong: String(milliseconds) }
  // As bson writes it: whole seconds have no fraction.
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z')
}
