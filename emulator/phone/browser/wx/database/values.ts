import { CODES, DatabaseFailure } from './failure.ts'
import { asGeo, isGeo } from './geo.ts'

/** `db.serverDate({ offset })`: the cloud's time when the request is answered. */
export class ServerDate {
  readonly offset: number

  constructor(options?: { offset?: unknown }) {
    this.offset = Number(options?.offset ?? 0) || 0
  }
}

/** `db.RegExp({ regexp, options })` */
export class DatabaseRegExp {
  readonly regexp: string
  readonly options: string

  constructor(pattern: { regexp?: unknown; options?: unknown }) {
    this.regexp = String(pattern?.regexp ?? '')
    this.options = String(pattern?.options ?? '')
  }
}

export type Fields = Record<string, unknown>

/** An object whose fields are looked into, as opposed to a date, a pattern or a geometry. */
export function isPlain(value: unknown): value is Fields {
  return Object.prototype.toString.call(value) === '[object Object]' && !isSpecial(value)
}

function isSpecial(value: unknown): boolean {
  return value instanceof ServerDate || value instanceof DatabaseRegExp || isGeo(value)
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1)
}

/**
 * A value as extended JSON, as the SDK sends it. Undefined fields and functions are dropped.
 * @throws DatabaseFailure -402001 for an object that contains itself
 */
export function encodeValue(value: unknown, around: readonly unknown[] = []): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { $numberDouble: String(value) }
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof ServerDate) return { $tcb_server_date: { offset: value.offset } }
  if (value instanceof DatabaseRegExp) return pattern(value.regexp, value.options)
  if (isGeo(value)) return value.toJSON()
  if (tagOf(value) === 'Date') return { $date: { $numberLong: String((value as Date).getTime()) } }
  if (tagOf(value) === 'RegExp') return pattern((value as RegExp).source, (value as RegExp).flags)
  if (around.includes(value))
    throw new DatabaseFailure(CODES.circularReference, 'circular reference detected')
  const inside = [...around, value]
  if (Array.isArray(value)) return value.map((item) => encodeValue(item, inside) ?? null)
  const entries = Object.entries(value).map(([field, inner]) => [field, encodeValue(inner, inside)] as const)
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined))
}

function pattern(source: string, flags: string) {
  return { $regularExpression: { pattern: source, options: flags } }
}

/** Reads a document of an answer. Geometries become those of `db.Geo`, but not in the results of aggregations. */
export function decodeDocument(text: unknown, withGeo = true): Fields {
  return decode(JSON.parse(String(text)), withGeo) as Fields
}

function decode(json: unknown, withGeo: boolean): unknown {
  if (Array.isArray(json)) return json.map((item) => decode(item, withGeo))
  if (typeof json !== 'object' || json === null) return json
  const special = decodeSpecial(json as Fields)
  if (special !== undefined) return special
  const entries = Object.entries(json).map(([field, value]) => [field, decode(value, withGeo)])
  const object = Object.fromEntries(entries)
  return withGeo ? asGeo(object) : object
}

function decodeSpecial(json: Fields): unknown {
  const [key = '', ...more] = Object.keys(json)
  if (!key.startsWith('$') || more.length > 0) return undefined
  const value = json[key]
  switch (key) {
    case '$date':
      return new Date(Number((value as Fields)['$numberLong']))
    case '$numberLong':
    case '$numberDouble':
    case '$numberDecimal':
      return Number(value)
    case '$regularExpression':
      return value
    default:
      return undefined
  }
}
