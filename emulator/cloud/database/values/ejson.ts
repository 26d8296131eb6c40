import { BSONRegExp, EJSON, Long, ObjectId } from 'bson'
import { requestFailed } from '../failures.ts'
import { type Document, isDocument } from './document.ts'
import { fromInteger } from './numbers.ts'

/** What decoding needs to know of the request: the moment `serverDate()` stands for, in milliseconds since 1970. */
export interface Moment {
  readonly now: number
}

/** Nesting that JSON.parse takes and nothing else here should; documents themselves are held to 100 when stored. */
const MAXIMUM_DEPTH = 200

const SCALARS = new Set([
  '$oid',
  '$numberInt',
  '$numberDouble',
  '$numberDecimal',
  '$date',
  '$binary',
  '$uuid',
  '$timestamp',
  '$minKey',
  '$maxKey',
  '$symbol',
])

/**
 * Reads one EJSON text of a request, canonical or relaxed.
 * @throws DATABASE_REQUEST_FAILED when it is not EJSON, or a field is named `__proto__`.
 */
export function parseEjson(text: string, moment: Moment): unknown {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw requestFailed('the request holds a text that is not JSON')
  }
  return decodeEjson(json, moment)
}

/** As {@link parseEjson}, from the already parsed JSON. */
export function decodeEjson(json: unknown, moment: Moment): unknown {
  return decode(json, moment, 0)
}

function decode(json: unknown, moment: Moment, depth: number): unknown {
  if (depth > MAXIMUM_DEPTH) throw requestFailed('the request is nested too deeply')
  if (typeof json === 'string') return wellFormed(json)
  if (Array.isArray(json)) return json.map((item) => decode(item, moment, depth + 1))
  if (typeof json !== 'object' || json === null) return json
  const fields = Object.keys(json)
  const first = fields[0]
  if (first?.startsWith('$') && fields.length === 1) {
    const scalar = decodeScalar(first, json as Document, moment)
    if (scalar !== undefined) return scalar
  }
  const document: Document = {}
  for (const field of fields) {
    // JSON.parse makes `__proto__` a field like any other; an assignment to it would change a prototype instead.
    if (field.split('.').includes('__proto__')) throw requestFailed("a field can not be named '__proto__'")
    document[wellFormed(field)] = decode((json as Document)[field], moment, depth + 1)
  }
  return document
}

/** BSON strings are UTF-8, which has no lone surrogates; what will be stored must be what is compared. */
function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? Buffer.from(text).toString() : text
}

function decodeScalar(key: string, json: Document, moment: Moment): unknown {
  if (key === '$tcb_server_date') return serverDate(json[key], moment)
  if (key === '$regularExpression') return regularExpression(json[key])
  if (key === '$undefined') return null
  if (key === '$numberLong') return integer(json[key])
  if (!SCALARS.has(key)) return undefined
  if (key === '$date') return date(json[key], moment)
  let value: unknown
  try {
    value = EJSON.deserialize(json, { relaxed: false })
  } catch {
    throw requestFailed(`bad value of ${key}`)
  }
  if (isNumberWrapper(value)) return value.valueOf()
  return value
}

function serverDate(specification: unknown, moment: Moment): unknown {
  if (!isDocument(specification)) throw requestFailed('bad value of $tcb_server_date')
  const offset = decode(specification['offset'] ?? 0, moment, 0)
  if (typeof offset !== 'number') throw requestFailed('bad offset of $tcb_server_date')
  return validDate(moment.now + offset)
}

/** The SDK sends JavaScript's flags as they are; those that mean nothing to a stored pattern are dropped. */
function regularExpression(specification: unknown): unknown {
  if (!isDocument(specification)) return undefined
  const { pattern, options = '' } = specification
  if (typeof pattern !== 'string' || typeof options !== 'string' || pattern.includes('\0')) return undefined
  return new BSONRegExp(wellFormed(pattern), [...new Set(options.replace(/[^ilmsx]/g, ''))].sort().join(''))
}

function date(specification: unknown, moment: Moment): Date {
  if (typeof specification === 'string') return validDate(Date.parse(specification))
  const milliseconds = decode(specification, moment, 0)
  if (milliseconds instanceof Long) return validDate(milliseconds.toNumber())
  return validDate(typeof milliseconds === 'number' ? milliseconds : Number.NaN)
}

function validDate(milliseconds: number): Date {
  const value = new Date(milliseconds)
  if (Number.isNaN(value.getTime())) throw requestFailed('bad value of $date')
  return value
}

/** The SDK sends every whole number above 32 bits so, even those beyond 64 bits. */
function integer(text: unknown): number | Long {
  if (typeof text !== 'string' || !/^-?\d{1,400}$/.test(text)) throw requestFailed('bad value of $numberLong')
  const value = BigInt(text)
  return BigInt.asIntN(64, value) === value ? fromInteger(value) : Number(value)
}

function isNumberWrapper(value: unknown): value is { valueOf(): number } {
  const type = (value as { _bsontype?: unknown } | null)?._bsontype
  return type === 'Int32' || type === 'Double'
}

/** Writes one document of an answer. ObjectIds become plain hex strings, as the real service answers them. */
export function stringifyEjson(value: unknown): string {
  return JSON.stringify(encode(value))
}

function encode(value: unknown): unknown {
  if (value instanceof ObjectId) return value.toHexString()
  if (value instanceof Date) return { $date: { $numberLong: String(value.getTime()) } }
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $numberDouble: String(value) }
  if (Array.isArray(value)) return value.map(encode)
  if (value instanceof RegExp) return { $regularExpression: { pattern: value.source, options: '' } }
  if (isDocument(value)) {
    const answer: Document = {}
    for (const field of Object.keys(value)) answer[field] = encode(value[field])
    return answer
  }
  if (typeof value === 'object' && value !== null) return EJSON.serialize(value, { relaxed: false })
  return value
}
